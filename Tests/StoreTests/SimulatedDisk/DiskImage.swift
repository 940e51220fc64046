/// What lies on a disk: files by inode, and the names that lead to them.
struct DiskImage: Sendable {
    var names: [String: Int] = [:]
    var files: [Int: [UInt8]] = [:]

    /// The bytes of all files.
    var size: Int { files.values.reduce(0) { $0 + $1.count } }

    mutating func write(_ file: Int, at offset: Int, _ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        grow(file, to: offset + bytes.count)
        files[file, default: []].withUnsafeMutableBytes { content in
            UnsafeMutableRawBufferPointer(rebasing: content[offset..<(offset + bytes.count)]).copyMemory(from: bytes)
        }
    }

    mutating func truncate(_ file: Int, to size: Int) {
        let content = files[file] ?? []
        if size < content.count { files[file] = Array(content[..<size]) } else { grow(file, to: size) }
    }

    /// Points a name to a file, or (nil) to none; a file without a name is gone.
    mutating func name(_ name: String, _ file: Int?) {
        names[name] = file
        if let file, files[file] == nil { files[file] = [] }
    }

    private mutating func grow(_ file: Int, to size: Int) {
        let count = files[file]?.count ?? 0
        if size > count { files[file, default: []] += [UInt8](repeating: 0, count: size - count) }
    }
}

/// What a program did to a disk.
enum DiskOperation: Sendable {
    case name(String, Int?)
    case write(Int, offset: Int, [UInt8])
    case truncate(Int, size: Int)
    /// The file's content and the names changed so far are durable.
    case sync(Int)
    case syncNames
}
