/// What follows a store's commits: the watch cache.
///
/// Calls come one after the other, in revision order, from the thread that commits, before the writes are
/// acknowledged: they must be quick and must not call the store.
package protocol StoreSink: Sendable {
    /// The state to start from.
    func prime(_ state: StorePrime)

    func apply(_ batch: StoreBatch)

    /// The store has forgotten the history before `revision`.
    func compacted(before revision: UInt64)
}

/// A state of the whole store with the history that leads to it.
package struct StorePrime: Sendable {
    /// The revision of the state.
    package var revision: UInt64
    /// The objects of each bucket.
    package var tables: [String: ObjectTable]
    /// `history` holds every change after this revision.
    package var floor: UInt64
    package var history: [StoreEvent]

    package init(revision: UInt64, tables: [String: ObjectTable], floor: UInt64, history: [StoreEvent]) {
        self.revision = revision
        self.tables = tables
        self.floor = floor
        self.history = history
    }
}

/// The changes of one commit, in revision order; none where a shared store tells that only its revision has moved on.
package struct StoreBatch: Sendable {
    package var events: [StoreEvent]
    /// The state after the batch.
    package var revision: UInt64

    package init(events: [StoreEvent], revision: UInt64) {
        self.events = events
        self.revision = revision
    }
}
