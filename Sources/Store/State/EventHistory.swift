/// The latest changes in revision order: a ring that grows, with the bytes it keeps alive.
package struct EventHistory: Sendable {
    private var slots: [StoreEvent?] = []
    private var head = 0
    package private(set) var count = 0
    /// The bytes of states that are alive because of this history.
    package private(set) var bytes = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }
    package var first: StoreEvent? { count == 0 ? nil : slots[head] }

    package mutating func append(_ event: StoreEvent) {
        if count == slots.count { grow() }
        slots[(head + count) % slots.count] = event
        count += 1
        bytes += Self.weight(event)
    }

    @discardableResult
    package mutating func removeFirst() -> StoreEvent? {
        guard count > 0, let event = slots[head] else { return nil }
        slots[head] = nil
        head = (head + 1) % slots.count
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
        let start = firstIndex(after: revision)
        return prefix(from: start, limit: limit)
    }

    /// The first `limit` changes.
    package func prefix(_ limit: Int) -> [StoreEvent] { prefix(from: 0, limit: limit) }

    /// How many changes are at or before a revision.
    package func count(through revision: UInt64) -> Int { firstIndex(after: revision) }

    private func prefix(from start: Int, limit: Int) -> [StoreEvent] {
        let taken = min(count - start, max(limit, 0))
        guard taken > 0 else { return [] }
        var result: [StoreEvent] = []
        result.reserveCapacity(taken)
        for index in start..<(start + taken) {
            if let event = slots[(head + index) % slots.count] { result.append(event) }
        }
        return result
    }

    private func firstIndex(after revision: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let isBefore = slots[(head + middle) % slots.count].map { $0.revision <= revision } ?? true
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func grow() {
        var larger: [StoreEvent?] = []
        larger.reserveCapacity(max(16, slots.count * 2))
        for index in 0..<count { larger.append(slots[(head + index) % slots.count]) }
        larger.append(contentsOf: repeatElement(nil, count: max(16, slots.count * 2) - count))
        slots = larger
        head = 0
    }

    /// The bytes a change keeps alive, its own included.
    static func weight(_ event: StoreEvent) -> Int {
        let superseded = event.previous?.bytes.count ?? 0
        return 256 + superseded + (event.type == .deleted ? event.object.bytes.count : 0)
    }
}
