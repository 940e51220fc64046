internal import Glibc

/// A failed system call: its name, the path it was for, and `errno`.
package struct SystemCallError: Error, Sendable, CustomStringConvertible {
    package let call: String
    package let path: String
    package let errno: Int32

    package var description: String { "\(call) \(path): \(String(cString: strerror(errno)))" }
}

/// Files that hold keys and certificates.
package enum SecureFile {
    /// The largest file `read` takes: as much as PEM text may have.
    package static let maximumSize = PEM.maximumSize

    /// Replaces `path` by a file of these bytes, atomically and durably: a reader, or a start after a power cut, finds
    /// the old content or the new one whole. The file has `mode` from its first moment, whatever the umask.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(PKIError) {
        let folder = folder(of: path)
        let temporary = "\(path).\(SecureRandom.text(length: 10)).tmp"
        do {
            try writeNew(bytes, temporary, mode)
            do {
                guard rename(temporary, path) == 0 else { throw failure("rename", path) }
            } catch {
                unlink(temporary)
                throw error
            }
            try synchronize(folder: folder)
        } catch {
            throw PKIError(.file, "write \(path)", cause: error)
        }
    }

    package static func write(_ text: String, to path: String, mode: UInt32 = 0o600) throws(PKIError) {
        try write(Array(text.utf8), to: path, mode: mode)
    }

    /// All bytes of a file of at most `maximumSize`.
    package static func read(_ path: String) throws(PKIError) -> [UInt8] {
        do {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw failure("open", path) }
            defer { close(descriptor) }
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 16_384)
            while true {
                let count = Glibc.read(descriptor, &chunk, chunk.count)
                if count < 0 {
                    if Glibc.errno == EINTR { continue }
                    throw failure("read", path)
                }
                if count == 0 { return bytes }
                bytes.append(contentsOf: chunk[..<count])
                guard bytes.count <= maximumSize else {
                    throw PKIError(.tooLarge, "\(path) has more than \(maximumSize) bytes")
                }
            }
        } catch let error as PKIError {
            throw error
        } catch {
            throw PKIError(.file, "read \(path)", cause: error)
        }
    }

    private static func writeNew(_ bytes: [UInt8], _ path: String, _ mode: UInt32) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", path) }
        do {
            defer { close(descriptor) }
            guard fchmod(descriptor, mode) == 0 else { throw failure("chmod", path) }
            var written = 0
            try bytes.withUnsafeBytes { buffer in
                while written < buffer.count, let base = buffer.baseAddress {
                    let count = Glibc.write(descriptor, base + written, buffer.count - written)
                    if count < 0 {
                        if Glibc.errno == EINTR { continue }
                        throw failure("write", path)
                    }
                    written += count
                }
            }
            guard fsync(descriptor) == 0 else { throw failure("fsync", path) }
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Makes a rename within the folder durable.
    private static func synchronize(folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", folder) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ call: String, _ path: String) -> SystemCallError {
        SystemCallError(call: call, path: path, errno: Glibc.errno)
    }
}
