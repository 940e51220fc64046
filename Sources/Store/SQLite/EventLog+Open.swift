import CSQLite
import Glibc

extension EventLog {
    private static let schemaVersion: Int64 = 1
    /// "Gntr": tells our files from others.
    private static let applicationID: Int64 = 0x476e_7472
    /// How long a process that is going away may hold the file, in milliseconds.
    private static let lockPatience: Int32 = 1_000

    /// Opens the file, making it if it is missing, readable by its owner only.
    static func open(path: String) throws(StoreError) -> EventLog {
        try makeFile(path)
        let opened: Result<EventLog, StoreError>
        do throws(SQLiteFailure) {
            let connection = try SQLiteConnection(path: path)
            sqlite3_busy_timeout(connection.handle, lockPatience)
            // The lock is taken by the first access and kept, so the index of the log needs no shared memory.
            try connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if let fault = try prepareSchema(connection, path: path) {
                opened = .failure(fault)
            } else {
                opened = .success(try EventLog(path: path, connection: connection))
            }
        } catch {
            throw error.storeError(path: path)
        }
        return try opened.get()
    }

    /// Makes the tables of an empty file; for another file, says why it cannot be used, if so.
    private static func prepareSchema(
        _ connection: SQLiteConnection, path: String
    ) throws(SQLiteFailure) -> StoreError? {
        let isEmpty = try connection.integer("SELECT count(*) FROM sqlite_schema") == 0
        if !isEmpty {
            guard try connection.integer("PRAGMA application_id") == applicationID else {
                return .corrupt("\(path) is the database of another program")
            }
            let version = try connection.integer("PRAGMA user_version")
            guard version == schemaVersion else {
                return version > schemaVersion
                    ? .newerSchema(found: Int(version), supported: Int(schemaVersion))
                    : .corrupt("\(path) has the unknown schema version \(version)")
            }
        }
        let mode = try SQLiteStatement(connection, "PRAGMA journal_mode = WAL")
        guard try mode.step(), mode.text(0) == "wal" else {
            return .unavailable("\(path): the file system does not allow write-ahead logging")
        }
        mode.reset()
        try connection.execute("PRAGMA synchronous = FULL")
        // In KiB: the objects are in memory, so pages are hardly read twice.
        try connection.execute("PRAGMA cache_size = -2048")
        try connection.execute("PRAGMA secure_delete = FAST")
        if isEmpty {
            try connection.execute(
                """
                BEGIN IMMEDIATE;
                CREATE TABLE events(
                    revision INTEGER PRIMARY KEY, type INTEGER NOT NULL, time INTEGER NOT NULL,
                    bucket TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
                    header BLOB NOT NULL, bytes BLOB NOT NULL);
                CREATE TABLE meta(compacted INTEGER NOT NULL);
                INSERT INTO meta VALUES (1);
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(schemaVersion);
                COMMIT;
                """)
        }
        return nil
    }

    /// SQLite gives the files beside the database the mode of the database, so it is enough to make this one first.
    private static func makeFile(_ path: String) throws(StoreError) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable("cannot open \(path): \(systemError())") }
        let isPrivate = fchmod(descriptor, 0o600) == 0
        let reason = systemError()
        Glibc.close(descriptor)
        guard isPrivate else { throw .unavailable("cannot restrict the mode of \(path): \(reason)") }
        try syncFolder(of: path)
    }

    /// Makes the name of a new file durable.
    private static func syncFolder(of path: String) throws(StoreError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unavailable("cannot open \(folder): \(systemError())") }
        let isSynced = fsync(descriptor) == 0
        let reason = systemError()
        Glibc.close(descriptor)
        guard isSynced else { throw .unavailable("cannot sync \(folder): \(reason)") }
    }

    private static func systemError() -> String { String(cString: strerror(errno)) }
}
