import CSQLite

/// An error of SQLite.
struct SQLiteFailure: Error {
    /// The extended result code.
    var code: Int32
    var message: String
    /// What was being done.
    var action: String

    private var primaryCode: Int32 { code & 0xff }

    /// No space on the disk or within the quota; the transaction has been undone.
    var isFull: Bool { primaryCode == SQLITE_FULL }

    func storeError(path: String) -> StoreError {
        let reason = "\(path): \(action): \(message) (SQLite code \(code))"
        switch primaryCode {
        case SQLITE_FULL: return .full(reason)
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: return .corrupt(reason)
        case SQLITE_BUSY, SQLITE_LOCKED: return .inUse(path)
        default: return .unavailable(reason)
        }
    }
}
