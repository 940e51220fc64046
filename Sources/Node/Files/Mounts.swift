import Glibc

/// Mounting and unmounting.
package enum Mounts {
    /// Whether a folder is the root of a mount. A link is none, wherever it leads.
    package static func isMountPoint(_ path: String) -> Bool {
        var own = stat()
        var parent = stat()
        guard lstat(path, &own) == 0, own.st_mode & S_IFMT == S_IFDIR, lstat(path + "/..", &parent) == 0 else {
            return false
        }
        return own.st_dev != parent.st_dev
    }

    /// Mounts memory on a folder, unless it is mounted already.
    package static func mountMemory(at path: String, options: String) throws(FileError) {
        guard !isMountPoint(path) else { return }
        guard mount("tmpfs", path, "tmpfs", UInt(MS_NOSUID | MS_NODEV), options) == 0 else {
            throw FileError("mount", path)
        }
    }

    package static func unmount(_ path: String) throws(FileError) {
        while isMountPoint(path) {
            guard umount2(path, Int32(MNT_DETACH) | Int32(UMOUNT_NOFOLLOW)) == 0 else {
                throw FileError("umount", path)
            }
        }
    }

    /// Unmounts everything below a folder, deepest first.
    package static func unmountAll(below folder: String) throws(FileError) {
        guard let table = Files.text("/proc/self/mountinfo") else { return }
        for point in points(below: folder, table: table) {
            // Detached: a mount that something still looks into goes away with its last user.
            guard umount2(point, Int32(MNT_DETACH)) == 0 || errno == EINVAL || errno == ENOENT else {
                throw FileError("umount", point)
            }
        }
    }

    /// The folder's own mount and those below it, in the order in which they can be unmounted: the reverse of mounting.
    package static func points(below folder: String, table: String) -> [String] {
        table.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ")
            guard fields.count > 4 else { return nil }
            let point = unescaped(fields[4])
            return point.hasPrefix(folder + "/") || point == folder ? point : nil
        }.reversed()
    }

    /// The table writes spaces and the like as a backslash and three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "\\"), rest.count >= 4,
                let value = UInt8(String(decoding: rest.dropFirst().prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
