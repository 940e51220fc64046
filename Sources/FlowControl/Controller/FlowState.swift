/// All that changes in flow control: levels with their queues, who waits, figures. The controller keeps it under one
/// lock; what comes of a change is returned, and done after the lock is released.
package struct FlowState: Sendable {
    typealias Continuation = CheckedContinuation<FlowDecision, Never>

    /// Somebody to be told.
    struct Wakeup: Sendable {
        let sleeper: Continuation
        let decision: FlowDecision
    }

    package enum Beginning: Sendable {
        case executes(Seat)
        case waits(ticket: UInt64)
        case rejected(FlowRejection, retryAfter: Int)
        /// The configuration has changed since the request was classified.
        case outdated
    }

    /// A request that waits, or has been decided before its task came to wait for it.
    enum Ticket: Sendable {
        case waiting(level: Int, place: Int, Continuation?)
        case decided(FlowDecision)
    }

    let settings: FlowSettings
    var edition: UInt64 = 0
    /// By place. A place is used again when its level is gone, which is not before its last request.
    var levels: [PriorityLevel?] = []
    var places: [String: Int] = [:]
    var tallies: [FlowTally] = []
    var tallyPlaces: [TallyKey: Int] = [:]
    var nextAdjustment: Seconds
    var fairFraction = 0.0
    /// When the timer is set for; `nil` while nobody waits.
    var alarm: Seconds?
    private var tickets: [UInt64: Ticket] = [:]
    private var lastTicket: UInt64 = 0

    struct TallyKey: Hashable, Sendable {
        let level: String
        let schema: String
    }

    init(_ settings: FlowSettings, now: Seconds) {
        self.settings = settings
        nextAdjustment = now + FlowSettings.adjustmentSeconds
    }

    var ticketCount: Int { tickets.count }

    // MARK: Requests

    mutating func begin(
        _ classification: FlowClassification, _ estimate: WorkEstimate, now: Seconds, wakeups: inout [Wakeup]
    ) -> Beginning {
        guard classification.edition == edition else { return .outdated }
        if now >= nextAdjustment { adjust(now: now, wakeups: &wakeups) }
        let index = classification.schema.level
        let tally = classification.schema.tally
        lastTicket &+= 1
        let arrival = Arrival(
            ticket: lastTicket, tally: tally, estimate: estimate, flow: classification.flow)
        advance(index, now: now, wakeups: &wakeups)
        switch levels[index]?.queues.enter(arrival) {
        case .executes(var seat):
            seat.level = index
            levels[index]?.counts.dispatched += 1
            tallies[tally].started(seat)
            return .executes(seat)
        case .waits(let place):
            tallies[tally].queued(estimate.seats)
            tickets[arrival.ticket] = .waiting(level: index, place: place, nil)
            return .waits(ticket: arrival.ticket)
        case .rejected(let reason):
            levels[index]?.counts.rejected += 1
            tallies[tally].rejected(reason, waited: 0)
            return .rejected(reason, retryAfter: pause(index, now: now))
        case nil:
            return .outdated
        }
    }

    /// The task of a request that waits has come to do so.
    mutating func park(_ ticket: UInt64, _ sleeper: Continuation) -> FlowDecision? {
        switch tickets[ticket] {
        case .waiting(let level, let place, _):
            tickets[ticket] = .waiting(level: level, place: place, sleeper)
            return nil
        case .decided(let decision):
            tickets[ticket] = nil
            return decision
        case nil:
            return .rejected(.cancelled, retryAfter: 1)
        }
    }

    /// The client has left. A request that has its seat already keeps it until it finishes.
    mutating func cancel(_ ticket: UInt64, now: Seconds, wakeups: inout [Wakeup]) {
        guard case .waiting(let level, let place, _)? = tickets[ticket] else { return }
        advance(level, now: now, wakeups: &wakeups)
        // Time may have given it a seat.
        guard case .waiting? = tickets[ticket], let entry = levels[level]?.queues.remove(place) else { return }
        levels[level]?.counts.cancelled += 1
        reject(entry, .cancelled, retryAfter: 1, now: now, wakeups: &wakeups)
        dispatch(level, wakeups: &wakeups)
        reap(level)
    }

    mutating func finish(_ seat: Seat, now: Seconds, wakeups: inout [Wakeup]) {
        if now >= nextAdjustment { adjust(now: now, wakeups: &wakeups) }
        tallies[seat.arrival.tally].finished(seat, at: now)
        levels[seat.level]?.queues.advance(to: now)
        levels[seat.level]?.queues.finish(seat)
        dispatch(seat.level, wakeups: &wakeups)
        reap(seat.level)
    }

    /// Brings a level up to time, and lets in who finds a seat by that.
    mutating func advance(_ level: Int, now: Seconds, wakeups: inout [Wakeup]) {
        levels[level]?.queues.advance(to: now)
        dispatch(level, wakeups: &wakeups)
    }

    mutating func dispatch(_ level: Int, wakeups: inout [Wakeup]) {
        guard (levels[level]?.queues.waiting ?? 0) > 0 else { return }
        while var seat = levels[level]?.queues.dispatch() {
            seat.level = level
            levels[level]?.counts.dispatched += 1
            tallies[seat.arrival.tally].unqueued(seat.arrival.estimate.seats)
            tallies[seat.arrival.tally].started(seat)
            decide(seat.arrival.ticket, .execute(seat), wakeups: &wakeups)
        }
    }

    private mutating func reject(
        _ entry: WaitingRequests.Entry, _ reason: FlowRejection, retryAfter: Int, now: Seconds,
        wakeups: inout [Wakeup]
    ) {
        tallies[entry.arrival.tally].unqueued(entry.arrival.estimate.seats)
        tallies[entry.arrival.tally].rejected(reason, waited: now - entry.arrivedAt)
        decide(entry.arrival.ticket, .rejected(reason, retryAfter: retryAfter), wakeups: &wakeups)
    }

    /// What a rejected client is told: more when many are.
    private mutating func pause(_ level: Int, now: Seconds) -> Int { levels[level]?.retryPause.rejected(at: now) ?? 1 }

    private mutating func decide(_ ticket: UInt64, _ decision: FlowDecision, wakeups: inout [Wakeup]) {
        if case .waiting(_, _, let sleeper?)? = tickets[ticket] {
            tickets[ticket] = nil
            wakeups.append(Wakeup(sleeper: sleeper, decision: decision))
        } else {
            tickets[ticket] = .decided(decision)
        }
    }

    // MARK: Time

    /// Does what is due, and tells when to come again; `nil` while nobody waits.
    mutating func tick(now: Seconds, wakeups: inout [Wakeup]) -> Seconds? {
        if now >= nextAdjustment { adjust(now: now, wakeups: &wakeups) }
        for index in levels.indices where (levels[index]?.queues.waiting ?? 0) > 0 {
            advance(index, now: now, wakeups: &wakeups)
            for entry in levels[index]?.queues.expire(now - settings.waitSeconds) ?? [] {
                levels[index]?.counts.timedOut += 1
                levels[index]?.counts.rejected += 1
                reject(entry, .timeOut, retryAfter: pause(index, now: now), now: now, wakeups: &wakeups)
            }
            dispatch(index, wakeups: &wakeups)
            reap(index)
        }
        alarm = nextAlarm
        return alarm
    }

    private var nextAlarm: Seconds? {
        var next: Seconds?
        for level in levels {
            guard let queues = level?.queues, let oldest = queues.oldestArrival else { continue }
            let due = min(oldest + settings.waitSeconds, queues.nextRelease ?? .infinity, nextAdjustment)
            next = min(next ?? due, due)
        }
        return next
    }

    /// Whether the timer has to be set anew because something of this level is due before it.
    mutating func needsAlarm(_ level: Int, now: Seconds) -> Bool {
        guard let queues = levels[level]?.queues, queues.waiting > 0 else { return false }
        let due = min(now + settings.waitSeconds, queues.nextRelease ?? .infinity, nextAdjustment)
        guard alarm.map({ due < $0 }) ?? true else { return false }
        alarm = due
        return true
    }
}
