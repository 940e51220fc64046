import Client
import KubeAPI
import Machinery

/// A workload that takes its children by their labels.
protocol SelectingOwner: KubeObject {
    /// - Throws: when the selector cannot be read.
    func childSelector() throws -> Selector
}

extension SelectingOwner {
    /// Whether the selector takes the child; an unreadable selector takes none, validation has refused it long before.
    func selects(_ child: some KubeObject) -> Bool {
        guard let selector = try? childSelector() else { return false }
        return selector.matches(child.json["metadata"]?["labels"]?.objectValue ?? JSONObject())
    }
}

extension Informer where Object: SelectingOwner {
    /// Queues each of these objects when it changes.
    func wake(_ queue: WorkQueue<ObjectKey>) {
        onChange { queue.add($0.object.key) }
    }

    /// Queues the owners among these objects when their children change, or orphans that they might adopt.
    func wake<Child: KubeObject>(
        _ queue: WorkQueue<ObjectKey>, by children: Informer<Child>, expectations: Expectations? = nil
    ) {
        OwnerIndex.add(to: children)
        let triggers = ChildTriggers<Child>(owner: Object.kind, queue: queue, expectations: expectations)
        let ownersOfOrphan: @Sendable (Child) -> [ObjectKey] = { [self] child in
            list(namespace: child.namespace).filter { $0.selects(child) }.map(\.key)
        }
        children.onChange { triggers.handle($0, ownersOfOrphan: ownersOfOrphan) }
    }
}
