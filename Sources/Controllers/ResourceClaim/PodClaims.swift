import KubeAPI
import Machinery

/// What a pod says of its ResourceClaims.
enum PodClaims {
    /// What the name of a claim in a pod's list comes to.
    enum Name: Hashable {
        /// Chosen by the user.
        case given(String)
        /// Made from the template for this pod.
        case made(String)
        /// Nobody has said yet.
        case unknown
        /// The template turned out not to need one.
        case unneeded
    }

    static func wanted(by pod: Pod) -> [PodResourceClaim] {
        guard pod.json["spec"]?["resourceClaims"] != nil else { return [] }
        return pod.spec.resourceClaims
    }

    static func name(of wanted: PodResourceClaim, in pod: Pod) -> Name {
        if let name = wanted.resourceClaimName { return .given(name) }
        guard let status = pod.status.resourceClaimStatuses.first(where: { $0.name == wanted.name }) else {
            return .unknown
        }
        return status.resourceClaimName.map(Name.made) ?? .unneeded
    }

    /// The claims that a pod uses, as far as they have names; the one for its extended resources among them.
    static func keys(of pod: Pod) -> [ObjectKey] {
        guard concerns(pod) else { return [] }
        var names = wanted(by: pod).compactMap { wanted -> String? in
            switch name(of: wanted, in: pod) {
            case .given(let name), .made(let name): name
            case .unknown, .unneeded: nil
            }
        }
        if let extended = pod.status.extendedResourceClaimStatus?.resourceClaimName { names.append(extended) }
        return Set(names).map { ObjectKey(namespace: pod.namespace, name: $0) }
    }

    /// Runs for every change of every pod.
    static func concerns(_ pod: Pod) -> Bool {
        pod.json["spec"]?["resourceClaims"] != nil || pod.json["status"]?["extendedResourceClaimStatus"] != nil
    }

    /// It will not run any more, or never will.
    static func isDone(_ pod: Pod) -> Bool {
        pod.isTerminal || pod.isBeingDeleted && pod.nodeName.isEmpty
    }

    /// The pod that a claim was made for.
    static func owner(of claim: ResourceResourceClaim) -> OwnerReference? {
        guard let owner = claim.controllerOwner, owner.apiVersion == "v1", owner.kind == "Pod" else { return nil }
        return owner
    }

    /// A name's beginning, to which the server adds what makes it unique; both parts shortened alike where need be.
    static func generateName(pod: String, claim: String) -> String {
        let whole = "\(pod)-\(claim)-"
        let limit = 57
        guard whole.utf8.count > limit else { return whole }
        let length = whole.utf8.count
        return "\(pod.prefix(pod.utf8.count * limit / length))-\(claim.prefix(claim.utf8.count * limit / length))-"
    }
}
