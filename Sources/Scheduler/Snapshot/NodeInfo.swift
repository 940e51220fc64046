import KubeAPI
import Machinery

/// A node with the pods on it summed up.
package struct NodeInfo: Sendable {
    package let name: String
    package private(set) var labels: [String: String]
    package private(set) var taints: [Taint]
    package private(set) var isUnschedulable: Bool
    package private(set) var allocatable: ResourceAmounts
    package private(set) var allowedPods: Int64
    package private(set) var requested = ResourceAmounts()
    package private(set) var nonZeroMilliCPU: Int64 = 0
    package private(set) var nonZeroMemory: Int64 = 0
    package private(set) var hostPorts: [HostPort] = []
    /// By uid.
    package private(set) var pods: [String: PodInfo] = [:]
    /// Images on the node with their sizes.
    package private(set) var images: [String: Int64] = [:]
    /// Whether the API has the node; pods may be seen before their node.
    package private(set) var exists: Bool

    package init(name: String) {
        self.name = name
        labels = [:]
        taints = []
        isUnschedulable = false
        allocatable = ResourceAmounts()
        allowedPods = 0
        exists = false
    }

    package mutating func update(_ node: Node?) {
        guard let node else {
            exists = false
            return
        }
        exists = true
        labels = node.metadata.labels
        taints = node.spec.taints
        isUnschedulable = node.spec.unschedulable ?? false
        allocatable = ResourceAmounts(node.status.allocatable)
        allowedPods = node.status.allocatable["pods"]?.value ?? 0
        images = [:]
        for image in node.status.images {
            for name in image.names { images[name] = image.sizeBytes ?? 0 }
        }
    }

    package mutating func add(_ pod: PodInfo) {
        if let old = pods[pod.uid] { subtract(old) }
        pods[pod.uid] = pod
        requested.add(pod.requests)
        nonZeroMilliCPU += pod.nonZeroMilliCPU
        nonZeroMemory += pod.nonZeroMemory
        hostPorts += pod.hostPorts
    }

    package mutating func remove(uid: String) {
        guard let pod = pods.removeValue(forKey: uid) else { return }
        subtract(pod)
    }

    private mutating func subtract(_ pod: PodInfo) {
        requested.add(pod.requests, sign: -1)
        nonZeroMilliCPU -= pod.nonZeroMilliCPU
        nonZeroMemory -= pod.nonZeroMemory
        for port in pod.hostPorts {
            if let index = hostPorts.firstIndex(of: port) { hostPorts.remove(at: index) }
        }
    }
}

/// The nodes as one scheduling cycle sees them.
package struct NodeSnapshot: Sendable {
    package let nodes: [NodeInfo]

    package init(nodes: [NodeInfo]) {
        self.nodes = nodes
    }
}
