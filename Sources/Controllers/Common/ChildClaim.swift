import Client
import KubeAPI
import Machinery

/// Settles which children an owner has: adopts matching ones without a controller, releases its own that match no more.
///
/// Both are merge patches that name the version they were decided on, so that a child which changed meanwhile is
/// looked at again instead.
struct ChildClaim<Owner: KubeObject, Child: KubeObject>: Sendable {
    let client: Client
    let owner: Owner
    let selector: Selector

    /// The children that belong to the owner now.
    ///
    /// - Parameters:
    ///   - canAdopt: whether an orphan that matches is to be taken.
    ///   - canBelong: whether the child can be the owner's at all, whatever its labels say.
    func claim(
        owned: [Child], orphans: [Child], canAdopt: (Child) -> Bool = { _ in true },
        canBelong: (Child) -> Bool = { _ in true }
    ) async throws -> [Child] {
        var claimed: [Child] = []
        for child in owned {
            if matches(child), canBelong(child) {
                claimed.append(child)
            } else if !owner.isBeingDeleted {
                try await release(child)
            }
        }
        guard !owner.isBeingDeleted else { return claimed }
        let candidates = orphans.filter { !$0.isBeingDeleted && matches($0) && canAdopt($0) && canBelong($0) }
        guard !candidates.isEmpty else { return claimed }
        // The copy of the owner may be old: only one that still lives, and is the same, may adopt.
        let live = try await client.get(Owner.self, owner.key)
        guard live.uid == owner.uid else {
            throw StatusError.conflict(
                Owner.resource.groupResource, name: owner.name, "original \(owner.key) is gone: got uid \(live.uid)")
        }
        guard !live.isBeingDeleted else { return claimed }
        for child in candidates {
            if let adopted = try await adopt(child) { claimed.append(adopted) }
        }
        return claimed
    }

    private func matches(_ child: Child) -> Bool {
        selector.matches(child.json["metadata"]?["labels"]?.objectValue ?? JSONObject())
    }

    private func adopt(_ child: Child) async throws(StatusError) -> Child? {
        try await patchOwners(of: child, child.metadata.ownerReferences + [owner.controllerReference])
    }

    private func release(_ child: Child) async throws(StatusError) {
        _ = try await patchOwners(of: child, child.metadata.ownerReferences.filter { $0.uid != owner.uid })
    }

    /// `nil` when the child is gone: then nothing is left to settle.
    private func patchOwners(of child: Child, _ references: [OwnerReference]) async throws(StatusError) -> Child? {
        let patch: JSON = [
            "metadata": [
                "resourceVersion": .string(child.resourceVersion), "uid": .string(child.uid),
                "ownerReferences": references.isEmpty ? .null : .array(references.map { .object($0.json) }),
            ]
        ]
        do throws(StatusError) {
            return try await client.patch(Child.self, child.key, .merge(patch))
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }
}
