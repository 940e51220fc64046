/// What a level knows of a request.
package struct Arrival: Sendable {
    /// Names it when it waits.
    package let ticket: UInt64
    /// Where its schema's figures are.
    let tally: Int
    var estimate: WorkEstimate
    package let flow: UInt64

    package init(ticket: UInt64, tally: Int, estimate: WorkEstimate, flow: UInt64) {
        self.ticket = ticket
        self.tally = tally
        self.estimate = estimate
        self.flow = flow
    }
}

/// The requests that wait in the queues of one level: linked lists in one array, whose places are used again.
package struct WaitingRequests: Sendable {
    package struct Entry: Sendable {
        package internal(set) var arrival: Arrival
        let queue: Int
        let arrivedAt: Seconds
        /// The virtual time at which it came: it is not dispatched before.
        let arrivedVirtually: Double
        fileprivate var previous = -1
        fileprivate var next = -1

        init(arrival: Arrival, queue: Int, arrivedAt: Seconds, arrivedVirtually: Double) {
            self.arrival = arrival
            self.queue = queue
            self.arrivedAt = arrivedAt
            self.arrivedVirtually = arrivedVirtually
        }
    }

    private var entries: [Entry?] = []
    private var free: [Int] = []

    subscript(_ place: Int) -> Entry? {
        place >= 0 && place < entries.count ? entries[place] : nil
    }

    /// Adds a request at the end of its queue.
    mutating func append(_ entry: Entry, to queue: inout FairQueue) -> Int {
        var entry = entry
        entry.previous = queue.last
        entry.next = -1
        let place: Int
        if let old = free.popLast() {
            place = old
            entries[place] = entry
        } else {
            place = entries.count
            entries.append(entry)
        }
        if queue.last >= 0 { entries[queue.last]?.next = place } else { queue.first = place }
        queue.last = place
        queue.waiting += 1
        queue.waitingWork += entry.arrival.estimate.work
        return place
    }

    @discardableResult
    mutating func remove(_ place: Int, from queue: inout FairQueue) -> Entry? {
        guard let entry = self[place] else { return nil }
        if entry.previous >= 0 { entries[entry.previous]?.next = entry.next } else { queue.first = entry.next }
        if entry.next >= 0 { entries[entry.next]?.previous = entry.previous } else { queue.last = entry.previous }
        entries[place] = nil
        free.append(place)
        queue.waiting -= 1
        queue.waitingWork = queue.waiting == 0 ? 0 : queue.waitingWork - entry.arrival.estimate.work
        return entry
    }
}

/// One queue of a level.
package struct FairQueue: Sendable {
    /// Its progress in virtual time: when its next request would start if the queue had its fair part of the seats.
    package internal(set) var nextStart = 0.0
    /// Places of its first and last waiting request.
    var first = -1
    var last = -1
    package internal(set) var waiting = 0
    /// Of waiting requests, in seat-seconds.
    var waitingWork = 0.0
    var executing = 0
    var seats = 0
    /// When it last had its turn.
    var turn: UInt64 = 0

    var isActive: Bool { waiting > 0 || executing > 0 }
}
