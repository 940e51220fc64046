import KubeAPI
import Machinery

/// Which nodes have to do with which objects: through the pods bound to them, through the volumes those pods claim, or
/// because the object names its node itself.
///
/// Kept change by change: a pod's references are counted in when it is bound and out when it goes.
struct NodeGraph: Sendable {
    enum Kind: Hashable, Sendable {
        case pod, secret, configMap, claim, volume, serviceAccount, resourceClaim
        case attachment, resourceSlice, podCertificateRequest
    }

    struct Vertex: Hashable, Sendable {
        let kind: Kind
        let namespace: String
        let name: String
    }

    private struct BoundPod: Sendable {
        let uid: String
        let node: String
        let references: [Vertex]
    }

    private struct ClaimedVolume: Sendable {
        let claim: Vertex
        let secrets: [Vertex]
    }

    private var pods: [Vertex: BoundPod] = [:]
    /// How many pods of each node refer to an object.
    private var users: [Vertex: [String: Int]] = [:]
    private var volumes: [Vertex: ClaimedVolume] = [:]
    private var volumesOfSecret: [Vertex: Set<Vertex>] = [:]
    /// Objects that name their node.
    private var owners: [Vertex: String] = [:]

    /// Whether the node may know of the object.
    func relates(_ vertex: Vertex, to node: String) -> Bool {
        switch vertex.kind {
        case .pod: pods[vertex]?.node == node
        case .attachment, .resourceSlice, .podCertificateRequest: owners[vertex] == node
        case .volume: volumes[vertex].map { isUsed($0.claim, by: node) } ?? false
        case .secret:
            isUsed(vertex, by: node)
                || (volumesOfSecret[vertex] ?? []).contains { relates($0, to: node) }
        case .configMap, .claim, .serviceAccount, .resourceClaim: isUsed(vertex, by: node)
        }
    }

    private func isUsed(_ vertex: Vertex, by node: String) -> Bool { users[vertex]?[node] != nil }

    /// Whether the pod is known as this one, bound to this node: its references are the same then, but for what may be
    /// added to running pods.
    func knows(pod vertex: Vertex, uid: String, node: String) -> Bool {
        pods[vertex].map { $0.uid == uid && $0.node == node } ?? false
    }

    mutating func setPod(_ pod: Pod) {
        let vertex = Vertex(kind: .pod, namespace: pod.namespace, name: pod.name)
        removePod(vertex)
        guard let node = pod.spec.nodeName, !node.isEmpty else { return }
        let references = pod.metadata.annotations[NodeRestriction.mirrorAnnotation] == nil ? Self.references(pod) : []
        pods[vertex] = BoundPod(uid: pod.uid, node: node, references: references)
        for reference in references { users[reference, default: [:]][node, default: 0] += 1 }
    }

    mutating func removePod(_ vertex: Vertex) {
        guard let pod = pods.removeValue(forKey: vertex) else { return }
        for reference in pod.references {
            let left = (users[reference]?[pod.node] ?? 1) - 1
            users[reference]?[pod.node] = left > 0 ? left : nil
            if users[reference]?.isEmpty == true { users[reference] = nil }
        }
    }

    private static func references(_ pod: Pod) -> [Vertex] {
        let names = PodObjectNames(pod)
        func vertices(_ kind: Kind, _ names: some Sequence<String>) -> [Vertex] {
            names.map { Vertex(kind: kind, namespace: pod.namespace, name: $0) }
        }
        return vertices(.secret, names.secrets) + vertices(.configMap, names.configMaps)
            + vertices(.claim, names.claims) + vertices(.resourceClaim, names.resourceClaims)
            + vertices(.serviceAccount, names.serviceAccount.isEmpty ? [] : [names.serviceAccount])
    }

    mutating func setVolume(_ volume: JSONObject) {
        let vertex = Vertex(kind: .volume, namespace: "", name: volume["metadata"]?["name"]?.stringValue ?? "")
        removeVolume(vertex)
        let spec = volume["spec"]
        guard let claim = spec?["claimRef"], let name = claim["name"]?.stringValue else { return }
        let namespace = claim["namespace"]?.stringValue ?? ""
        let secrets = Self.secrets(of: spec, namespace: namespace)
        volumes[vertex] = ClaimedVolume(
            claim: Vertex(kind: .claim, namespace: namespace, name: name), secrets: secrets)
        for secret in secrets { volumesOfSecret[secret, default: []].insert(vertex) }
    }

    mutating func removeVolume(_ vertex: Vertex) {
        guard let volume = volumes.removeValue(forKey: vertex) else { return }
        for secret in volume.secrets {
            volumesOfSecret[secret]?.remove(vertex)
            if volumesOfSecret[secret]?.isEmpty == true { volumesOfSecret[secret] = nil }
        }
    }

    /// The secrets that a node needs for mounting a volume; those for controllers are not among them.
    private static func secrets(of spec: JSON?, namespace: String) -> [Vertex] {
        var references: [(namespace: JSON?, name: JSON?)] = []
        for source in ["cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos"] {
            let reference = spec?[source]?["secretRef"]
            references.append((reference?["namespace"], reference?["name"]))
        }
        let azure = spec?["azureFile"]
        references.append((azure?["secretNamespace"], azure?["secretName"]))
        for key in ["nodePublishSecretRef", "nodeStageSecretRef", "nodeExpandSecretRef"] {
            let reference = spec?["csi"]?[key]
            references.append((reference?["namespace"], reference?["name"]))
        }
        return references.compactMap { reference in
            guard let name = reference.name?.stringValue, !name.isEmpty else { return nil }
            let own = reference.namespace?.stringValue ?? ""
            return Vertex(kind: .secret, namespace: own.isEmpty ? namespace : own, name: name)
        }
    }

    /// Notes the node that an object names; `nil` when it names none or is gone.
    mutating func setOwner(of vertex: Vertex, _ node: String?) {
        owners[vertex] = node.flatMap { $0.isEmpty ? nil : $0 }
    }
}
