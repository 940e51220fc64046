import Store
import Synchronization

/// A store in an etcd v3 cluster, which several servers may share.
///
/// Writes are transactions on one key that compare its revision. A watch of everything brings all changes, those of
/// other servers too, into memory; a write is acknowledged when it has come back that way, so that this server's
/// readers see it. `get`, `range` and `currentRevision` first ask etcd for its revision, by a reading that a majority
/// confirms, and wait until this server has come so far: they see every write acknowledged before by any server. What
/// only follows the sink may be behind by the way of a message.
///
/// Expired objects are deleted one by one by the servers, not by leases: a lease's end removes its keys under a single
/// revision, and a watch could no longer be resumed between them.
package final class EtcdStore: Store {
    private let configuration: EtcdConfiguration
    private let client: EtcdClient
    private let keys: EtcdKeys
    private let replica: EtcdReplica
    private let follower: EtcdFollower
    private let catchUp: CatchUp
    private let readings: ReadingBatch
    private let compactor: EtcdCompactor
    private let load: WriteLoad
    private let tasks = Mutex<[Task<Void, Never>]>([])

    /// Reads all that is in etcd, and begins to follow it. Fails with `.unavailable` or `.corrupt`.
    package static func open(_ configuration: EtcdConfiguration) async throws(StoreError) -> EtcdStore {
        guard !configuration.endpoints.isEmpty else { throw .invalid("no etcd server is named") }
        let client = EtcdClient(configuration)
        let keys = EtcdKeys(prefix: configuration.prefix)
        let reading = try await EtcdReading.load(client, keys: keys, configuration: configuration)
        return EtcdStore(configuration, client, keys, reading)
    }

    private init(
        _ configuration: EtcdConfiguration, _ client: EtcdClient, _ keys: EtcdKeys, _ reading: EtcdReading
    ) {
        self.configuration = configuration
        self.client = client
        self.keys = keys
        let replica = EtcdReplica(reading, keys: keys, configuration: configuration)
        let follower = EtcdFollower(client: client, keys: keys, configuration: configuration, replica: replica)
        let catchUp = CatchUp(
            applied: reading.revision, timeout: configuration.catchUpTimeout, nudgeAfter: configuration.nudgeAfter,
            nudge: { await follower.nudge() }, renew: { follower.renew() })
        self.replica = replica
        self.follower = follower
        self.catchUp = catchUp
        // Any key will do: what counts is the revision that comes with the answer.
        readings = ReadingBatch { () throws(StoreError) in
            try await client.range(EtcdRange(key: keys.heartbeat)).revision
        }
        compactor = EtcdCompactor(client: client, keys: keys)
        load = WriteLoad(configuration.store)
        // Ended by `close`.
        tasks.withLock { tasks in
            tasks.append(Task { await follower.run { catchUp.advance(to: $0) } })
            tasks.append(Task { [weak self] in await Self.keepHouse(configuration, Weak(self)) })
        }
    }

    deinit {
        for task in tasks.withLock({ $0 }) { task.cancel() }
        client.shutDown()
    }

    /// Whether etcd is followed; for health checks.
    package var health: StoreHealth { replica.core.isClosed ? .closed : follower.health }

    package func currentRevision() async throws(StoreError) -> UInt64 {
        try await confirm()
        return replica.core.revision
    }

    package func get(_ key: StoreKey) async throws(StoreError) -> StoredObject? {
        try await confirm()
        return replica.core.get(key)
    }

    package func range(
        bucket: String, namespace: String?, startingAfter: StoreKey?, limit: Int, at revision: UInt64?
    ) async throws(StoreError) -> RangeResult {
        if revision.map({ $0 > replica.core.revision }) ?? true { try await confirm() }
        return try replica.core.range(
            bucket: bucket, namespace: namespace, startingAfter: startingAfter, limit: limit, at: revision)
    }

    package func create(_ key: StoreKey, _ write: ObjectWrite) async throws(StoreError) -> StoredObject {
        try await self.write(EtcdWrite(.create, key, expecting: 0, write, cipher: configuration.store.cipher))
    }

    package func update(
        _ key: StoreKey, expecting revision: UInt64, _ write: ObjectWrite
    ) async throws(StoreError) -> StoredObject {
        try await self.write(
            EtcdWrite(.update, key, expecting: revision, write, cipher: configuration.store.cipher))
    }

    package func delete(
        _ key: StoreKey, expecting revision: UInt64?, last: ObjectWrite?
    ) async throws(StoreError) -> StoredObject {
        let write = try EtcdWrite(.delete, key, expecting: revision, last)
        guard let last, write.flaw == nil else { return try await self.write(write) }
        replica.note(farewell: last, to: key)
        defer { replica.forgetFarewell(to: key) }
        return try await self.write(write)
    }

    package func watch(after revision: UInt64) async throws(StoreError) -> any StoreWatch {
        try StoreCursor(core: replica.core, after: revision)
    }

    package func compact(before revision: UInt64) async throws(StoreError) {
        let (current, floor) = (try await currentRevision(), replica.core.read { $0.floor })
        guard revision <= current else { throw .future(current: current) }
        guard revision > floor else { return }
        try await client.compact(before: revision)
        replica.compact(through: revision)
    }

    package func maintain() async throws(StoreError) {
        try await expire()
        replica.trim()
    }

    package func contents() async throws(StoreError) -> StoreContents {
        try await confirm()
        return replica.core.contents(at: configuration.store.now())
    }

    package func isStale(_ object: StoredObject) -> Bool {
        configuration.store.cipher?.isStale(object.mark, of: object.key) ?? false
    }

    package func attach(_ sink: any StoreSink) async throws(StoreError) {
        replica.attach(sink)
    }

    package func close() async {
        let tasks = tasks.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in tasks { task.cancel() }
        replica.core.close()
        catchUp.close()
        for task in tasks { await task.value }
        client.shutDown()
    }

    /// Takes part in the agreement on who compacts, and compacts if it is this server's turn: through the revision
    /// that etcd had in the round before.
    package func compactionRound() async throws(StoreError) {
        try await compactor.round()
    }

    /// Waits until this server has seen everything that had happened when this was called.
    private func confirm() async throws(StoreError) {
        if replica.core.isClosed { throw .closed }
        try await catchUp(to: try await readings.revision())
    }

    private func catchUp(to revision: UInt64) async throws(StoreError) {
        switch await catchUp.wait(for: revision) {
        case .reached: return
        case .closed: throw .closed
        case .late: throw .unavailable("the watch of etcd has not come to revision \(revision)")
        }
    }

    private func write(_ write: EtcdWrite) async throws(StoreError) -> StoredObject {
        if let flaw = write.flaw { throw .invalid(flaw) }
        guard let path = keys.path(of: write.key) else {
            throw .invalid("\(write.key) cannot be a key of etcd")
        }
        if replica.core.isClosed { throw .closed }
        let before = replica.core.get(write.key)
        try load.begin(write.bytes)
        defer { load.end(write.bytes) }
        let (response, isRepeated) = try await client.transact(write.transaction(path))
        try await catchUp(to: response.revision)
        if response.succeeded {
            if let event = replica.change(of: write.key, at: response.revision) { return event.object }
            // History has moved past it already.
            return try write.object(at: response.revision, before: before)
        }
        let current = try current(response, write.key)
        if isRepeated, let done = try carriedOut(write, path, response, before) { return done }
        throw write.refusal(current)
    }

    /// The object that stood in a write's way: the instance readers see, if that is the one.
    private func current(
        _ response: EtcdTransaction.Response, _ key: StoreKey
    ) throws(StoreError) -> StoredObject? {
        guard let pair = response.current else { return nil }
        if let known = replica.core.get(key), known.revision == pair.modRevision { return known }
        return try replica.open(pair, as: key)
    }

    /// The outcome of an attempt before the last one, whose answer was lost, if it was carried out.
    private func carriedOut(
        _ write: EtcdWrite, _ path: [UInt8], _ response: EtcdTransaction.Response, _ before: StoredObject?
    ) throws(StoreError) -> StoredObject? {
        if case .put(let value) = write.transaction(path).change {
            guard let pair = response.current, pair.value == value else { return nil }
            if let event = replica.change(of: write.key, at: pair.modRevision) { return event.object }
            return try write.object(at: pair.modRevision, before: before)
        }
        guard response.current == nil, let before else { return nil }
        return replica.deletion(of: write.key, after: before.revision)?.object
    }

    /// Deletes what has expired; others may have done so.
    private func expire() async throws(StoreError) {
        let due = replica.expired()
        for (index, object) in due.enumerated() {
            guard let failure = await expire(object) else { continue }
            replica.postpone(Array(due[index...]))
            throw failure
        }
    }

    private func expire(_ object: StoredObject) async -> StoreError? {
        do throws(StoreError) {
            _ = try await delete(object.key, expecting: object.revision, last: nil)
            return nil
        } catch {
            switch error {
            case .notFound, .conflict: return nil
            default: return error
            }
        }
    }
}

/// A store that may be gone.
private struct Weak: Sendable {
    weak let store: EtcdStore?

    init(_ store: EtcdStore?) { self.store = store }
}

/// What a store does by itself.
extension EtcdStore {
    /// Servers look for expired objects at different times, so that mostly one of them does the deleting.
    private static let expiryPeriod = 5.0...15.0

    fileprivate static func keepHouse(
        _ configuration: EtcdConfiguration, _ weak: Weak
    ) async {
        var compaction = configuration.compactionInterval.map { ContinuousClock.now + $0 }
        while true {
            let pause = Duration.seconds(Double.random(in: expiryPeriod))
            do {
                try await Task.sleep(for: compaction.map { min(pause, max($0 - .now, .zero)) } ?? pause)
            } catch {
                // Cancelled: the store was closed.
                return
            }
            guard let store = weak.store else { return }
            do throws(StoreError) {
                try await store.maintain()
                if let due = compaction, due <= .now, let interval = configuration.compactionInterval {
                    compaction = .now + interval
                    try await store.compactionRound()
                }
            } catch {
                configuration.log("keeping the store in order: \(error)")
            }
        }
    }
}
