import Client
import KubeAPI
import Machinery

/// A StatefulSet's templates over time, one ControllerRevision each: which pods are made from, and what
/// `kubectl rollout history` and `undo` read.
struct StatefulSetHistory: Sendable {
    private static let hashLabel = "controller.kubernetes.io/hash"

    /// What all pods were made from before the update that is under way.
    let current: ControllerRevision
    /// What pods are to be made from.
    let update: ControllerRevision
    let collisionCount: Int32
    /// All revisions, oldest first.
    private let revisions: [ControllerRevision]

    /// Finds or makes the revision of the present template, and numbers it the newest.
    static func construct(_ controller: StatefulSetController, _ set: StatefulSet) async throws -> StatefulSetHistory {
        let client = controller.context.client
        let selector = try Selector(labelSelector: set.spec.selector.json)
        let claim = ChildClaim<StatefulSet, ControllerRevision>(client: client, owner: set, selector: selector)
        let claimed = try await claim.claim(
            owned: OwnerIndex.children(of: set, in: controller.revisions),
            orphans: OwnerIndex.orphans(namespace: set.namespace, in: controller.revisions))
        var revisions = claimed.sorted {
            $0.revision != $1.revision ? $0.revision < $1.revision : $0.name < $1.name
        }
        let data = data(of: set)
        var collisions = set.status.collisionCount ?? 0
        let update: ControllerRevision
        if let index = revisions.lastIndex(where: { isSame($0.data, data) }) {
            var known = revisions[index]
            if index < revisions.count - 1 {
                // The set went back to an earlier template.
                known.revision = (revisions.last?.revision ?? 0) + 1
                known = try await client.update(known)
                revisions.remove(at: index)
                revisions.append(known)
            }
            update = known
        } else {
            update = try await create(
                client, set, data: data, number: (revisions.last?.revision ?? 0) + 1, collisions: &collisions)
            revisions.append(update)
        }
        let current = revisions.first { $0.name == set.status.currentRevision } ?? update
        return StatefulSetHistory(current: current, update: update, collisionCount: collisions, revisions: revisions)
    }

    /// A patch that gives the set this template back.
    private static func data(of set: StatefulSet) -> JSON {
        var template = set.spec.template.json
        template["$patch"] = "replace"
        return ["spec": ["template": .object(template)]]
    }

    /// Compares without the empty creation time that other writers leave in templates.
    private static func isSame(_ left: JSON?, _ right: JSON?) -> Bool {
        left == right || template(in: left) == template(in: right)
    }

    private static func template(in data: JSON?) -> JSONObject? {
        guard var template = data?["spec"]?["template"]?.objectValue else { return nil }
        template["$patch"] = nil
        if var metadata = template["metadata"]?.objectValue {
            metadata["creationTimestamp"] = nil
            template["metadata"] = metadata.isEmpty ? nil : .object(metadata)
        }
        return template
    }

    private static func create(
        _ client: Client, _ set: StatefulSet, data: JSON, number: Int64, collisions: inout Int32
    ) async throws(StatusError) -> ControllerRevision {
        let bytes = data.encoded()
        while true {
            let hash = TemplateHash.hash(bytes, collisionCount: collisions)
            var revision = ControllerRevision(name: "\(set.name.prefix(223))-\(hash)", namespace: set.namespace)
            revision.metadata.labels = set.spec.template.metadata.labels
            revision.metadata.labels[hashLabel] = hash
            revision.metadata.annotations = set.metadata.annotations
            revision.metadata.ownerReferences = [set.controllerReference]
            revision.data = data
            revision.revision = number
            let outcome = await attempt(client, revision)
            switch outcome {
            case .success(let created?): return created
            // Another template has this hash: count the collision in.
            case .success(nil): collisions &+= 1
            case .failure(let error): throw error
            }
        }
    }

    /// - Returns: the revision, or one of its name with the same data; `nil` when the name is another template's.
    private static func attempt(
        _ client: Client, _ revision: ControllerRevision
    ) async -> Result<ControllerRevision?, StatusError> {
        do throws(StatusError) {
            return .success(try await client.create(revision))
        } catch {
            guard error.isAlreadyExists else { return .failure(error) }
        }
        do throws(StatusError) {
            let present = try await client.get(ControllerRevision.self, revision.key)
            return .success(isSame(present.data, revision.data) ? present : nil)
        } catch {
            return .failure(error)
        }
    }

    /// The set as it was at a revision.
    static func restore(_ set: StatefulSet, to revision: ControllerRevision) -> StatefulSet {
        guard var template = revision.data?["spec"]?["template"]?.objectValue else { return set }
        template["$patch"] = nil
        var restored = set
        restored.spec.template = PodTemplateSpec(json: template)
        return restored
    }

    /// Deletes the oldest revisions that neither the set nor a pod is at, beyond the history limit.
    func cleanUp(_ controller: StatefulSetController, _ set: StatefulSet, pods: [Pod]) async throws(StatusError) {
        let limit = Int(set.spec.revisionHistoryLimit ?? 10)
        let live = Set(pods.map(\.revisionName)).union([current.name, update.name])
        let unused = revisions.filter { !live.contains($0.name) }
        guard limit >= 0, unused.count > limit else { return }
        for revision in unused.prefix(unused.count - limit) {
            if let error = await Self.delete(controller.context.client, revision) { throw error }
        }
    }

    private static func delete(_ client: Client, _ revision: ControllerRevision) async -> StatusError? {
        do throws(StatusError) {
            try await client.delete(ControllerRevision.self, revision.key)
            return nil
        } catch {
            return error.isNotFound ? nil : error
        }
    }
}
