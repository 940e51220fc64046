import CSQLite

/// A prepared statement, kept and used again.
final class SQLiteStatement {
    private let connection: SQLiteConnection
    private let handle: OpaquePointer
    private let sql: String

    init(_ connection: SQLiteConnection, _ sql: String) throws(SQLiteFailure) {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw connection.failure(code, action: sql) }
        self.connection = connection
        self.sql = sql
        handle = prepared
    }

    deinit { sqlite3_finalize(handle) }

    /// True when there is a row, false when the statement is done; in both cases call `reset` before the next use.
    func step() throws(SQLiteFailure) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let failure = connection.failure(code, action: sql)
            sqlite3_reset(handle)
            throw failure
        }
    }

    /// Runs a statement that returns no rows, and makes it ready for the next use.
    func run() throws(SQLiteFailure) {
        _ = try step()
        sqlite3_reset(handle)
    }

    func reset() { sqlite3_reset(handle) }

    func bind(_ index: Int32, _ value: Int64) throws(SQLiteFailure) {
        try check(sqlite3_bind_int64(handle, index, value))
    }

    /// Binds without copying: the bytes must outlive the next `run`.
    func bindText(_ index: Int32, borrowing bytes: UnsafeRawBufferPointer) throws(SQLiteFailure) {
        // A null pointer would bind NULL; an empty text needs an address.
        let address = bytes.baseAddress ?? UnsafeRawPointer(handle)
        let text = address.assumingMemoryBound(to: CChar.self)
        try check(sqlite3_bind_text(handle, index, text, Int32(bytes.count), nil))
    }

    /// Binds without copying: the bytes must outlive the next `run`.
    func bindBlob(_ index: Int32, borrowing bytes: UnsafeRawBufferPointer) throws(SQLiteFailure) {
        let address = bytes.baseAddress ?? UnsafeRawPointer(handle)
        try check(sqlite3_bind_blob64(handle, index, address, UInt64(bytes.count), nil))
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func text(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    /// The bytes of a text or blob, valid until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    private func check(_ code: Int32) throws(SQLiteFailure) {
        guard code == SQLITE_OK else { throw connection.failure(code, action: sql) }
    }
}
