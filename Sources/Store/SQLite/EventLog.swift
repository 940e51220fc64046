import CSQLite

/// The changes of a store at rest in one SQLite file.
///
/// One table, `events`, holds a row for each change under its revision, with the object's bytes; a current object is
/// the latest row of its key, so bytes are written once. Rows that history no longer needs (superseded states and
/// deletions) are removed in small slices, and `compacted` in the table `meta` says through which revision that has
/// been done: rows up to it are current objects, rows after it are history.
///
/// The connection has the file to itself (no other process can open it), uses write-ahead logging with a sync at
/// every commit, and copies the log into the database (a checkpoint) when it has grown long. Used by one thread at a
/// time.
final class EventLog {
    let path: String
    let connection: SQLiteConnection
    private let beginning: SQLiteStatement
    private let commit: SQLiteStatement
    private let insertion: SQLiteStatement
    private let removal: SQLiteStatement
    private let compaction: SQLiteStatement
    private let frames = FrameCounter()
    /// How many pages the log may have before it is copied into the database.
    private let frameLimit: Int32
    private var scratch: [UInt8] = []

    /// Takes over a connection to a file whose schema has been prepared.
    init(path: String, connection: SQLiteConnection, logBytes: Int) throws(SQLiteFailure) {
        self.path = path
        self.connection = connection
        frameLimit = Int32(clamping: max(logBytes / SpaceReserve.pageBytes, 1))
        beginning = try SQLiteStatement(connection, "BEGIN IMMEDIATE")
        commit = try SQLiteStatement(connection, "COMMIT")
        insertion = try SQLiteStatement(
            connection,
            "INSERT INTO events(revision, type, time, bucket, namespace, name, header, bytes)"
                + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        removal = try SQLiteStatement(connection, "DELETE FROM events WHERE revision = ?1")
        compaction = try SQLiteStatement(connection, "UPDATE meta SET compacted = ?1")
        frames.follow(connection)
    }

    /// Makes changes durable and forgets the oldest ones of history, in one transaction and with one sync.
    ///
    /// When this throws nothing has changed, unless the error is not `isFull`: then the outcome is unknown.
    func append(_ events: [StoredEvent], forgetting slice: [StoreEvent]) throws(SQLiteFailure) {
        try undoing { () throws(SQLiteFailure) in try transact(events, forgetting: slice) }
    }

    /// Makes the states of events durable that are no changes but what a new file begins with.
    func add(_ states: [StoredEvent]) throws(StoreError) {
        try told { () throws(SQLiteFailure) in try append(states, forgetting: []) }
    }

    /// Says that history begins behind `revision`, where all objects are as they are now.
    func startAnew(at revision: UInt64, forgetting history: [StoreEvent]) throws(StoreError) {
        try told { () throws(SQLiteFailure) in
            try append([], forgetting: history)
            try compaction.bind(1, Int64(bitPattern: revision))
            try compaction.run()
            try checkpoint()
        }
    }

    private func told(_ body: () throws(SQLiteFailure) -> Void) throws(StoreError) {
        do throws(SQLiteFailure) {
            try body()
        } catch {
            throw error.storeError(path: path)
        }
    }

    private func undoing(_ body: () throws(SQLiteFailure) -> Void) throws(SQLiteFailure) {
        let outcome = Result { () throws(SQLiteFailure) in try body() }
        guard case .failure(let failure) = outcome else { return }
        try connection.rollBack()
        throw failure
    }

    private func transact(_ events: [StoredEvent], forgetting slice: [StoreEvent]) throws(SQLiteFailure) {
        try beginning.run()
        for event in events { try insert(event) }
        for event in slice { try forget(event) }
        if let last = slice.last {
            try compaction.bind(1, Int64(bitPattern: last.revision))
            try compaction.run()
        }
        try commit.run()
    }

    /// Copies the write-ahead log into the database when it has grown enough, so that it starts over.
    func checkpointIfDue() throws(SQLiteFailure) {
        guard frames.count >= frameLimit else { return }
        try checkpoint()
    }

    func checkpoint() throws(SQLiteFailure) {
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        guard code == SQLITE_OK else { throw connection.failure(code, action: "checkpoint") }
        frames.count = 0
    }

    private func insert(_ stored: StoredEvent) throws(SQLiteFailure) {
        let event = stored.event
        let key = event.key
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: key.bucket.utf8)
        let namespaceStart = scratch.count
        scratch.append(contentsOf: key.namespace.utf8)
        let nameStart = scratch.count
        scratch.append(contentsOf: key.name.utf8)
        let headerStart = scratch.count
        if stored.sealed != nil {
            scratch.append(HeaderCodec.sealedMark)
        } else if !event.repeatsPrevious {
            HeaderCodec.encode(
                event.object.header, revisionOffset: event.object.revisionOffset, into: &scratch)
        }
        try insertion.bind(1, Int64(bitPattern: event.revision))
        try insertion.bind(2, Int64(event.type.rawValue))
        try insertion.bind(3, event.time)
        let outcome = scratch.withUnsafeBytes { texts in
            (stored.sealed ?? event.object.bytes).withUnsafeBytes { bytes in
                Result<Void, SQLiteFailure> { () throws(SQLiteFailure) in
                    let none = UnsafeRawBufferPointer(start: nil, count: 0)
                    try insertion.bindText(4, borrowing: UnsafeRawBufferPointer(rebasing: texts[..<namespaceStart]))
                    try insertion.bindText(
                        5, borrowing: UnsafeRawBufferPointer(rebasing: texts[namespaceStart..<nameStart]))
                    try insertion.bindText(
                        6, borrowing: UnsafeRawBufferPointer(rebasing: texts[nameStart..<headerStart]))
                    try insertion.bindBlob(7, borrowing: UnsafeRawBufferPointer(rebasing: texts[headerStart...]))
                    try insertion.bindBlob(8, borrowing: event.repeatsPrevious ? none : bytes)
                    try insertion.run()
                }
            }
        }
        try outcome.get()
    }

    /// Removes the rows that were kept for this change's sake only.
    private func forget(_ event: StoreEvent) throws(SQLiteFailure) {
        if let previous = event.previous { try remove(previous.revision) }
        if event.type == .deleted { try remove(event.revision) }
    }

    private func remove(_ revision: UInt64) throws(SQLiteFailure) {
        try removal.bind(1, Int64(bitPattern: revision))
        try removal.run()
    }
}

/// How many frames the write-ahead log has, told by SQLite after each commit.
private final class FrameCounter {
    private let pointer = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    init() { pointer.initialize(to: 0) }

    // The owner's connection, the only caller of the hook, is closed with the owner, whose commits are over by then.
    deinit { pointer.deallocate() }

    var count: Int32 {
        get { pointer.pointee }
        set { pointer.pointee = newValue }
    }

    /// Takes the place of SQLite's own automatic checkpoints, which use the same hook.
    func follow(_ connection: SQLiteConnection) {
        sqlite3_wal_hook(
            connection.handle,
            { pointer, _, _, frames in
                pointer?.assumingMemoryBound(to: Int32.self).pointee = frames
                return SQLITE_OK
            }, pointer)
    }
}
