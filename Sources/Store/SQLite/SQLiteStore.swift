import Synchronization

/// The default store: one SQLite file, all current objects and recent history in memory as well.
///
/// Reads never touch the disk. Writes go through one thread that commits everything waiting with one sync; a write that
/// returned survives the end of the process and of the machine. History for watchers and readers of old revisions
/// survives too, within the limits of the configuration. When the disk or the quota is full, creates and updates fail
/// with `.full` while deletions go on, until there is space again.
package final class SQLiteStore: Store {
    private let core: StoreCore
    private let mailbox: Mailbox<WriteRequest>
    private let configuration: StoreConfiguration
    private let healthCell: HealthCell

    /// Opens the file at `path`, making it (mode 0600) if it is missing, and reads all of it: this blocks.
    ///
    /// Fails with `.corrupt`, `.newerSchema`, `.inUse` or `.unavailable`. With a cipher use `open`: it can fetch keys.
    package convenience init(
        path: String, configuration: StoreConfiguration = StoreConfiguration(), files: any StoreFiles = SystemFiles()
    ) throws(StoreError) {
        let log = try EventLog.open(path: path, files: files, logBytes: configuration.logBytes)
        let loaded = try log.load(configuration.cipher)
        try self.init(path: path, configuration, files, log, loaded)
    }

    /// As `init`, on a thread that may block. What needs a key that is not at hand is read when the key was fetched;
    /// objects that cannot be opened in the end are there, and unreadable.
    package static func open(
        path: String, configuration: StoreConfiguration = StoreConfiguration(), files: any StoreFiles = SystemFiles()
    ) async throws(StoreError) -> SQLiteStore {
        if let cipher = configuration.cipher {
            let missing = try await OwnThread.run { () throws(StoreError) in
                try EventLog.open(path: path, files: files, logBytes: configuration.logBytes).load(cipher).missing
            }
            await cipher.prepare(missing)
        }
        return try await OwnThread.run { () throws(StoreError) in
            try SQLiteStore(path: path, configuration: configuration, files: files)
        }
    }

    private init(
        path: String, _ configuration: StoreConfiguration, _ files: any StoreFiles, _ log: EventLog,
        _ loaded: EventLog.Loaded
    ) throws(StoreError) {
        let space = SpaceReserve(
            connection: log.connection, files: files, path: path, configuration: configuration)
        let health: StoreHealth
        do throws(SQLiteFailure) {
            if try space.restore() {
                health = .ok
            } else {
                try space.release()
                health = .full("\(path): no space is left for the reserve")
            }
        } catch {
            throw error.storeError(path: path)
        }
        if health != .ok { configuration.healthChanged(health) }
        let core = StoreCore(loaded.state)
        let mailbox = Mailbox<WriteRequest>(
            limit: configuration.queueLimit, weightLimit: configuration.queueBytes)
        let healthCell = HealthCell(health)
        let writer = StoreWriter(
            configuration: configuration, log: log, space: space, core: core, expiry: loaded.expiry, health: health,
            mailbox: mailbox,
            report: { health in
                healthCell.value = health
                configuration.healthChanged(health)
            })
        let handover = WriterHandover(writer)
        try WriterThread.start {
            for reply in handover.run() { reply.resume(returning: .success(())) }
        }
        self.core = core
        self.mailbox = mailbox
        self.healthCell = healthCell
        self.configuration = configuration
    }

    deinit { mailbox.close() }

    /// Whether writes are possible; for health checks.
    package var health: StoreHealth { healthCell.value }

    package func currentRevision() async throws(StoreError) -> UInt64 { core.revision }

    package func get(_ key: StoreKey) async throws(StoreError) -> StoredObject? { core.get(key) }

    package func range(
        bucket: String, namespace: String?, startingAfter: StoreKey?, limit: Int, at revision: UInt64?
    ) async throws(StoreError) -> RangeResult {
        try core.range(
            bucket: bucket, namespace: namespace, startingAfter: startingAfter, limit: limit, at: revision)
    }

    package func create(_ key: StoreKey, _ write: ObjectWrite) async throws(StoreError) -> StoredObject {
        try await submit(.create(key, write))
    }

    package func update(
        _ key: StoreKey, expecting revision: UInt64, _ write: ObjectWrite
    ) async throws(StoreError) -> StoredObject {
        try await submit(.update(key, expecting: revision, write))
    }

    package func delete(
        _ key: StoreKey, expecting revision: UInt64?, last: ObjectWrite?
    ) async throws(StoreError) -> StoredObject {
        try await submit(.delete(key, expecting: revision, last: last))
    }

    package func watch(after revision: UInt64) async throws(StoreError) -> any StoreWatch {
        try StoreCursor(core: core, after: revision)
    }

    package func compact(before revision: UInt64) async throws(StoreError) {
        try await ask { .compact(PendingCompaction(revision: revision, reply: $0)) }
    }

    package func maintain() async throws(StoreError) {
        try await ask { .maintain($0) }
    }

    package func contents() async throws(StoreError) -> StoreContents {
        core.contents(at: configuration.now())
    }

    package func isStale(_ object: StoredObject) -> Bool {
        configuration.cipher?.isStale(object.mark, of: object.key) ?? false
    }

    package func attach(_ sink: any StoreSink) async throws(StoreError) {
        try await ask { .attach(sink, $0) }
    }

    package func close() async {
        do throws(StoreError) {
            try await ask { .close($0) }
        } catch {
            // Closed already: there is nothing left to do.
        }
    }

    private func submit(_ operation: WriteOperation) async throws(StoreError) -> StoredObject {
        let outcome: Result<StoredObject, StoreError> = await withCheckedContinuation { reply in
            let write = PendingWrite(operation: operation, reply: reply)
            switch mailbox.offer(.write(write), weight: max(1, operation.bytes)) {
            case .accepted: break
            case .full: reply.resume(returning: .failure(.overloaded(limit: configuration.queueLimit)))
            case .closed: reply.resume(returning: .failure(.closed))
            }
        }
        return try outcome.get()
    }

    private func ask(_ request: (Reply<Void>) -> WriteRequest) async throws(StoreError) {
        let outcome: Result<Void, StoreError> = await withCheckedContinuation { reply in
            switch mailbox.offer(request(reply), weight: 0) {
            case .accepted: break
            case .full, .closed: reply.resume(returning: .failure(.closed))
            }
        }
        try outcome.get()
    }
}

private final class HealthCell: Sendable {
    private let state: Mutex<StoreHealth>

    init(_ health: StoreHealth) { state = Mutex(health) }

    var value: StoreHealth {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

/// Carries the writer to its thread.
///
/// Sendable: whoever makes this gives its only reference to the writer away; `run` takes it out, once, on the
/// writer's thread.
private final class WriterHandover: @unchecked Sendable {
    private var writer: StoreWriter?

    init(_ writer: consuming StoreWriter) { self.writer = writer }

    /// Runs the writer and releases it, which closes its file.
    func run() -> [Reply<Void>] {
        let replies = writer?.run() ?? []
        writer = nil
        return replies
    }
}
