/// Keys that wait for a moment, the earliest first; a key waits once, for the earliest moment asked for.
struct DelayHeap<Key: Hashable & Sendable>: Sendable {
    private struct Entry {
        let key: Key
        let due: Duration
        let order: UInt64
    }

    private var entries: [Entry] = []
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
        entries.append(Entry(key: key, due: due, order: order))
        siftUp(entries.count - 1)
    }

    /// Removes and returns the keys due by now, in the order of their moments.
    mutating func popDue(now: Duration) -> [Key] {
        var due: [Key] = []
        while let moment = earliest, moment <= now {
            let entry = removeFirst()
            dues[entry.key] = nil
            due.append(entry.key)
        }
        return due
    }

    /// An entry is stale when its key was asked for earlier since; such entries go when they reach the top.
    private mutating func dropStale() {
        while let first = entries.first, dues[first.key] != first.due { _ = removeFirst() }
    }

    private mutating func removeFirst() -> Entry {
        let first = entries[0]
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            siftDown(0)
        }
        return first
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (entries[left].due, entries[left].order) < (entries[right].due, entries[right].order)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard isBefore(child, parent) else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && isBefore(child, smallest) {
                smallest = child
            }
            guard smallest != parent else { return }
            entries.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
