/// The state of a store with its history. Only commits change it, one after the other.
package struct StoreState: Sendable {
    package internal(set) var revision: UInt64
    /// `history` holds every change after this revision.
    package internal(set) var floor: UInt64
    package internal(set) var tables: [String: ObjectTable]
    package internal(set) var history: EventHistory

    package init(
        revision: UInt64, floor: UInt64, tables: [String: ObjectTable] = [:], history: EventHistory = EventHistory()
    ) {
        self.revision = revision
        self.floor = floor
        self.tables = tables
        self.history = history
    }

    package func get(_ key: StoreKey) -> StoredObject? {
        tables[key.bucket]?.get(namespace: key.namespace, name: key.name)
    }

    mutating func apply(_ events: [StoreEvent]) {
        for event in events {
            tables[event.key.bucket, default: ObjectTable()].apply(event)
            history.append(event)
            revision = event.revision
        }
    }

    /// Forgets the changes up to and including `revision`.
    mutating func trim(through revision: UInt64) {
        while let first = history.first, first.revision <= revision { history.removeFirst() }
        floor = max(floor, min(revision, self.revision))
    }

    /// The revision through which history exceeds its limits at `now`, a slice at most; `floor` when it does not.
    package func surplus(_ configuration: StoreConfiguration, now: Int64) -> UInt64 {
        let oldest = now - configuration.historySeconds
        var count = history.count
        var bytes = history.bytes
        var surplus = floor
        for index in 0..<min(history.count, Self.sliceLimit) {
            let event = history[index]
            guard
                count > configuration.historyEvents || bytes > configuration.historyBytes || event.time <= oldest
            else { break }
            surplus = event.revision
            count -= 1
            bytes -= EventHistory.weight(event)
        }
        return surplus
    }

    /// How many changes are forgotten at once.
    static let sliceLimit = 256
}
