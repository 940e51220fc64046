/// How long clients whose requests a level rejects are asked to stay away.
///
/// It doubles while rejections go on, and shrinks by a second at a time when they become few, with Kubernetes' bounds:
/// three rejections a second are many, less than one is few.
package struct RetryPause: Sendable {
    private static let longest = 32

    /// In seconds.
    package private(set) var seconds = 1
    /// Rejections in each of the last seconds, by the second's number.
    private var counts = [Int](repeating: 0, count: longest + 1)
    private var second = 0
    private var lastRise = -longest

    package init() {}

    /// Counts a rejection and tells the pause that goes with it. Looked at anew once a second at most.
    package mutating func rejected(at now: Seconds) -> Int {
        let current = Int(now)
        if current > second {
            for gone in (second + 1)...min(current, second + counts.count) { counts[gone % counts.count] = 0 }
            second = current
            adjust()
        }
        counts[second % counts.count] += 1
        return seconds
    }

    private mutating func adjust() {
        let recent = (1...seconds).reduce(0) { sum, age in
            second < age ? sum : sum + counts[(second - age) % counts.count]
        }
        if recent >= 3 * seconds, second - lastRise >= seconds {
            seconds = min(Self.longest, 2 * seconds)
            lastRise = second
        } else if recent < seconds, seconds > 1 {
            seconds -= 1
        }
    }
}
