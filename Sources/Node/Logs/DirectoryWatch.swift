@preconcurrency import Dispatch
import Glibc

/// Tells when something in a directory is written, made, renamed or removed, by inotify, without a thread.
final class DirectoryWatch: Sendable {
    private let source: any DispatchSourceRead

    /// - Parameter onChange: called on a queue of the watch's own, once for any number of changes at about a time.
    /// - Throws: `LogFileError`.
    init(_ path: String, onChange: @escaping @Sendable () -> Void) throws {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw LogFileError(action: "watch", path: path, code: errno) }
        let mask = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CLOSE_WRITE)
        guard inotify_add_watch(descriptor, path, mask) >= 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw LogFileError(action: "watch", path: path, code: code)
        }
        source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor, queue: DispatchQueue(label: "gantry.node.logs"))
        source.setCancelHandler { Glibc.close(descriptor) }
        source.setEventHandler {
            // What changed does not matter: the reader looks for itself. Taking the events arms the watch again.
            withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { space in
                while Glibc.read(descriptor, space.baseAddress, space.count) > 0 {}
            }
            onChange()
        }
        source.activate()
    }

    deinit {
        source.cancel()
    }
}
