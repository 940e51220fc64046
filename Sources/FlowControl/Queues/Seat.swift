/// A request that executes, and what it occupies. Whoever got one gives it back, once, when the request has finished.
package struct Seat: Sendable {
    package let arrival: Arrival
    /// Where the state has its level; the level does not go while the seat is taken.
    var level = -1
    /// `nil` in a level without queues.
    let queue: Int?
    let arrivedAt: Seconds
    let startedAt: Seconds
}

/// Why a request was not let in, in the words of the metric's label.
package enum FlowRejection: String, Sendable, CaseIterable {
    /// Its queue is at its limit.
    case queueFull = "queue-full"
    /// There is no seat, and the level has no queues.
    case concurrencyLimit = "concurrency-limit"
    /// It waited too long.
    case timeOut = "time-out"
    /// The client left while it waited.
    case cancelled
}
