import KubeAPI
import Machinery

/// Who owns the claim of an ordinal, as `persistentVolumeClaimRetentionPolicy` says: the set, so that the claim is
/// deleted with it; the pod, when it is being scaled away; or nobody.
///
/// A claim that another controller has, or that belongs to an earlier set or pod of the same name, is left alone.
/// Source: KEP-1847.
struct ClaimOwnership: Sendable {
    let set: StatefulSet
    /// The pod of the claim's ordinal; its uid may be unknown.
    let pod: Pod
    private let dropsWhenDeleted: Bool
    private let dropsWhenScaled: Bool
    private let isScaledAway: Bool

    init(set: StatefulSet, pod: Pod) {
        self.set = set
        self.pod = pod
        let policy = set.spec.persistentVolumeClaimRetentionPolicy
        dropsWhenDeleted = policy?.whenDeleted == "Delete"
        dropsWhenScaled = policy?.whenScaled == "Delete"
        isScaledAway = set.ordinal(of: pod).map { !set.ordinals.contains($0) } ?? false
    }

    private var wantsSet: Bool { dropsWhenDeleted && !(dropsWhenScaled && isScaledAway) }
    private var wantsPod: Bool { dropsWhenScaled && isScaledAway }

    func isSettled(_ claim: PersistentVolumeClaim) -> Bool {
        let owners = claim.metadata.ownerReferences
        if isStale(owners, set) || isStale(owners, pod) { return true }
        let hasSet = owners.contains { $0.uid == set.uid }
        let hasPod = owners.contains { $0.uid == pod.uid }
        if hasConflict(claim) { return !hasSet && !hasPod }
        let ours = owners.filter { $0.uid == set.uid || $0.uid == pod.uid }
        guard ours.allSatisfy({ $0.controller == true }) else { return false }
        return hasSet == wantsSet && hasPod == wantsPod
    }

    /// The claim's owners as they should be.
    func owners(of claim: PersistentVolumeClaim) -> [OwnerReference] {
        let conflicts = hasConflict(claim)
        var owners = claim.metadata.ownerReferences.filter { !names($0, set) && !names($0, pod) }
        guard !conflicts else { return owners }
        if wantsPod { owners.append(pod.controllerReference) }
        if wantsSet { owners.append(set.controllerReference) }
        return owners
    }

    /// Whether somebody else controls a claim that this set's policy is about.
    func hasConflict(_ claim: PersistentVolumeClaim) -> Bool {
        guard dropsWhenDeleted || dropsWhenScaled else { return false }
        return claim.metadata.ownerReferences.contains { owner in
            if names(owner, set) { return owner.uid != set.uid }
            if names(owner, pod) { return owner.uid != pod.uid }
            return owner.controller == true
        }
    }

    /// Whether the claim is about to go with a pod that had this name before: a new pod has to wait for that.
    func isLeaving(_ claim: PersistentVolumeClaim) -> Bool {
        dropsWhenScaled && isStale(claim.metadata.ownerReferences, pod)
    }

    private func names(_ owner: OwnerReference, _ object: some KubeObject) -> Bool {
        let kind = type(of: object).kind
        return owner.apiVersion == kind.apiVersion && owner.kind == kind.kind && owner.name == object.name
    }

    private func isStale(_ owners: [OwnerReference], _ object: some KubeObject) -> Bool {
        guard let owner = owners.first(where: { names($0, object) }) else { return false }
        return owner.uid != object.uid
    }
}
