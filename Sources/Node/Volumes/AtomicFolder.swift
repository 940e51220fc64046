import Glibc

/// A file of a volume made from API objects.
package struct VolumeFile: Hashable, Sendable {
    package var bytes: [UInt8]
    package var mode: mode_t
    /// The owner, where it is not root.
    package var owner: uid_t?

    package init(bytes: [UInt8], mode: mode_t, owner: uid_t? = nil) {
        self.bytes = bytes
        self.mode = mode
        self.owner = owner
    }
}

/// A folder whose whole content changes at once: readers see the old files or the new ones, never a mixture.
///
/// The files live in a folder named after the moment, `..data` is a link to the current one, and every visible name is
/// a link through `..data`. A change writes a new folder and renames one link.
package struct AtomicFolder: Sendable {
    package let path: String
    private var dataLink: String { path + "/..data" }

    package init(path: String) {
        self.path = path
    }

    /// Makes the folder hold exactly these files, by relative path. Does nothing when it already does.
    ///
    /// - Parameter group: the pod's `fsGroup`, which then may read every file.
    /// - Returns: whether anything changed.
    @discardableResult
    package func write(_ files: [String: VolumeFile], group: gid_t?, stamp: String) throws(FileError) -> Bool {
        for name in files.keys where name.isEmpty || name.hasPrefix("/") || name.split(separator: "/").contains("..") {
            throw FileError("write", path + "/" + name, code: EINVAL)
        }
        try Files.makeFolder(path, mode: 0o777)
        let current = Files.linkTarget(dataLink)
        if let current, holds(files, folder: path + "/" + current, group: group) { return false }
        var name = "..\(stamp)"
        var attempt = 0
        while Files.exists(path + "/" + name) {
            attempt += 1
            name = "..\(stamp).\(attempt)"
        }
        let folder = path + "/" + name
        try Files.makeFolder(folder, mode: 0o755)
        for (relative, file) in files { try write(file, to: folder + "/" + relative, group: group) }
        if let group {
            guard chown(path, uid_t.max, group) == 0, chown(folder, uid_t.max, group) == 0 else {
                throw FileError("chown", folder)
            }
        }
        let temporary = path + "/..data_tmp"
        unlink(temporary)
        guard symlink(name, temporary) == 0 else { throw FileError("symlink", temporary) }
        guard rename(temporary, dataLink) == 0 else { throw FileError("rename", dataLink) }
        try showNames(of: files)
        if let current { try Files.removeTree(path + "/" + current) }
        return true
    }

    private func write(_ file: VolumeFile, to path: String, group: gid_t?) throws(FileError) {
        if let slash = path.lastIndex(of: "/") { try Files.makeFolder(String(path[..<slash])) }
        let mode = group == nil ? file.mode : file.mode | 0o440
        try Files.write(file.bytes, to: path, mode: mode)
        guard file.owner != nil || group != nil else { return }
        guard chown(path, file.owner ?? uid_t.max, group ?? gid_t.max) == 0 else { throw FileError("chown", path) }
        // Changing the owner may clear mode bits.
        guard chmod(path, mode) == 0 else { throw FileError("chmod", path) }
    }

    /// Links every first path component through `..data`, and removes links to what is gone.
    private func showNames(of files: [String: VolumeFile]) throws(FileError) {
        let names = Set(files.keys.compactMap { $0.split(separator: "/").first.map(String.init) })
        for name in names where !Files.exists(path + "/" + name) {
            guard symlink("..data/" + name, path + "/" + name) == 0 else {
                throw FileError("symlink", path + "/" + name)
            }
        }
        for name in Files.list(path) where !name.hasPrefix("..") && !names.contains(name) {
            guard unlink(path + "/" + name) == 0 else { throw FileError("unlink", path + "/" + name) }
        }
    }

    private func holds(_ files: [String: VolumeFile], folder: String, group: gid_t?) -> Bool {
        var seen = 0
        for (relative, file) in files {
            var info = stat()
            guard lstat(folder + "/" + relative, &info) == 0, info.st_size == file.bytes.count,
                info.st_mode & 0o777 == (group == nil ? file.mode : file.mode | 0o440) & 0o777,
                let bytes = try? Files.read(folder + "/" + relative, lastBytes: max(file.bytes.count, 1)),
                bytes == file.bytes
            else { return false }
            seen += 1
        }
        return seen == count(folder)
    }

    private func count(_ folder: String) -> Int {
        Files.list(folder).reduce(0) { sum, name in
            sum + (Files.kind(folder + "/" + name) == S_IFDIR ? count(folder + "/" + name) : 1)
        }
    }
}
