/// A revisioned store of objects.
///
/// Guarantees, the same for every implementation and proved by one suite:
/// - Every change gets the next revision; revisions never repeat or go back, across restarts too.
/// - Writes are compare-and-swap on one key, and linearizable together with `get`.
/// - A write that returned is durable (as durable as the implementation is), and has been applied to the sink attached.
/// - A watch delivers every change after its starting revision once, in order, or fails with `.compacted`.
///
/// The store knows no Kubernetes kinds: objects are bytes with a header.
package protocol Store: Sendable {
    /// The revision of the latest change; at least 1.
    func currentRevision() async throws(StoreError) -> UInt64

    func get(_ key: StoreKey) async throws(StoreError) -> StoredObject?

    /// Up to `limit` objects of a bucket in key order, of one namespace or of all (nil), starting after a key.
    ///
    /// - Parameter revision: the state to read: nil for the current one. Fails with `.compacted` when it is too old and
    ///   `.future` when it has not happened.
    func range(
        bucket: String, namespace: String?, startingAfter: StoreKey?, limit: Int, at revision: UInt64?
    ) async throws(StoreError) -> RangeResult

    /// Fails with `.alreadyExists`.
    func create(_ key: StoreKey, _ write: ObjectWrite) async throws(StoreError) -> StoredObject

    /// Fails with `.notFound` or `.conflict`.
    func update(
        _ key: StoreKey, expecting revision: UInt64, _ write: ObjectWrite
    ) async throws(StoreError) -> StoredObject

    /// Deletes, whatever the state is (`expecting` nil) or only this one. Fails with `.notFound` or `.conflict`.
    ///
    /// - Parameter last: the state watchers are to see last; nil for the stored one.
    /// - Returns: the last state, with the revision of the deletion.
    func delete(
        _ key: StoreKey, expecting revision: UInt64?, last: ObjectWrite?
    ) async throws(StoreError) -> StoredObject

    /// A watch of every change after `revision`; fails with `.compacted` when that is too old. A revision that has not
    /// happened yet is allowed: changes up to it are left out.
    func watch(after revision: UInt64) async throws(StoreError) -> any StoreWatch

    /// Forgets the history before `revision`: states and changes needed only by readers of older revisions. Fails with
    /// `.future` beyond the current revision.
    func compact(before revision: UInt64) async throws(StoreError)

    /// All objects at one revision, which is at least that of every write acknowledged before.
    func contents() async throws(StoreError) -> StoreContents

    /// Whether an object lies at rest in another way than it would be written now, so that it is worth a write though
    /// nothing has changed.
    func isStale(_ object: StoredObject) -> Bool

    /// Does what is due now: deletes expired objects, trims history to its limits. Implementations also do this by
    /// themselves.
    func maintain() async throws(StoreError)

    /// Feeds the sink: its `prime` at once, then `apply` for every commit, in order and before the commit is
    /// acknowledged. A store has one sink; attaching again replaces it.
    func attach(_ sink: any StoreSink) async throws(StoreError)

    /// Finishes the writes already accepted and releases the resources. Later calls fail with `.closed`.
    func close() async
}

/// A page of a bucket.
package struct RangeResult: Sendable {
    package var objects: [StoredObject]
    /// The revision of the state read.
    package var revision: UInt64
    /// Whether there are objects after the last one.
    package var more: Bool

    package init(objects: [StoredObject], revision: UInt64, more: Bool) {
        self.objects = objects
        self.revision = revision
        self.more = more
    }
}

/// A position in the history of a store. One caller at a time.
package protocol StoreWatch: Sendable {
    /// The next changes in order, at least one; waits for them. Nil when the task is cancelled or the store closed;
    /// `.compacted` when the watcher fell behind the history kept.
    func next() async throws(StoreError) -> [StoreEvent]?
}
