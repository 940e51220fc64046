import Glibc

/// The files under a SQLite store: a seam, so that tests can cut the power and fill the disk.
package protocol StoreFiles: Sendable {
    /// The name of the SQLite file layer that reads and writes the database; nil for the system's own.
    var layer: String? { get }

    /// Makes an empty file, readable by its owner only, unless there is one. Its name is durable afterwards.
    func makeFile(_ path: String) throws(StoreError)

    /// Makes a file that takes this much space; false, and no file, when there is not as much.
    func reserve(_ path: String, bytes: Int) -> Bool

    /// Removes a file; one that is gone already is fine.
    func remove(_ path: String)
}

/// The files of the operating system.
package struct SystemFiles: StoreFiles {
    package var layer: String? { nil }

    package init() {}

    /// SQLite gives the files beside the database the mode of the database, so it is enough to make this one first.
    package func makeFile(_ path: String) throws(StoreError) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable("cannot open \(path): \(Self.error())") }
        let isPrivate = fchmod(descriptor, 0o600) == 0
        let reason = Self.error()
        Glibc.close(descriptor)
        guard isPrivate else { throw .unavailable("cannot restrict the mode of \(path): \(reason)") }
        try syncFolder(of: path)
    }

    package func reserve(_ path: String, bytes: Int) -> Bool {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        guard posix_fallocate(descriptor, 0, off_t(bytes)) == 0 else {
            unlink(path)
            return false
        }
        return true
    }

    package func remove(_ path: String) { unlink(path) }

    /// Makes the name of a new file durable.
    private func syncFolder(of path: String) throws(StoreError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unavailable("cannot open \(folder): \(Self.error())") }
        let isSynced = fsync(descriptor) == 0
        let reason = Self.error()
        Glibc.close(descriptor)
        guard isSynced else { throw .unavailable("cannot sync \(folder): \(reason)") }
    }

    private static func error() -> String { String(cString: strerror(errno)) }
}
