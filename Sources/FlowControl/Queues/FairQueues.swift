import Machinery

/// The queues of one priority level, and the seats they share: fair queuing for requests that occupy several seats for a
/// time known only afterwards (KEP-1040).
///
/// Virtual time is the seat-seconds that each active queue has had since the beginning. The request that would finish
/// first in virtual time is next. A queue is charged for a request by estimate when it is dispatched, and corrected when
/// it has finished. Nothing here waits, sleeps or does anything: time comes in, decisions go out. All but dealing a hand
/// and looking for expired requests takes logarithmic time.
package struct FairQueues: Sendable {
    package enum Entry: Sendable {
        case executes(Seat)
        /// At the place by which it can be removed.
        case waits(Int)
        case rejected(FlowRejection)
    }

    private struct Lingering: Sendable {
        let until: Seconds
        let queue: Int?
        let seats: Int
    }

    private(set) var seatLimit: Int
    private(set) var settings: LevelSettings.Queuing?
    private let isExempt: Bool
    package private(set) var demand = SeatDemand()
    package private(set) var virtualTime = 0.0
    package private(set) var waiting = 0
    private(set) var executing = 0
    package private(set) var seatsInUse = 0
    private var seatsWaiting = 0
    private var activeQueues = 0
    package private(set) var queues: [FairQueue] = []
    private(set) var requests = WaitingRequests()
    private var order = FinishOrder()
    private var lingering = Heap<Lingering> { $0.until < $1.until }
    private var time: Seconds
    private var turn: UInt64 = 0
    private var hand: [Int] = []

    package init(_ settings: LevelSettings.Queuing?, isExempt: Bool, seats: Int, now: Seconds) {
        self.isExempt = isExempt
        seatLimit = seats
        time = now
        configure(settings)
    }

    /// Queues beyond the new number drain; no request is lost.
    package mutating func configure(_ settings: LevelSettings.Queuing?) {
        self.settings = settings
        guard let settings else { return }
        while queues.count < settings.queues { queues.append(FairQueue()) }
    }

    mutating func setSeatLimit(_ seats: Int) { seatLimit = seats }

    mutating func endDemandPeriod(periods: Double) { demand.endPeriod(periods: periods) }

    package var isIdle: Bool { waiting == 0 && executing == 0 && seatsInUse == 0 }
    package var busyQueues: Int { queues.count { $0.waiting > 0 } }

    /// When seats come back next of requests that have finished.
    package var nextRelease: Seconds? { lingering.first?.until }

    /// Brings virtual time up to real time. Comes before every change.
    package mutating func advance(to now: Seconds) {
        while let next = lingering.first, next.until <= now {
            pass(to: next.until)
            lingering.popFirst()
            release(next.seats, queue: next.queue)
        }
        pass(to: now)
    }

    private mutating func pass(to now: Seconds) {
        guard now > time else { return }
        let passed = now - time
        time = now
        demand.pass(passed)
        if activeQueues > 0 {
            virtualTime += passed * Double(min(seatsInUse + seatsWaiting, seatLimit)) / Double(activeQueues)
        }
    }

    private func fits(_ seats: Int) -> Bool {
        if isExempt { return true }
        // A request wider than the level has all of it for itself.
        if seats > seatLimit { return executing == 0 && seatLimit > 0 }
        return seatsInUse + seats <= seatLimit
    }

    /// Takes a request in: it executes, waits, or is rejected. The fast path is that nobody waits and there is room.
    package mutating func enter(_ arrival: Arrival) -> Entry {
        guard !isExempt, let settings else {
            guard fits(arrival.estimate.seats) else { return .rejected(.concurrencyLimit) }
            return .executes(start(arrival, queue: nil, arrivedAt: time))
        }
        let index = chooseQueue(arrival.flow, settings)
        if !queues[index].isActive {
            queues[index].nextStart = virtualTime
            activeQueues += 1
        }
        if waiting == 0, fits(arrival.estimate.seats) {
            queues[index].nextStart = max(queues[index].nextStart, virtualTime)
            return .executes(start(arrival, queue: index, arrivedAt: time))
        }
        guard queues[index].waiting < settings.lengthLimit else { return .rejected(.queueFull) }
        let place = requests.append(
            WaitingRequests.Entry(
                arrival: arrival, queue: index, arrivedAt: time, arrivedVirtually: virtualTime), to: &queues[index])
        waiting += 1
        seatsWaiting += arrival.estimate.seats
        noteDemand()
        reorder(index)
        return .waits(place)
    }

    /// Of the flow's hand, the queue with the least work waiting.
    private mutating func chooseQueue(_ flow: UInt64, _ settings: LevelSettings.Queuing) -> Int {
        ShuffleSharding.deal(flow, queues: settings.queues, handSize: settings.handSize, into: &hand)
        turn &+= 1
        // Where looking begins moves on, so that equal queues take turns.
        let offset = Int(turn % UInt64(hand.count))
        var best = hand[offset]
        for step in 1..<max(1, hand.count) {
            let index = hand[(offset + step) % hand.count]
            if queues[index].waitingWork < queues[best].waitingWork { best = index }
        }
        return best
    }

    private mutating func start(_ arrival: Arrival, queue: Int?, arrivedAt: Seconds) -> Seat {
        var arrival = arrival
        // More final seats than there are would never be free together.
        if !isExempt { arrival.estimate.narrow(to: seatLimit) }
        executing += 1
        seatsInUse += arrival.estimate.seats
        if let queue {
            turn &+= 1
            queues[queue].turn = turn
            queues[queue].executing += 1
            queues[queue].seats += arrival.estimate.seats
            queues[queue].nextStart += arrival.estimate.work
        }
        noteDemand()
        return Seat(arrival: arrival, queue: queue, arrivedAt: arrivedAt, startedAt: time)
    }

    /// The request that is next, if there are seats for it. Until there are, none behind it goes first: otherwise a wide
    /// one would never find enough.
    package mutating func dispatch() -> Seat? {
        guard let index = order.first, let entry = requests[queues[index].first],
            fits(entry.arrival.estimate.seats)
        else { return nil }
        remove(queues[index].first)
        // The queue counted as inactive for a moment if this was all it had.
        if !queues[index].isActive { activeQueues += 1 }
        let seat = start(entry.arrival, queue: index, arrivedAt: entry.arrivedAt)
        reorder(index)
        return seat
    }

    /// Takes a waiting request out.
    @discardableResult
    package mutating func remove(_ place: Int) -> WaitingRequests.Entry? {
        guard let queue = requests[place]?.queue, let entry = requests.remove(place, from: &queues[queue]) else {
            return nil
        }
        waiting -= 1
        seatsWaiting -= entry.arrival.estimate.seats
        if !queues[queue].isActive { activeQueues -= 1 }
        noteDemand()
        reorder(queue)
        return entry
    }

    /// A request has finished. Its seats come back, at once or when what it set off is over.
    package mutating func finish(_ seat: Seat) {
        let estimate = seat.arrival.estimate
        executing -= 1
        if let queue = seat.queue {
            queues[queue].executing -= 1
            if !queues[queue].isActive { activeQueues -= 1 }
            let unused = WorkEstimate.serviceSeconds - (time - seat.startedAt)
            queues[queue].nextStart -= Double(estimate.initialSeats) * unused
            reorder(queue)
        }
        if estimate.additionalSeconds > 0, !isExempt {
            lingering.insert(
                Lingering(until: time + estimate.additionalSeconds, queue: seat.queue, seats: estimate.seats))
        } else {
            release(estimate.seats, queue: seat.queue)
        }
    }

    private mutating func release(_ seats: Int, queue: Int?) {
        seatsInUse -= seats
        if let queue { queues[queue].seats -= seats }
        noteDemand()
        trim()
    }

    /// Drops queues that the configuration no longer has, from the end, as they empty.
    private mutating func trim() {
        guard let settings, queues.count > settings.queues else { return }
        while queues.count > settings.queues, let last = queues.last, !last.isActive, last.seats == 0 {
            queues.removeLast()
        }
    }

    private mutating func noteDemand() { demand.set(seatsInUse + seatsWaiting) }

    /// Puts a queue where it belongs. It does not start before its first request came: what it did not use of its part
    /// while it had nothing to do is not owed to it.
    private mutating func reorder(_ queue: Int) {
        guard let first = requests[queues[queue].first] else { return order.remove(queue) }
        queues[queue].nextStart = max(queues[queue].nextStart, first.arrivedVirtually)
        order.set(
            queue,
            FinishOrder.Key(
                finish: queues[queue].nextStart + first.arrival.estimate.work, turn: queues[queue].turn))
    }
}

extension FairQueues {
    /// When the request came that waits longest: the first of some queue, as queues are in the order of arrival.
    package var oldestArrival: Seconds? {
        waiting == 0 ? nil : queues.lazy.compactMap { requests[$0.first]?.arrivedAt }.min()
    }

    /// Takes out the requests that came at the moment or before.
    package mutating func expire(_ moment: Seconds) -> [WaitingRequests.Entry] {
        guard waiting > 0 else { return [] }
        var expired: [WaitingRequests.Entry] = []
        for index in queues.indices {
            while let first = requests[queues[index].first], first.arrivedAt <= moment,
                let entry = remove(queues[index].first)
            {
                expired.append(entry)
            }
        }
        return expired
    }
}
