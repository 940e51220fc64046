import Client
import KubeAPI
import Machinery
import Synchronization

/// What an owner's last writes will show in the informer, and has not shown yet.
///
/// An owner that acts on a copy which lacks its own writes would create or delete twice. So names of children are
/// chosen here, told before they are created, and the owner waits until the informer has shown each of them. Should
/// an event be lost for good, the wait ends after five minutes.
final class Expectations: Sendable {
    private struct Pending {
        var creations: Set<ObjectKey> = []
        var deletions: Set<String> = []
        var since: Duration
        var isEmpty: Bool { creations.isEmpty && deletions.isEmpty }
    }

    private struct State {
        var pending: [ObjectKey: Pending] = [:]
        var ownerOfCreation: [ObjectKey: ObjectKey] = [:]
        var ownerOfDeletion: [String: ObjectKey] = [:]
    }

    static let patience = Duration.seconds(300)
    let clock: DelayClock
    private let state = Mutex(State())

    init(clock: any Clock<Duration>) {
        self.clock = DelayClock(clock)
    }

    func expectCreation(of child: ObjectKey, by owner: ObjectKey) {
        let now = clock.now
        state.withLock { state in
            state.pending[owner, default: Pending(since: now)].creations.insert(child)
            state.pending[owner]?.since = now
            state.ownerOfCreation[child] = owner
        }
    }

    func expectDeletion(of uid: String, by owner: ObjectKey) {
        let now = clock.now
        state.withLock { state in
            state.pending[owner, default: Pending(since: now)].deletions.insert(uid)
            state.pending[owner]?.since = now
            state.ownerOfDeletion[uid] = owner
        }
    }

    /// The child was seen, or will never be: its creation failed.
    /// - Returns: the owner, when this was the last thing it waited for.
    @discardableResult
    func creationSettled(_ child: ObjectKey) -> ObjectKey? {
        state.withLock { state in
            guard let owner = state.ownerOfCreation.removeValue(forKey: child) else { return nil }
            state.pending[owner]?.creations.remove(child)
            return settle(owner, &state)
        }
    }

    @discardableResult
    func deletionSettled(_ uid: String) -> ObjectKey? {
        state.withLock { state in
            guard let owner = state.ownerOfDeletion.removeValue(forKey: uid) else { return nil }
            state.pending[owner]?.deletions.remove(uid)
            return settle(owner, &state)
        }
    }

    /// Takes note of what the informer shows.
    /// - Returns: the owners that wait for nothing any more.
    func observe(_ change: InformerChange<some KubeObject>) -> [ObjectKey] {
        switch change {
        case .added(let object):
            let marked = object.isBeingDeleted ? deletionSettled(object.uid) : nil
            return [creationSettled(object.key), marked].compactMap { $0 }
        case .updated(_, let object):
            return object.isBeingDeleted ? [deletionSettled(object.uid)].compactMap { $0 } : []
        case .deleted(let object):
            return [creationSettled(object.key), deletionSettled(object.uid)].compactMap { $0 }
        }
    }

    func isSatisfied(_ owner: ObjectKey) -> Bool {
        let now = clock.now
        return state.withLock { state in
            guard let pending = state.pending[owner] else { return true }
            guard now - pending.since >= Self.patience else { return false }
            forget(owner, &state)
            return true
        }
    }

    /// The owner is gone.
    func forget(_ owner: ObjectKey) {
        state.withLock { forget(owner, &$0) }
    }

    private func settle(_ owner: ObjectKey, _ state: inout State) -> ObjectKey? {
        guard state.pending[owner]?.isEmpty == true else { return nil }
        state.pending[owner] = nil
        return owner
    }

    private func forget(_ owner: ObjectKey, _ state: inout State) {
        guard let pending = state.pending.removeValue(forKey: owner) else { return }
        for child in pending.creations { state.ownerOfCreation[child] = nil }
        for uid in pending.deletions { state.ownerOfDeletion[uid] = nil }
    }
}
