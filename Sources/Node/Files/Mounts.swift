import Glibc

/// Mounting and unmounting.
package enum Mounts {
    /// Whether a folder is the root of a mount.
    package static func isMountPoint(_ path: String) -> Bool {
        var own = stat()
        var parent = stat()
        guard lstat(path, &own) == 0, lstat(path + "/..", &parent) == 0 else { return false }
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
            guard umount2(path, Int32(MNT_DETACH)) == 0 else { throw FileError("umount", path) }
        }
    }

    /// Unmounts everything below a folder, deepest first.
    package static func unmountAll(below folder: String) throws(FileError) {
        guard let table = Files.text("/proc/self/mountinfo") else { return }
        let points = table.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ")
            guard fields.count > 4 else { return nil }
            return String(fields[4])
        }
        for point in points.reversed() where point.hasPrefix(folder + "/") || point == folder {
            guard umount2(point, Int32(MNT_DETACH)) == 0 || errno == EINVAL else { throw FileError("umount", point) }
        }
    }
}
