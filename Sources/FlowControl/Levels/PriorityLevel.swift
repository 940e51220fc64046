/// A priority level at work: its settings, its seats and its queues.
struct PriorityLevel: Sendable {
    var settings: LevelSettings
    var limits: SeatLimits
    var queues: FairQueues
    /// The configuration has it no longer; it ends with its last request.
    var isQuiescing = false
    var counts = LevelCounts()
    var retryPause = RetryPause()

    init(_ settings: LevelSettings, limits: SeatLimits, now: Seconds) {
        self.settings = settings
        self.limits = limits
        // Until demand is known, half of what may be lent is.
        let seats = limits.nominal - (limits.nominal - limits.lower) / 2
        queues = FairQueues(settings.queuing, isExempt: settings.isExempt, seats: seats, now: now)
    }

    /// A request takes no more than a hand's part of the seats, nor 15 % of them: wide ones would leave seats empty while
    /// they wait for enough.
    var maximumSeats: Int {
        guard let hand = settings.queuing?.handSize else { return WorkEstimator.seatLimit }
        let part = min(Int((Double(limits.nominal) * 0.15).rounded(.up)), limits.nominal / hand)
        return min(WorkEstimator.seatLimit, max(1, part))
    }
}

/// What became of a level's requests since it exists.
struct LevelCounts: Sendable {
    var dispatched = 0
    var rejected = 0
    var timedOut = 0
    var cancelled = 0
}
