/// Estimates requests by what they touch, with Kubernetes' figures: a seat per hundred objects listed, and for a write a
/// seat per ten watchers that are told, during five milliseconds after it.
package enum WorkEstimator {
    /// The most seats of one request.
    package static let seatLimit = 10
    private static let objectsPerSeat = 100
    private static let watchersPerSeat = 10
    private static let secondsPerEvent: Seconds = 0.005

    /// The least a request can take.
    package static let least = WorkEstimate(initialSeats: 1)

    /// A list, or a watch that begins with the present objects.
    ///
    /// - Parameter objects: how many are gone through.
    package static func list(objects: Int, maximumSeats: Int) -> WorkEstimate {
        let seats = (objects + objectsPerSeat - 1) / objectsPerSeat
        return WorkEstimate(initialSeats: min(seats, maximumSeats, seatLimit))
    }

    /// A write whose event so many watchers see. They share the work when there are more than the seats allowed.
    package static func write(watchers: Int, maximumSeats: Int) -> WorkEstimate {
        guard watchers >= watchersPerSeat else { return least }
        var estimate = WorkEstimate(
            initialSeats: 1, finalSeats: (watchers + watchersPerSeat - 1) / watchersPerSeat,
            additionalSeconds: secondsPerEvent)
        estimate.narrow(to: min(maximumSeats, seatLimit))
        return estimate
    }
}
