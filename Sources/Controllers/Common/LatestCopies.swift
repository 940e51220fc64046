import Client
import KubeAPI
import Synchronization

/// An informer's objects, newer where this process wrote newer ones itself.
///
/// For controllers that write one object several times in a row: what they wrote is not lost sight of until the
/// informer has it. Versions of one resource are numbers that grow.
final class LatestCopies<Object: KubeObject>: Sendable {
    private let informer: Informer<Object>
    private let written = Mutex<[ObjectKey: Object]>([:])

    init(_ informer: Informer<Object>) {
        self.informer = informer
    }

    func get(_ key: ObjectKey) -> Object? {
        let known = informer.get(key)
        return written.withLock { written in
            guard let own = written[key] else { return known }
            // What the informer does not have was deleted, unless its news of the creation is still to come.
            guard let known, own.uid == known.uid, let mine = UInt64(own.resourceVersion),
                let theirs = UInt64(known.resourceVersion), mine > theirs
            else {
                written[key] = nil
                return known
            }
            return own
        }
    }

    /// Remembers what a write answered.
    @discardableResult
    func note(_ object: Object) -> Object {
        written.withLock { $0[object.key] = object }
        return object
    }
}
