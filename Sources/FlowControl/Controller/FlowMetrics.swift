/// What flow control does and did, for metrics and for administrators; the names are those of Kubernetes' metrics
/// without their prefix `apiserver_flowcontrol_`.
package struct FlowMetrics: Sendable {
    package struct Level: Sendable {
        package let name: String
        /// `nominal_limit_seats`
        package let nominalSeats: Int
        /// `lower_limit_seats`
        package let lowerSeats: Int
        /// `upper_limit_seats`
        package let upperSeats: Int
        /// `current_limit_seats`
        package let currentSeats: Int
        /// `demand_seats`
        package let demandSeats: Int
        /// `demand_seats_high_watermark`
        package let demandHighWatermark: Int
        /// `demand_seats_average`
        package let demandAverage: Double
        /// `demand_seats_stdev`
        package let demandDeviation: Double
        /// `demand_seats_smoothed`
        package let demandSmoothed: Double
        /// `current_r`
        package let virtualTime: Double
        package let seatsInUse: Int
        package let waiting: Int
        package let executing: Int
        package let busyQueues: Int
        package let isQuiescing: Bool
        package let isIdle: Bool
        package let dispatched: Int
        package let rejected: Int
        package let timedOut: Int
        package let cancelled: Int
        package let queues: [Queue]
    }

    package struct Queue: Sendable {
        package let waiting: Int
        package let executing: Int
        package let seatsInUse: Int
        package let nextStart: Double
        package let waitingWork: Double
    }

    /// In the order of their names.
    package let levels: [Level]
    package let schemas: [FlowTally]
    /// `seat_fair_frac`
    package let fairFraction: Double
}

extension FlowMetrics.Level {
    init(_ level: PriorityLevel) {
        let queues = level.queues
        name = level.settings.name
        nominalSeats = level.limits.nominal
        lowerSeats = level.limits.lower
        upperSeats = level.limits.upper
        currentSeats = queues.seatLimit
        demandSeats = queues.demand.present
        demandHighWatermark = queues.demand.highWatermark
        demandAverage = queues.demand.average
        demandDeviation = queues.demand.deviation
        demandSmoothed = queues.demand.smoothed
        virtualTime = queues.virtualTime
        seatsInUse = queues.seatsInUse
        waiting = queues.waiting
        executing = queues.executing
        busyQueues = queues.busyQueues
        isQuiescing = level.isQuiescing
        isIdle = queues.isIdle
        dispatched = level.counts.dispatched
        rejected = level.counts.rejected
        timedOut = level.counts.timedOut
        cancelled = level.counts.cancelled
        self.queues = queues.queues.map { queue in
            FlowMetrics.Queue(
                waiting: queue.waiting, executing: queue.executing, seatsInUse: queue.seats,
                nextStart: queue.nextStart, waitingWork: queue.waitingWork)
        }
    }
}
