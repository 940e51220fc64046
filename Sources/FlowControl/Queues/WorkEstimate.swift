/// Seconds of real time since the controller's clock was made.
package typealias Seconds = Double

/// How much of the server a request is thought to take.
package struct WorkEstimate: Sendable, Equatable {
    /// How long a request is thought to execute. Its queue is charged with that when it is dispatched, and corrected
    /// when it has finished.
    static let serviceSeconds: Seconds = 0.003

    /// Occupied while it executes.
    package let initialSeats: Int
    /// Occupied afterwards, by what it set off.
    package private(set) var finalSeats: Int
    package private(set) var additionalSeconds: Seconds

    package init(initialSeats: Int, finalSeats: Int = 0, additionalSeconds: Seconds = 0) {
        self.initialSeats = max(1, initialSeats)
        self.finalSeats = finalSeats
        self.additionalSeconds = additionalSeconds
    }

    /// Occupied throughout.
    package var seats: Int { max(initialSeats, finalSeats) }

    /// In seat-seconds.
    var work: Double { Double(initialSeats) * Self.serviceSeconds + Double(finalSeats) * additionalSeconds }

    /// Fewer final seats for a longer time, the work being the same.
    mutating func narrow(to seats: Int) {
        guard finalSeats > seats, seats > 0 else { return }
        additionalSeconds *= Double(finalSeats) / Double(seats)
        finalSeats = seats
    }
}
