import Foundation

/// What can go wrong while containerd is set up; the description says what to do about it.
package enum ContainerdError: Error, Equatable, CustomStringConvertible {
    /// A program that the node cannot do without is not installed.
    case programMissing(String, package: String)
    /// A path does not fit where the kernel wants it.
    case pathTooLong(String, limit: Int)
    /// containerd could not be started at all.
    case cannotStart(String, reason: String)
    /// containerd ended before it answered; the last lines of its log tell why.
    case endedEarly(log: String, lastLines: String)
    /// containerd runs but did not open its socket in time.
    case notReady(socket: String, after: Duration, log: String)
    /// containerd is still there after the strongest signal.
    case cannotStop(pid: Int32)
    /// A file of the set-up could not be read or written.
    case file(String, reason: String)
    /// The `ctr` program refused an image archive.
    case importFailed(archive: String, reason: String)
    /// Something that belongs to this data folder could not be removed.
    case cannotRemove(String, reason: String)

    package var description: String {
        switch self {
        case .programMissing(let program, let package):
            "\(program) was not found; install it with: apt-get install \(package)"
        case .pathTooLong(let path, let limit):
            "the path \(path) is longer than a socket address can be (\(limit) bytes); choose a shorter --data folder"
        case .cannotStart(let path, let reason):
            "\(path) could not be started: \(reason)"
        case .endedEarly(let log, let lastLines):
            "containerd ended while starting; its log \(log) closes with: \(lastLines)"
        case .notReady(let socket, let after, let log):
            "containerd did not open \(socket) within \(after); see \(log)"
        case .cannotStop(let pid):
            "containerd (process \(pid)) does not end"
        case .file(let path, let reason):
            "\(path): \(reason)"
        case .importFailed(let archive, let reason):
            "the image archive \(archive) could not be loaded: \(reason)"
        case .cannotRemove(let what, let reason):
            "\(what) could not be removed: \(reason)"
        }
    }
}
