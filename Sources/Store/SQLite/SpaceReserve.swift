import CSQLite

/// Space kept back for deletions when the disk or the quota is full: a file beside the database that is removed to make
/// room, and some pages beyond the quota.
final class SpaceReserve {
    /// Pages beyond the quota.
    private static let reservePages: Int64 = 256
    static let pageBytes = 4_096
    private static let leastQuotaPages = 512
    private let connection: SQLiteConnection
    private let files: any StoreFiles
    private let path: String
    private let bytes: Int
    private let quotaPages: Int64?
    /// Whether the file is there. Where it is not, free pages inside the database are the reserve.
    private var isOnDisk = false

    /// - Parameter path: of the database.
    init(connection: SQLiteConnection, files: any StoreFiles, path: String, configuration: StoreConfiguration) {
        self.connection = connection
        self.files = files
        self.path = path + "-reserve"
        bytes = configuration.reserveBytes
        quotaPages = configuration.quotaBytes.map { Int64(max($0 / Self.pageBytes, Self.leastQuotaPages)) }
    }

    /// Sets the reserve aside; false when there is no room for it.
    func restore() throws(SQLiteFailure) -> Bool {
        if let quotaPages {
            let pages = try connection.integer("PRAGMA page_count")
            guard try pages - freePages() + Self.reservePages <= quotaPages else { return false }
            try limit(pages: quotaPages)
        }
        isOnDisk = files.reserve(path, bytes: bytes)
        // With as much room inside the database, writes go on even if the disk has none.
        return isOnDisk ? true : try freePages() >= Int64(bytes / Self.pageBytes)
    }

    /// Whether the pages kept free inside the database, in place of the file, have run short.
    func isShort() throws(SQLiteFailure) -> Bool {
        isOnDisk ? false : try freePages() < Int64(bytes / Self.pageBytes / 8)
    }

    /// Gives the reserve to the deletions to come.
    func release() throws(SQLiteFailure) {
        // Already gone is fine: this is done again when even the reserve is used up.
        files.remove(path)
        isOnDisk = false
        if let quotaPages { try limit(pages: quotaPages + Self.reservePages) }
    }

    private func freePages() throws(SQLiteFailure) -> Int64 { try connection.integer("PRAGMA freelist_count") }

    private func limit(pages: Int64) throws(SQLiteFailure) {
        _ = try connection.integer("PRAGMA max_page_count = \(pages)")
    }
}
