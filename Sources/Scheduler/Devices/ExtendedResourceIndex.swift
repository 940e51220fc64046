import KubeAPI
import Machinery

/// Which class of devices stands for which extended resource, and the claims that were made for pods that ask for such.
struct ExtendedResourceIndex: Sendable {
    static let annotation = "resource.kubernetes.io/extended-resource-claim"

    private(set) var classes: [String: String] = [:]
    /// By the pod's uid.
    private(set) var claims: [String: ResourceResourceClaim] = [:]

    mutating func update(_ all: some Collection<DeviceClass>) {
        classes = [:]
        // Of several classes for one resource the newest counts; of equally new ones the first by name.
        let ordered = all.sorted { left, right in
            let (made, other) = (left.metadata.creationTimestamp, right.metadata.creationTimestamp)
            if let made, let other, made != other { return made < other }
            return left.name > right.name
        }
        for deviceClass in ordered {
            if let resource = deviceClass.spec.extendedResourceName, !resource.isEmpty {
                classes[resource] = deviceClass.name
            }
        }
        for deviceClass in all { classes[ExtendedRequests.classPrefix + deviceClass.name] = deviceClass.name }
    }

    mutating func note(_ old: ResourceResourceClaim?, _ new: ResourceResourceClaim?) {
        if let old, let pod = Self.pod(old), claims[pod]?.uid == old.uid { claims[pod] = nil }
        if let new, let pod = Self.pod(new) { claims[pod] = new }
    }

    /// The uid of the pod that a claim was made for in place of extended resources.
    static func pod(_ claim: ResourceResourceClaim) -> String? {
        guard claim.annotations[annotation] == "true", let owner = claim.controllerOwner, owner.kind == "Pod" else {
            return nil
        }
        return owner.uid
    }
}

/// What a pod needs that some nodes have as devices. The claim for these is made when the pod is bound; until then a
/// name of our own stands for its uid.
struct ExtendedDemand: Sendable {
    let uid: String
    let requests: ExtendedRequests
    /// By resource.
    let classes: [String: String]
    /// Where all of the resources are to come from devices, as on most nodes that have any.
    let whole: ExtendedRequests.Plan
    /// What is left of an earlier try: it is replaced, and its devices are the pod's to take.
    let stale: ResourceResourceClaim?
    /// What was chosen with the node.
    var chosen: ExtendedRequests.Plan?

    static func placeholder(_ pod: String) -> String { "extended-resources/" + pod }

    /// - Returns: `nil` where the pod asks for nothing that a class of devices stands for.
    init?(_ pod: PodInfo, _ objects: DeviceObjects) {
        guard let requests = pod.demands.extended else { return nil }
        let known = requests.names.compactMap { name in
            objects.extended.classes[name].map { (resource: name, deviceClass: $0) }
        }
        if known.isEmpty { return nil }
        uid = Self.placeholder(pod.uid)
        self.requests = requests
        classes = Dictionary(known.map { ($0.resource, $0.deviceClass) }, uniquingKeysWith: { first, _ in first })
        whole = requests.plan(known)
        stale = objects.extended.claims[pod.uid]
    }

    /// What has to come from a node's devices: the resources of which the node itself has none.
    func plan(on node: NodeInfo) -> ExtendedRequests.Plan {
        let needed = requests.names.compactMap { name in
            node.allocatable[name] == 0 ? classes[name].map { (resource: name, deviceClass: $0) } : nil
        }
        return needed.count == classes.count ? whole : requests.plan(needed)
    }
}
