import Client
import KubeAPI
import Synchronization

/// Keeps a controller from acting on a copy of an object that is older than what it wrote itself.
///
/// Resource versions of one resource are numbers that grow (Kubernetes 1.35 made that part of the API); where they are
/// not, nothing is held back.
final class WriteBarrier: Sendable {
    private let written = Mutex<[ObjectKey: UInt64]>([:])

    /// Remembers the version of a write.
    func note(_ object: some KubeObject) {
        guard let version = UInt64(object.resourceVersion) else { return }
        written.withLock { $0[object.key] = max($0[object.key] ?? 0, version) }
    }

    /// Whether the copy lacks our last write; its successor is on the way and will bring the key back.
    func isBehind(_ copy: some KubeObject) -> Bool {
        guard let version = UInt64(copy.resourceVersion) else { return false }
        return written.withLock { written in
            guard let last = written[copy.key] else { return false }
            if version < last { return true }
            written[copy.key] = nil
            return false
        }
    }

    func forget(_ key: ObjectKey) {
        written.withLock { $0[key] = nil }
    }
}
