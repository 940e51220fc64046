/// The figures of one flow schema at one priority level, under the names of Kubernetes' metrics without their prefix
/// `apiserver_flowcontrol_`.
package struct FlowTally: Sendable {
    package let priorityLevel: String
    package let flowSchema: String
    /// `dispatched_requests_total`
    package internal(set) var dispatchedRequests = 0
    /// `rejected_requests_total`, by its label `reason`.
    package internal(set) var rejectedRequests: [FlowRejection: Int] = [:]
    /// `current_inqueue_requests`
    package internal(set) var waitingRequests = 0
    /// `current_inqueue_seats`
    package internal(set) var waitingSeats = 0
    /// `current_executing_requests`
    package internal(set) var executingRequests = 0
    /// `current_executing_seats`
    package internal(set) var executingSeats = 0
    /// `request_wait_duration_seconds` with label `execute` `true`.
    package internal(set) var waitSeconds = SecondsHistogram()
    /// `request_wait_duration_seconds` with label `execute` `false`.
    package internal(set) var rejectedWaitSeconds = SecondsHistogram()
    /// `request_execution_seconds`
    package internal(set) var executionSeconds = SecondsHistogram()

    init(priorityLevel: String, flowSchema: String) {
        self.priorityLevel = priorityLevel
        self.flowSchema = flowSchema
    }

    mutating func queued(_ seats: Int) {
        waitingRequests += 1
        waitingSeats += seats
    }

    mutating func unqueued(_ seats: Int) {
        waitingRequests -= 1
        waitingSeats -= seats
    }

    mutating func started(_ seat: Seat) {
        dispatchedRequests += 1
        executingRequests += 1
        executingSeats += seat.arrival.estimate.seats
        waitSeconds.add(seat.startedAt - seat.arrivedAt)
    }

    mutating func finished(_ seat: Seat, at now: Seconds) {
        executingRequests -= 1
        executingSeats -= seat.arrival.estimate.seats
        executionSeconds.add(now - seat.startedAt)
    }

    mutating func rejected(_ reason: FlowRejection, waited: Seconds) {
        rejectedRequests[reason, default: 0] += 1
        rejectedWaitSeconds.add(waited)
    }
}

/// How many durations were of which length, in Kubernetes' buckets for requests.
package struct SecondsHistogram: Sendable {
    /// Upper bounds; what is longer than the last is in the total only.
    package static let bounds: [Seconds] = [0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30]

    /// Not cumulative.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count)
    package private(set) var total = 0
    package private(set) var sum: Seconds = 0

    mutating func add(_ seconds: Seconds) {
        total += 1
        sum += seconds
        var bucket = 0
        while bucket < Self.bounds.count, seconds > Self.bounds[bucket] { bucket += 1 }
        if bucket < counts.count { counts[bucket] += 1 }
    }
}
