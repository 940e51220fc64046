import Synchronization

/// A store that keeps everything in memory and loses it at the end of the process: for tests.
///
/// It tidies up when written to and when told to, never by a timer.
package final class MemoryStore: Store {
    private struct Commits {
        var expiry = ExpiryQueue()
        var sink: (any StoreSink)?
        var isClosed = false
    }

    private let configuration: StoreConfiguration
    private let core = StoreCore(StoreState(revision: 1, floor: 1))
    /// Held for the whole of a commit: decision, publication and the call of the sink.
    private let commits = Mutex(Commits())

    package init(configuration: StoreConfiguration = StoreConfiguration()) {
        self.configuration = configuration
    }

    package func currentRevision() async throws(StoreError) -> UInt64 { core.revision }

    package func get(_ key: StoreKey) async throws(StoreError) -> StoredObject? { core.get(key) }

    package func range(
        bucket: String, namespace: String?, startingAfter: StoreKey?, limit: Int, at revision: UInt64?
    ) async throws(StoreError) -> RangeResult {
        try core.range(
            bucket: bucket, namespace: namespace, startingAfter: startingAfter, limit: limit, at: revision)
    }

    package func create(_ key: StoreKey, _ write: ObjectWrite) async throws(StoreError) -> StoredObject {
        try commit(.create(key, write))
    }

    package func update(
        _ key: StoreKey, expecting revision: UInt64, _ write: ObjectWrite
    ) async throws(StoreError) -> StoredObject {
        try commit(.update(key, expecting: revision, write))
    }

    package func delete(
        _ key: StoreKey, expecting revision: UInt64?, last: ObjectWrite?
    ) async throws(StoreError) -> StoredObject {
        try commit(.delete(key, expecting: revision, last: last))
    }

    package func watch(after revision: UInt64) async throws(StoreError) -> any StoreWatch {
        try StoreCursor(core: core, after: revision)
    }

    package func compact(before revision: UInt64) async throws(StoreError) {
        try commits.withLock { (commits) throws(StoreError) in
            let current = core.revision
            guard revision <= current else { throw .future(current: current) }
            trim(through: revision, &commits)
        }
    }

    package func maintain() async throws(StoreError) {
        commits.withLock { commits in
            let now = configuration.now()
            for entry in commits.expiry.due(at: now, limit: .max) {
                let deletion = WriteOperation.delete(entry.key, expecting: entry.revision, last: nil)
                // An object that has changed or gone since is not this entry's business.
                guard let event = try? deletion.change(of: core.get(entry.key), at: core.revision + 1, time: now)
                else { continue }
                publish(event, &commits)
            }
            trimSurplus(at: now, &commits)
        }
    }

    package func contents() async throws(StoreError) -> StoreContents {
        core.contents(at: configuration.now())
    }

    package func isStale(_ object: StoredObject) -> Bool { false }

    package func attach(_ sink: any StoreSink) async throws(StoreError) {
        commits.withLock { commits in
            sink.prime(core.prime())
            commits.sink = sink
        }
    }

    package func close() async {
        commits.withLock { $0.isClosed = true }
        core.close()
    }

    private func commit(_ operation: WriteOperation) throws(StoreError) -> StoredObject {
        try commits.withLock { (commits) throws(StoreError) in
            if commits.isClosed { throw .closed }
            let now = configuration.now()
            let event = try operation.change(of: core.get(operation.key), at: core.revision + 1, time: now)
            publish(event, &commits)
            trimSurplus(at: now, &commits)
            return event.object
        }
    }

    private func publish(_ event: StoreEvent, _ commits: inout Commits) {
        core.publish([event])
        commits.expiry.note(event)
        commits.sink?.apply(StoreBatch(events: [event], revision: event.revision))
    }

    private func trimSurplus(at now: Int64, _ commits: inout Commits) {
        var floor = core.read { $0.floor }
        while true {
            let surplus = core.read { $0.surplus(configuration, now: now) }
            guard surplus > floor else { return }
            trim(through: surplus, &commits)
            floor = surplus
        }
    }

    private func trim(through revision: UInt64, _ commits: inout Commits) {
        core.trim(through: revision)
        commits.sink?.compacted(before: revision)
    }
}
