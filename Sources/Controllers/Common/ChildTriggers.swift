import Client
import KubeAPI
import Machinery

/// Which owners have to look again when a child changes: its controller, the one it had before, and for an orphan
/// whoever might adopt it.
struct ChildTriggers<Child: KubeObject>: Sendable {
    let owner: GroupVersionKind
    let queue: WorkQueue<ObjectKey>
    let expectations: Expectations?

    func handle(_ change: InformerChange<Child>, ownersOfOrphan: (Child) -> [ObjectKey]) {
        for settled in expectations?.observe(change) ?? [] { queue.add(settled) }
        switch change {
        case .added(let child):
            notify(child, orphanChanged: !child.isBeingDeleted, ownersOfOrphan)
        case .updated(let old, let new):
            let before = ownerKey(of: old)
            if let before, before != ownerKey(of: new) { queue.add(before) }
            let lostOwner = old.controllerOwner != nil
            let relabelled = old.json["metadata"]?["labels"] != new.json["metadata"]?["labels"]
            notify(new, orphanChanged: lostOwner || relabelled, ownersOfOrphan)
        case .deleted(let child):
            notify(child, orphanChanged: false, ownersOfOrphan)
        }
    }

    private func notify(_ child: Child, orphanChanged: Bool, _ ownersOfOrphan: (Child) -> [ObjectKey]) {
        if child.controllerOwner != nil {
            if let key = ownerKey(of: child) { queue.add(key) }
        } else if orphanChanged {
            for key in ownersOfOrphan(child) { queue.add(key) }
        }
    }

    private func ownerKey(of child: Child) -> ObjectKey? {
        guard let reference = child.controllerOwner, reference.kind == owner.kind,
            GroupVersion(apiVersion: reference.apiVersion)?.group == owner.group
        else { return nil }
        return ObjectKey(namespace: child.namespace, name: reference.name)
    }
}
