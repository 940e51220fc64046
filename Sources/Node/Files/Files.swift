import Glibc

/// The few things the agent does with files, each one or two system calls.
package enum Files {
    package static func exists(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    /// What a path is, links followed; `nil` when there is nothing.
    package static func kind(_ path: String) -> mode_t? {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_mode & S_IFMT : nil
    }

    /// The mode bits of a path, links followed; `nil` when there is nothing.
    package static func permissions(_ path: String) -> mode_t? {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_mode & 0o7777 : nil
    }

    /// Where a symbolic link leads; `nil` for everything else.
    package static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Makes a folder with its parents; the mode is the last one's, whatever the umask. An existing one stays as it is.
    package static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(FileError) {
        if mkdir(path, mode) == 0 {
            guard chmod(path, mode) == 0 else { throw FileError("chmod", path) }
            return
        }
        switch errno {
        case EEXIST:
            guard kind(path) == S_IFDIR else { throw FileError("mkdir", path, code: ENOTDIR) }
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
                throw FileError("mkdir", path, code: ENOENT)
            }
            try makeFolder(String(path[..<slash]))
            try makeFolder(path, mode: mode)
        default: throw FileError("mkdir", path)
        }
    }

    /// Writes a whole file in place; its mode is set whatever the umask.
    package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        guard fchmod(descriptor, mode) == 0 else { throw FileError("chmod", path) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write", path)
            }
            offset += count
        }
    }

    package static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws(FileError) {
        try write(Array(text.utf8), to: path, mode: mode)
    }

    /// Writes a text to a file that exists, as the kernel's control files want it: one write.
    package static func control(_ path: String, _ text: String) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard bytes.withUnsafeBytes({ Glibc.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
            throw FileError("write", path)
        }
    }

    /// The file's bytes, or only its last `limit`.
    package static func read(_ path: String, lastBytes limit: Int = 1 << 20) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        if size > limit {
            guard lseek(descriptor, -off_t(limit), SEEK_END) >= 0 else { throw FileError("seek", path) }
        } else if size >= 0 {
            guard lseek(descriptor, 0, SEEK_SET) >= 0 else { throw FileError("seek", path) }
        }
        var bytes: [UInt8] = []
        // Files of /proc and /sys have no size.
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < limit {
            let wanted = min(chunk.count, limit - bytes.count)
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, wanted) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("read", path)
            }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// The text of a file; `nil` when it cannot be read.
    package static func text(_ path: String) -> String? {
        guard let bytes = try? read(path) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a folder; none when it is not there.
    package static func list(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a path and everything below, following no links and crossing into no mount.
    package static func removeTree(_ path: String) throws(FileError) {
        var info = stat()
        guard lstat(path, &info) == 0 else {
            if errno == ENOENT { return }
            throw FileError("stat", path)
        }
        try remove(path, info, device: info.st_dev)
    }

    private static func remove(_ path: String, _ info: stat, device: dev_t) throws(FileError) {
        guard info.st_mode & S_IFMT == S_IFDIR else {
            guard unlink(path) == 0 || errno == ENOENT else { throw FileError("unlink", path) }
            return
        }
        guard info.st_dev == device else { throw FileError("remove", path, code: EBUSY) }
        for name in list(path) {
            let child = path + "/" + name
            var info = stat()
            guard lstat(child, &info) == 0 else { continue }
            try remove(child, info, device: device)
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw FileError("rmdir", path) }
    }

    /// Hands a path and everything below to a group, as volumes of pods with an `fsGroup` need it.
    package static func setGroup(_ path: String, group: gid_t, isReadOnly: Bool) throws(FileError) {
        var info = stat()
        guard lstat(path, &info) == 0 else { throw FileError("stat", path) }
        guard info.st_mode & S_IFMT != S_IFLNK else {
            guard lchown(path, uid_t.max, group) == 0 else { throw FileError("chown", path) }
            return
        }
        guard chown(path, uid_t.max, group) == 0 else { throw FileError("chown", path) }
        let isFolder = info.st_mode & S_IFMT == S_IFDIR
        var mode = info.st_mode & 0o7777 | (isReadOnly ? 0o440 : 0o660)
        if isFolder { mode |= 0o2110 }
        guard chmod(path, mode) == 0 else { throw FileError("chmod", path) }
        guard isFolder else { return }
        for name in list(path) { try setGroup(path + "/" + name, group: group, isReadOnly: isReadOnly) }
    }
}
