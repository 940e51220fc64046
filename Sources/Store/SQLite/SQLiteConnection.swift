import CSQLite

/// A connection to one database file; used by one thread at a time.
final class SQLiteConnection {
    let handle: OpaquePointer
    /// Kept as long as its file layer is in use.
    private let files: any StoreFiles

    init(path: String, files: any StoreFiles) throws(SQLiteFailure) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, files.layer)
        guard let opened else {
            throw SQLiteFailure(code: code, message: "out of memory", action: "open")
        }
        guard code == SQLITE_OK else {
            let failure = Self.failure(of: opened, code: code, action: "open")
            sqlite3_close_v2(opened)
            throw failure
        }
        sqlite3_extended_result_codes(opened, 1)
        handle = opened
        self.files = files
    }

    deinit {
        // Statements still alive keep the connection until they are finalized.
        sqlite3_close_v2(handle)
    }

    /// Runs statements that return nothing of interest.
    func execute(_ sql: String) throws(SQLiteFailure) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, action: sql) }
    }

    /// The first column of the first row, 0 when there is none.
    func integer(_ sql: String) throws(SQLiteFailure) -> Int64 {
        let statement = try SQLiteStatement(self, sql)
        return try statement.step() ? statement.integer(0) : 0
    }

    /// Undoes the open transaction, if there is one.
    func rollBack() throws(SQLiteFailure) {
        if sqlite3_get_autocommit(handle) == 0 { try execute("ROLLBACK") }
    }

    func failure(_ code: Int32, action: String) -> SQLiteFailure {
        Self.failure(of: handle, code: code, action: action)
    }

    private static func failure(of handle: OpaquePointer, code: Int32, action: String) -> SQLiteFailure {
        let extended = sqlite3_extended_errcode(handle)
        return SQLiteFailure(
            code: extended == SQLITE_OK ? code : extended, message: String(cString: sqlite3_errmsg(handle)),
            action: action)
    }
}
