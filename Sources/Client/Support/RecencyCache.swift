/// A dictionary of bounded size that forgets what was not used for the longest time.
struct RecencyCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var entries: [Key: (value: Value, stamp: UInt64)] = [:]
    /// Uses in their order; a use is stale when its key was used again.
    private var uses: [(key: Key, stamp: UInt64)] = []
    private var stamp: UInt64 = 0
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    var count: Int { entries.count }

    subscript(key: Key) -> Value? {
        get { entries[key]?.value }
        set {
            guard let newValue else {
                entries[key] = nil
                return
            }
            stamp += 1
            entries[key] = (newValue, stamp)
            uses.append((key, stamp))
            if entries.count > capacity || uses.count > capacity * 4 { trim() }
        }
    }

    /// Drops stale uses, and the oldest entries down to three quarters, so that trimming is rare.
    private mutating func trim() {
        uses.removeAll { entries[$0.key]?.stamp != $0.stamp }
        guard entries.count > capacity else { return }
        let excess = entries.count - capacity * 3 / 4
        for use in uses.prefix(excess) { entries[use.key] = nil }
        uses.removeFirst(min(excess, uses.count))
    }
}
