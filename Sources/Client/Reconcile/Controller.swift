/// A loop that makes one object's reality match what it says.
package protocol Controller: Sendable {
    associatedtype Key: Hashable & Sendable

    /// As in `replicaset`: names the queue, the logs and the switch to turn it off.
    var name: String { get }

    /// Looks at the object of a key and takes the next steps towards what it asks for.
    ///
    /// Called for one key never twice at the same time. It must be idempotent and return quickly when nothing differs.
    /// - Throws: to be called again after the key's back-off.
    func reconcile(_ key: Key) async throws -> ReconcileOutcome
}

package enum ReconcileOutcome: Hashable, Sendable {
    /// Nothing to do until something changes.
    case done
    /// Look again after a while even if nothing changes.
    case requeue(after: Duration)
}
