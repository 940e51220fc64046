import Machinery

/// Keys that wait for a moment, the earliest first; a key waits once, for the earliest moment asked for.
struct DelayHeap<Key: Hashable & Sendable>: Sendable {
    private struct Entry: Sendable {
        let key: Key
        let due: Duration
        let order: UInt64
    }

    private var entries = Heap<Entry> { ($0.due, $0.order) < ($1.due, $1.order) }
    private var dues: [Key: Duration] = [:]
    private var order: UInt64 = 0

    var isEmpty: Bool { dues.isEmpty }
    var count: Int { dues.count }

    /// When the first key is due.
    var earliest: Duration? {
        mutating get {
            dropStale()
            return entries.first?.due
        }
    }

    mutating func insert(_ key: Key, due: Duration) {
        if let present = dues[key], present <= due { return }
        dues[key] = due
        order += 1
        entries.insert(Entry(key: key, due: due, order: order))
    }

    /// Removes and returns the keys due by now, in the order of their moments.
    mutating func popDue(now: Duration) -> [Key] {
        var due: [Key] = []
        while let moment = earliest, moment <= now, let entry = entries.popFirst() {
            dues[entry.key] = nil
            due.append(entry.key)
        }
        return due
    }

    /// An entry is stale when its key was asked for earlier since; such entries go when they reach the top.
    private mutating func dropStale() {
        while let first = entries.first, dues[first.key] != first.due { entries.popFirst() }
    }
}
