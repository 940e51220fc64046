import Synchronization

/// Every current object and the recent changes of a store, in memory, for readers and watchers.
///
/// It follows one store as its sink. Because the store applies a commit here before it acknowledges it, a client that
/// got its acknowledgement reads its own write; with a store whose only writer is this process, reads are linearizable.
/// A snapshot is an immutable value, taken under a short lock and read without any.
package final class WatchCache: Sendable {
    private struct Buckets {
        var caches: [String: BucketCache] = [:]
        /// No bucket has lost a change after this revision before it was primed.
        var floor: UInt64 = 0
    }

    private let configuration: WatchCacheConfiguration
    private let buckets = Mutex(Buckets())
    private let applied = Atomic<UInt64>(0)
    private let delivered = Atomic<UInt64>(0)
    private let waiters = RevisionWaiters()

    package init(configuration: WatchCacheConfiguration = WatchCacheConfiguration()) {
        self.configuration = configuration
    }

    /// The revision up to which every read sees every change.
    package var currentRevision: UInt64 { applied.load(ordering: .acquiring) }

    /// The revision up to which every watcher's group has been handed its changes: a bookmark may say it, if it goes
    /// the way the deliveries go (is enqueued on the group's executor after this was read).
    package var deliveredRevision: UInt64 { delivered.load(ordering: .acquiring) }

    /// The current state of a bucket.
    package func snapshot(_ bucket: String) -> BucketSnapshot {
        // The revision is read first: the bucket can only be ahead of it, and then says so itself.
        let revision = currentRevision
        return cache(of: bucket).snapshot(applied: revision)
    }

    /// The state of a bucket at a revision of the past, for the later pages of a list. Fails with `.expired` or
    /// `.future`.
    package func snapshot(_ bucket: String, at revision: UInt64) throws(WatchCacheError) -> BucketSnapshot {
        let applied = currentRevision
        return try cache(of: bucket).snapshot(at: revision, applied: applied)
    }

    /// Keeps a snapshot for a while, so that the pages to come do not depend on history: when a continue token is given
    /// out.
    package func pin(_ snapshot: BucketSnapshot) { cache(of: snapshot.bucket).pin(snapshot) }

    /// Waits until a revision has happened; fails with `.future` after `timeout` and `.cancelled` with the task.
    package func waitUntil(_ revision: UInt64, timeout: Duration) async throws(WatchCacheError) {
        if currentRevision >= revision { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await self.waiters.wait(for: revision) { self.currentRevision >= revision }
            }
            group.addTask {
                do {
                    try await Task.sleep(for: timeout)
                } catch {
                    // The other task was first.
                }
            }
            await group.next()
            group.cancelAll()
        }
        if currentRevision >= revision { return }
        throw Task.isCancelled ? .cancelled : .future(revision, current: currentRevision)
    }

    /// Starts a watch of a bucket. Fails with `.tooOld`.
    ///
    /// Live changes go to the group's `deliver`, from the moment of this call on: see ``WatchGroup`` for how a watcher
    /// gets its backlog first. The watch ends when the subscription is cancelled or released.
    ///
    /// - Parameter place: deliveries name watchers of the same place one after the other.
    package func subscribe(
        _ bucket: String, _ selection: WatchSelection, from start: WatchStart, group: WatchGroup, place: UInt32 = 0
    ) throws(WatchCacheError) -> WatchOpening {
        let applied = currentRevision
        return try cache(of: bucket).subscribe(
            selection, from: start, group: group, place: place, applied: applied)
    }

    /// How many watchers a bucket has.
    package func subscribers(of bucket: String) -> Int { cache(of: bucket).subscribers }

    private func cache(of bucket: String) -> BucketCache {
        buckets.withLock { buckets in
            if let cache = buckets.caches[bucket] { return cache }
            let cache = BucketCache(
                name: bucket, table: ObjectTable(), floor: buckets.floor, configuration: configuration)
            buckets.caches[bucket] = cache
            return cache
        }
    }

    private func advance(to revision: UInt64, deliveries: WatchDeliveries) {
        applied.store(revision, ordering: .releasing)
        deliveries.send()
        delivered.store(revision, ordering: .releasing)
        waiters.advance(to: revision)
    }
}

extension WatchCache: StoreSink {
    package func prime(_ state: StorePrime) {
        var histories: [String: [StoreEvent]] = [:]
        for event in state.history { histories[event.key.bucket, default: []].append(event) }
        let known = buckets.withLock { buckets in
            buckets.floor = state.floor
            return Array(buckets.caches.keys)
        }
        for bucket in Set(known).union(state.tables.keys) {
            cache(of: bucket).prime(
                state.tables[bucket] ?? ObjectTable(), floor: state.floor, history: histories[bucket] ?? [])
        }
        advance(to: state.revision, deliveries: WatchDeliveries())
    }

    package func apply(_ batch: StoreBatch) {
        var deliveries = WatchDeliveries()
        var rest = batch.events[...]
        while let bucket = rest.first?.key.bucket {
            let end = rest.firstIndex { $0.key.bucket != bucket } ?? rest.endIndex
            cache(of: bucket).apply(rest[rest.startIndex..<end], into: &deliveries)
            rest = rest[end...]
        }
        advance(to: batch.revision, deliveries: deliveries)
    }

    package func compacted(before revision: UInt64) {
        let caches = buckets.withLock { Array($0.caches.values) }
        for cache in caches { cache.compact(before: revision) }
    }
}
