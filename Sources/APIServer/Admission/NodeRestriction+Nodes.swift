import KubeAPI
import Machinery

/// A node and its own Node object: it may not steer pods to itself by labels and taints, nor pose as another.
extension NodeRestriction {
    private static let restricted = "node-restriction.kubernetes.io"
    /// Labels of Kubernetes' own domains that nodes set on themselves.
    private static let ownLabels: Set<String> = [
        "kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
        "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type", "kubernetes.io/os",
        "kubernetes.io/arch", "beta.kubernetes.io/os", "beta.kubernetes.io/arch",
    ]
    private static let ownDomains = ["kubelet.kubernetes.io", "node.kubernetes.io"]

    func checkNode(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        let quoted = GoQuote.quote(node)
        guard request.name == node else {
            throw request.refusal("node \(quoted) is not allowed to modify node \(GoQuote.quote(request.name))")
        }
        guard let object = request.object else { return }
        let new = Node(json: object)
        let source = new.json["spec"]?["configSource"]
        guard request.operation == .update, let oldObject = request.oldObject else {
            guard source == nil else {
                throw request.refusal("node \(quoted) is not allowed to create pods with a non-nil configSource")
            }
            let labels = Self.forbidden(among: Set(new.labels.keys))
            guard labels.isEmpty else {
                throw request.refusal(
                    "node \(quoted) is not allowed to set the following labels: \(labels.joined(separator: ", "))")
            }
            return
        }
        let old = Node(json: oldObject)
        guard source == nil || source == old.json["spec"]?["configSource"] else {
            throw request.refusal(
                "node \(quoted) is not allowed to update configSource to a new non-nil configSource")
        }
        guard new.spec.taints == old.spec.taints else {
            throw request.refusal("node \(quoted) is not allowed to modify taints")
        }
        guard new.metadata.ownerReferences == old.metadata.ownerReferences else {
            throw request.refusal("node \(quoted) is not allowed to modify ownerReferences")
        }
        let changed = Set(new.labels.keys).union(old.labels.keys).filter { new.labels[$0] != old.labels[$0] }
        let labels = Self.forbidden(among: changed)
        guard labels.isEmpty else {
            throw request.refusal("is not allowed to modify labels: \(labels.joined(separator: ", "))")
        }
    }

    private static func forbidden(among labels: Set<String>) -> [String] {
        labels.filter { label in
            let domain = label.split(separator: "/", maxSplits: 1).count == 2 ? label.prefix { $0 != "/" } : ""
            func isIn(_ parent: String) -> Bool { domain == parent || domain.hasSuffix("." + parent) }
            if isIn(restricted) { return true }
            return (isIn("kubernetes.io") || isIn("k8s.io")) && !ownLabels.contains(label)
                && !ownDomains.contains(where: isIn)
        }.sorted()
    }
}
