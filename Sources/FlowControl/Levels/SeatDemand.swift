/// How many seats a level's requests, executing or waiting, would have occupied: over the present period, and smoothed
/// over those before.
package struct SeatDemand: Sendable {
    /// Half of a demand that went away is forgotten after five minutes of periods of ten seconds.
    private static let smoothing = 0.977

    package private(set) var present = 0
    package private(set) var highWatermark = 0
    package private(set) var average = 0.0
    package private(set) var deviation = 0.0
    package private(set) var smoothed = 0.0
    private var maximum = 0
    private var seconds = 0.0
    private var sum = 0.0
    private var squares = 0.0

    package init() {}

    /// The present demand lasted so long.
    package mutating func pass(_ seconds: Seconds) {
        let value = Double(present)
        self.seconds += seconds
        sum += value * seconds
        squares += value * value * seconds
    }

    package mutating func set(_ demand: Int) {
        present = demand
        maximum = max(maximum, demand)
    }

    /// Ends a period. A rise counts at once, a fall slowly.
    ///
    /// - Parameter periods: how many regular periods it stands for; more than one after a time without requests.
    package mutating func endPeriod(periods: Double = 1) {
        highWatermark = maximum
        maximum = present
        guard seconds > 0 else { return }
        average = sum / seconds
        deviation = max(0, squares / seconds - average * average).squareRoot()
        let envelope = average + deviation
        var kept = 1.0
        var left = periods
        while left >= 1, kept > 1e-6 {
            kept *= Self.smoothing
            left -= 1
        }
        smoothed = max(envelope, kept * smoothed + (1 - kept) * envelope)
        seconds = 0
        sum = 0
        squares = 0
    }
}
