import KubeAPI
import Machinery
import Synchronization

/// Keeps a DaemonSet from fighting with a node that lets its pods fail: each replacement waits twice as long as the one
/// before, up to a quarter of an hour. A new template starts anew.
final class DaemonFailures: Sendable {
    private struct Key: Hashable {
        let uid: String
        let generation: Int64
        let node: String
    }

    private struct Entry {
        var delay: Duration
        var since: Timestamp
    }

    private static let initial = Duration.seconds(1)
    private static let limit = Duration.seconds(900)

    private let entries = Mutex<[Key: Entry]>([:])

    /// Whether the failed pod of a node may be replaced now.
    /// - Returns: how long to wait; `nil` when it may, which counts as done.
    func wait(_ daemonSet: DaemonSet, node: String, now: Timestamp) -> Duration? {
        let key = Key(uid: daemonSet.uid, generation: daemonSet.metadata.generation ?? 0, node: node)
        return entries.withLock { entries in
            if let entry = entries[key], now < entry.since + entry.delay { return entry.since + entry.delay - now }
            entries = entries.filter { now < $0.value.since + Self.limit * 2 }
            let delay = entries[key].map { min($0.delay * 2, Self.limit) } ?? Self.initial
            entries[key] = Entry(delay: delay, since: now)
            return nil
        }
    }
}
