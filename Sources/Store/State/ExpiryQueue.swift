/// When objects expire: a heap by time. Entries of states that have been replaced are ignored when their time comes.
package struct ExpiryQueue: Sendable {
    package struct Entry: Sendable {
        package var time: Int64
        package var key: StoreKey
        package var revision: UInt64
    }

    private var heap: [Entry] = []

    package init() {}

    /// The earliest time at which something may expire.
    package var next: Int64? { heap.first?.time }

    package mutating func note(_ event: StoreEvent) {
        if event.type != .deleted { note(event.object) }
    }

    /// Takes note of a current object.
    package mutating func note(_ object: StoredObject) {
        guard let time = object.header.expires else { return }
        insert(Entry(time: time, key: object.key, revision: object.revision))
    }

    /// Removes and returns up to `limit` entries due at `now`.
    package mutating func due(at now: Int64, limit: Int) -> [Entry] {
        var due: [Entry] = []
        while due.count < limit, let first = heap.first, first.time <= now {
            due.append(first)
            removeFirst()
        }
        return due
    }

    /// Adds an entry; also one given back because its deletion could not be carried out.
    mutating func insert(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].time < heap[parent].time else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].time < heap[smallest].time {
                smallest = child
            }
            guard smallest != parent else { return }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
