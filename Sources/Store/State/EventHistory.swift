/// The latest changes in revision order: a ring that grows, with the bytes it keeps alive.
package struct EventHistory: Sendable {
    /// Slots outside the ring hold `vacant`, so that nothing is kept alive by them.
    private var slots: [StoreEvent] = []
    private var head = 0
    package private(set) var count = 0
    /// The bytes that are alive because of this history.
    package private(set) var bytes = 0

    private static let vacant = StoreEvent(
        type: .deleted,
        object: StoredObject(
            key: StoreKey(bucket: "", namespace: "", name: ""), revision: 0, header: ObjectHeader(uid: ""), bytes: [],
            revisionOffset: 0),
        previous: nil, time: 0)

    package init() {}

    package var isEmpty: Bool { count == 0 }
    package var first: StoreEvent? { count == 0 ? nil : slots[head] }

    /// The changes in order; `index` must be within `0..<count`.
    package subscript(index: Int) -> StoreEvent {
        precondition(index >= 0 && index < count, "no change \(index) in a history of \(count)")
        return slots[slot(index)]
    }

    package mutating func append(_ event: StoreEvent) {
        if count == slots.count { grow() }
        slots[slot(count)] = event
        count += 1
        bytes += Self.weight(event)
    }

    @discardableResult
    package mutating func removeFirst() -> StoreEvent? {
        guard count > 0 else { return nil }
        let event = slots[head]
        slots[head] = Self.vacant
        head = slot(1)
        count -= 1
        bytes -= Self.weight(event)
        if count == 0 {
            slots = []
            head = 0
        }
        return event
    }

    /// The changes after a revision, the `limit` first ones.
    package func events(after revision: UInt64, limit: Int = .max) -> [StoreEvent] {
        events(from: count(through: revision), limit: limit)
    }

    /// The first `limit` changes.
    package func prefix(_ limit: Int) -> [StoreEvent] { events(from: 0, limit: limit) }

    /// How many changes are at or before a revision.
    package func count(through revision: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if slots[slot(middle)].revision <= revision { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Changes that a shared store made under one revision are not torn apart.
    private func events(from start: Int, limit: Int) -> [StoreEvent] {
        var end = start + min(count - start, max(limit, 0))
        while end > start, end < count, slots[slot(end)].revision == slots[slot(end - 1)].revision { end += 1 }
        return (start..<max(start, end)).map { slots[slot($0)] }
    }

    private func slot(_ index: Int) -> Int {
        let place = head + index
        return place < slots.count ? place : place - slots.count
    }

    private mutating func grow() {
        var larger: [StoreEvent] = []
        let capacity = max(16, slots.count * 2)
        larger.reserveCapacity(capacity)
        for index in 0..<count { larger.append(slots[slot(index)]) }
        larger.append(contentsOf: repeatElement(Self.vacant, count: capacity - count))
        slots = larger
        head = 0
    }

    /// The bytes a change keeps alive, its own included.
    static func weight(_ event: StoreEvent) -> Int {
        let superseded = event.previous?.bytes.count ?? 0
        return 256 + superseded + (event.type == .deleted ? event.object.bytes.count : 0)
    }
}
