import CSQLite
import Glibc

/// Space kept back for deletions when the disk or the quota is full: a file beside the database that is removed to make
/// room, and some pages beyond the quota.
final class SpaceReserve {
    /// The size of the file, in bytes.
    private static let reserveBytes = 4 << 20
    /// Pages beyond the quota.
    private static let reservePages: Int64 = 256
    private static let pageBytes = 4_096
    private static let leastQuotaPages = 512
    /// With this much room inside the database, writes go on even if the disk has none.
    private static let ampleFreePages: Int64 = 2_048

    private let connection: SQLiteConnection
    private let path: String
    private let quotaPages: Int64?

    /// - Parameter path: of the database.
    init(connection: SQLiteConnection, path: String, quotaBytes: Int?) {
        self.connection = connection
        self.path = path + "-reserve"
        quotaPages = quotaBytes.map { Int64(max($0 / Self.pageBytes, Self.leastQuotaPages)) }
    }

    /// Sets the reserve aside; false when there is no room for it.
    func restore() throws(SQLiteFailure) -> Bool {
        if let quotaPages {
            let pages = try connection.integer("PRAGMA page_count")
            let free = try connection.integer("PRAGMA freelist_count")
            guard pages - free + Self.reservePages <= quotaPages else { return false }
            try limit(pages: quotaPages)
        }
        if allocate() { return true }
        return try connection.integer("PRAGMA freelist_count") >= Self.ampleFreePages
    }

    /// Gives the reserve to the deletions to come.
    func release() throws(SQLiteFailure) {
        // Already gone is fine: this is done again when even the reserve is used up.
        unlink(path)
        if let quotaPages { try limit(pages: quotaPages + Self.reservePages) }
    }

    private func limit(pages: Int64) throws(SQLiteFailure) {
        _ = try connection.integer("PRAGMA max_page_count = \(pages)")
    }

    private func allocate() -> Bool {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        guard posix_fallocate(descriptor, 0, off_t(Self.reserveBytes)) == 0 else {
            unlink(path)
            return false
        }
        return true
    }
}
