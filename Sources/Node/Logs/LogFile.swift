import Glibc
import NIOCore
import NIOPosix

/// An open log file. Reading happens on NIO's thread pool, for a disk can be slow.
final class LogFile: Sendable {
    /// Which file a path leads to, across renames.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    private static let blockSize = 64 << 10

    let identity: Identity
    private let descriptor: Int32

    private init(descriptor: Int32, identity: Identity) {
        self.descriptor = descriptor
        self.identity = identity
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// - Throws: `LogFileError`.
    static func open(_ path: String) async throws -> LogFile {
        try await onThread {
            let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw LogFileError(action: "open", path: path, code: errno) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else {
                let code = errno
                Glibc.close(descriptor)
                throw LogFileError(action: "stat", path: path, code: code)
            }
            return LogFile(descriptor: descriptor, identity: Identity(status))
        }
    }

    /// The file that is at `path` now, when it is another one; nil when it is this one or there is none.
    func successor(at path: String) async throws -> LogFile? {
        do {
            let found = try await Self.open(path)
            return found.identity == identity ? nil : found
        } catch let error as LogFileError where error.code == ENOENT {
            // Renamed, and the new one is not made yet.
            return nil
        }
    }

    /// Up to 64 KiB from `offset`; empty at the end.
    func read(at offset: Int64) async throws -> ByteBuffer {
        try await Self.onThread { [descriptor] in try Self.read(descriptor, at: offset, count: Self.blockSize) }
    }

    func size() async throws -> Int64 {
        try await Self.onThread { [descriptor] in try Self.size(descriptor) }
    }

    /// Where the last `lines` lines begin. Reads backwards, no further than needed. An unfinished line counts as one.
    func startOfLast(_ lines: Int) async throws -> Int64 {
        try await Self.onThread { [descriptor] in
            var end = try Self.size(descriptor)
            guard lines > 0 else { return end }
            var wanted = lines
            var isLastByte = true
            while end > 0 {
                let start = max(0, end - Int64(Self.blockSize))
                let block = try Self.read(descriptor, at: start, count: Int(end - start))
                let bytes = block.readableBytesView
                var index = bytes.endIndex
                while index > bytes.startIndex {
                    index -= 1
                    defer { isLastByte = false }
                    // The newline that ends the file ends the last line; it begins none.
                    guard bytes[index] == UInt8(ascii: "\n"), !isLastByte else { continue }
                    wanted -= 1
                    if wanted == 0 { return start + Int64(index - bytes.startIndex) + 1 }
                }
                end = start
            }
            return 0
        }
    }

    private static func size(_ descriptor: Int32) throws -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw LogFileError(action: "stat", path: "", code: errno) }
        return Int64(status.st_size)
    }

    private static func read(_ descriptor: Int32, at offset: Int64, count: Int) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        while true {
            var got = 0
            var code: Int32 = 0
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
                got = pread(descriptor, space.baseAddress, min(count, space.count), off_t(offset))
                code = errno
                return max(0, got)
            }
            if got >= 0 { return buffer }
            guard code == EINTR else { throw LogFileError(action: "read", path: "", code: code) }
        }
    }

    private static func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(body)
    }
}

extension LogFile.Identity {
    init(_ status: stat) {
        self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
}

/// A log file cannot be used.
package struct LogFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let action: String
    /// Empty where the file was opened before.
    package let path: String
    /// The system's `errno`.
    package let code: Int32

    package var description: String {
        "cannot \(action) log file\(path.isEmpty ? "" : " \(path)"): \(String(cString: strerror(code)))"
    }
}
