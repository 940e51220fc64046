import Glibc

/// Follows a file that may be replaced at any time, in place or by renaming another over it: configuration that is read
/// anew while the process runs. Waits for the kernel's word (inotify), never looks by itself.
package struct FileWatch: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static let maximumBytes = 16 * 1024 * 1024

    private let path: String

    package init(path: String) { self.path = path }

    /// The file's bytes.
    package func read() throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: piece[..<count])
            guard bytes.count <= Self.maximumBytes else { throw Failure(description: "\(path) is too large") }
        }
    }

    /// Calls `onChange` with the new bytes whenever they differ from the last, until cancelled.
    ///
    /// - Parameters:
    ///   - known: what was read before; a change since then is told at once.
    ///   - onFailure: told when the file cannot be read; it is looked at again when its folder changes.
    package func follow(
        _ known: [UInt8], onChange: ([UInt8]) async -> Void, onFailure: (Failure) async -> Void
    ) async throws {
        var last = known
        while true {
            // Watched before it is read: what changes in between is heard of.
            let descriptor = try watch()
            let outcome = Result { () throws(Failure) in try read() }
            switch outcome {
            case .success(let bytes):
                if bytes != last {
                    last = bytes
                    await onChange(bytes)
                }
            case .failure(let failure):
                await onFailure(failure)
            }
            _ = try await DescriptorWait.readable(descriptor, limit: nil)
        }
    }

    /// The folder is watched, for the file itself may be another one at any time.
    private func watch() throws(Failure) -> Int32 {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw failure("watch") }
        let mask = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE)
        guard inotify_add_watch(descriptor, folder, mask) >= 0 else {
            let failure = failure("watch the folder of")
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func failure(_ action: String) -> Failure {
        Failure(description: "cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}
