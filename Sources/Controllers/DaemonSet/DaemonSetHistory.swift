import Client
import KubeAPI
import Machinery

/// A DaemonSet's templates over time, one ControllerRevision each: what `kubectl rollout history` and `undo` read.
struct DaemonSetHistory: Sendable {
    let current: ControllerRevision
    let old: [ControllerRevision]
    /// The label of pods of the current template.
    let hash: String

    /// Finds or makes the revision of the present template, and numbers it the newest.
    static func construct(
        _ controller: DaemonSetController, _ daemonSet: DaemonSet
    ) async throws -> DaemonSetHistory {
        let client = controller.context.client
        let selector = try Selector(labelSelector: daemonSet.spec.selector.json)
        let claim = ChildClaim<DaemonSet, ControllerRevision>(client: client, owner: daemonSet, selector: selector)
        let revisions = try await claim.claim(
            owned: OwnerIndex.children(of: daemonSet, in: controller.controllerRevisions),
            orphans: OwnerIndex.orphans(namespace: daemonSet.namespace, in: controller.controllerRevisions))
        let data = self.data(of: daemonSet)
        let sorted = revisions.sorted { $0.revision < $1.revision }
        let matching = sorted.filter { $0.data == data }
        let others = sorted.filter { $0.data != data }
        let newest = (others.last?.revision ?? 0) + 1
        var current: ControllerRevision
        if let match = matching.last {
            current = match
            if current.revision < newest {
                current.revision = newest
                current = try await client.update(current)
            }
        } else {
            current = try await create(client, daemonSet, data: data, number: newest)
        }
        let hash = current.metadata.labels[DaemonSetController.hashLabel] ?? ""
        return DaemonSetHistory(current: current, old: others, hash: hash)
    }

    /// A patch that gives the DaemonSet this template back.
    static func data(of daemonSet: DaemonSet) -> JSON {
        var template = daemonSet.spec.template.json
        template["$patch"] = "replace"
        return ["spec": ["template": .object(template)]]
    }

    private static func create(
        _ client: Client, _ daemonSet: DaemonSet, data: JSON, number: Int64
    ) async throws -> ControllerRevision {
        let hash = TemplateHash.hash(daemonSet.spec.template, collisionCount: daemonSet.status.collisionCount)
        var revision = ControllerRevision(name: "\(daemonSet.name)-\(hash)", namespace: daemonSet.namespace)
        revision.metadata.labels = daemonSet.spec.template.metadata.labels
        revision.metadata.labels[DaemonSetController.hashLabel] = hash
        revision.metadata.annotations = daemonSet.metadata.annotations
        revision.metadata.ownerReferences = [daemonSet.controllerReference]
        revision.data = data
        revision.revision = number
        do throws(StatusError) {
            return try await client.create(revision)
        } catch {
            guard error.isAlreadyExists else { throw error }
            let present = try await client.get(ControllerRevision.self, revision.key)
            if present.data == data, present.controllerOwner?.uid == daemonSet.uid { return present }
            // Another template has this hash: count the collision in, and come back.
            var updated = daemonSet
            updated.status.collisionCount = (daemonSet.status.collisionCount ?? 0) &+ 1
            _ = try await client.updateStatus(updated)
            throw error
        }
    }

    /// Deletes the oldest revisions that no pod is of, beyond the history limit.
    func cleanUp(_ controller: DaemonSetController, _ daemonSet: DaemonSet, pods: [Pod]) async throws {
        let excess = old.count - Int(daemonSet.spec.revisionHistoryLimit ?? 10)
        guard excess > 0 else { return }
        let live = Set(pods.compactMap { $0.metadata.labels[DaemonSetController.hashLabel] })
        let unused = old.filter { revision in
            guard let hash = revision.metadata.labels[DaemonSetController.hashLabel] else { return true }
            return !live.contains(hash)
        }
        for revision in unused.prefix(excess) {
            do throws(StatusError) {
                try await controller.context.client.delete(ControllerRevision.self, revision.key)
            } catch {
                if !error.isNotFound { throw error }
            }
        }
    }
}
