import CSQLite

extension EventLog {
    private static let schemaVersion: Int64 = 1
    /// "Gntr": tells our files from others.
    private static let applicationID: Int64 = 0x476e_7472
    /// How long a process that is going away may hold the file, in milliseconds.
    private static let lockPatience: Int32 = 1_000

    /// Opens the file, making it if it is missing, readable by its owner only.
    ///
    /// - Parameter logBytes: how long the write-ahead log may grow before it is copied into the database.
    static func open(path: String, files: any StoreFiles, logBytes: Int) throws(StoreError) -> EventLog {
        try files.makeFile(path)
        let opened: Result<EventLog, StoreError>
        do throws(SQLiteFailure) {
            let connection = try SQLiteConnection(path: path, files: files)
            sqlite3_busy_timeout(connection.handle, lockPatience)
            // The lock is taken by the first access and kept, so the index of the log needs no shared memory.
            try connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if let fault = try prepareSchema(connection, path: path) {
                opened = .failure(fault)
            } else {
                opened = .success(try EventLog(path: path, connection: connection, logBytes: logBytes))
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
}
