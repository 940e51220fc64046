import CRI
import Glibc

/// Mounts what the runtime says shows an image, in a way that nobody can write to it.
enum ImageMount {
    /// What the kernel takes as mount data: one page, its end included.
    private static let dataLimit = 4095

    /// Mounts one on top of the other, as the runtime orders them.
    static func mount(_ parts: [ContainerdV1.Mount], at path: String) throws(FileError) {
        for part in parts { try mount(part, at: path) }
    }

    private static func mount(_ part: ContainerdV1.Mount, at path: String) throws(FileError) {
        var flags = UInt(MS_RDONLY) | UInt(MS_NOSUID) | UInt(MS_NODEV)
        var data: [String] = []
        for option in part.options {
            switch option {
            case "ro", "bind", "rw": continue
            case "rbind": flags |= UInt(MS_REC)
            case "nosuid", "nodev": continue
            case "noexec": flags |= UInt(MS_NOEXEC)
            case "noatime": flags |= UInt(MS_NOATIME)
            default: data.append(option)
            }
        }
        let text = data.joined(separator: ",")
        guard text.utf8.count <= dataLimit else { throw FileError("mount", path, code: E2BIG) }
        guard part.type == "bind" || part.options.contains("bind") || part.options.contains("rbind") else {
            guard Glibc.mount(part.type, path, part.type, flags, text) == 0 else { throw FileError("mount", path) }
            return
        }
        guard Glibc.mount(part.source, path, nil, UInt(MS_BIND) | flags & UInt(MS_REC), nil) == 0 else {
            throw FileError("mount", path)
        }
        // The kernel takes the restrictions of a bind mount in a second call only.
        guard Glibc.mount(nil, path, nil, UInt(MS_REMOUNT) | UInt(MS_BIND) | flags & ~UInt(MS_REC), nil) == 0 else {
            let error = FileError("remount", path)
            umount2(path, Int32(MNT_DETACH))
            throw error
        }
    }

    /// Whether something is mounted exactly here. A bind mount within one filesystem is seen in the mount table only.
    static func isMounted(_ path: String) -> Bool {
        Mounts.points(below: path, table: Files.text("/proc/self/mountinfo") ?? "").contains(path)
    }

    /// Takes away whatever is mounted here; nothing is fine.
    static func unmount(_ path: String) throws(FileError) {
        while umount2(path, Int32(MNT_DETACH) | Int32(UMOUNT_NOFOLLOW)) == 0 {}
        // EINVAL: not the root of a mount.
        guard errno == EINVAL || errno == ENOENT else { throw FileError("umount", path) }
    }
}
