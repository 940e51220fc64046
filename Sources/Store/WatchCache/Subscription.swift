/// Where a watch starts.
package enum WatchStart: Hashable, Sendable {
    /// The current state first (as a snapshot), then every change.
    case currentState
    /// Changes from now on.
    case now
    /// Changes after this revision, the past ones as a backlog. It may be in the future: changes up to it are left out.
    case revision(UInt64)
}

/// A watch as it begins: nothing is missing and nothing is doubled between what is here and what is delivered.
package struct WatchOpening: Sendable {
    package let subscription: Subscription
    /// The state before the first change, for `.currentState`; apply the selection to it.
    package let snapshot: BucketSnapshot?
    /// Changes already past, as the selection sees them.
    package let backlog: [StoreEvent]
    /// The revision that snapshot and backlog lead up to.
    package let revision: UInt64
}

/// A watcher's place in the watch cache, until cancelled or released.
package final class Subscription: Sendable {
    package let id: SubscriberID
    let selection: WatchSelection
    let after: UInt64
    let group: WatchGroup
    private let bucket: BucketCache

    init(id: SubscriberID, selection: WatchSelection, after: UInt64, group: WatchGroup, bucket: BucketCache) {
        self.id = id
        self.selection = selection
        self.after = after
        self.group = group
        self.bucket = bucket
    }

    deinit { cancel() }

    /// Ends the deliveries. One that is under way may still arrive, and is to be ignored.
    package func cancel() { bucket.remove(self) }
}
