import Glibc

/// The files of the pod network: the plugins' configuration and what they note.
enum PodNetworkFiles {
    private static func failure(_ what: String, _ path: String) -> PodNetworkError {
        PodNetworkError("\(what) \(path): \(String(cString: strerror(errno)))")
    }

    /// Replaces a file as a whole; the runtime, which watches its folder, sees the old one or the new one.
    static func write(_ text: String, to path: String) throws(PodNetworkError) {
        if let old = read(path), old == text { return }
        guard let slash = path.lastIndex(of: "/") else { throw PodNetworkError("\(path) is no absolute path") }
        try makeFolder(String(path[..<slash]))
        let temporary = path + ".new"
        try put(text, temporary, flags: O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
        guard rename(temporary, path) == 0 else { throw failure("rename", temporary) }
    }

    static func remove(_ path: String) throws(PodNetworkError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("unlink", path) }
    }

    static func removeTree(_ path: String) throws(PodNetworkError) {
        var info = stat()
        guard lstat(path, &info) == 0 else { return }
        guard info.st_mode & S_IFMT == S_IFDIR else { return try remove(path) }
        for name in names(in: path) { try removeTree(path + "/" + name) }
        guard rmdir(path) == 0 else { throw failure("rmdir", path) }
    }

    /// What a folder holds; nothing where there is none.
    static func names(in path: String) -> [String] {
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

    private static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    private static func put(_ text: String, _ path: String, flags: Int32) throws(PodNetworkError) {
        let descriptor = open(path, flags, 0o644)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard bytes.withUnsafeBytes({ Glibc.write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
            throw failure("write", path)
        }
    }

    private static func makeFolder(_ path: String) throws(PodNetworkError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure("mkdir", path)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("mkdir", path) }
    }
}
