import KubeAPI
import Machinery

/// A node with the pods on it summed up.
package struct NodeInfo: Sendable {
    package let name: String
    package private(set) var labels: [String: String] = [:]
    package private(set) var taints: [NodeTaint] = []
    package private(set) var isUnschedulable = false
    package private(set) var allocatable = ResourceAmounts()
    package private(set) var allowedPods: Int64 = 0
    package private(set) var requested = ResourceAmounts()
    package private(set) var nonZeroMilliCPU: Int64 = 0
    package private(set) var nonZeroMemory: Int64 = 0
    package private(set) var hostPorts: [HostPort] = []
    package private(set) var pods: [PodInfo] = []
    /// Images on the node with their sizes.
    package private(set) var images: [String: Int64] = [:]
    /// What its agent can do, as far as pods may need it.
    package private(set) var declaredFeatures: Set<String> = []
    /// Whether the API has the node; pods may be seen before their node.
    package private(set) var exists = false
    /// Changes with everything that a decision may depend on.
    package private(set) var generation: UInt64 = 0

    /// - Parameter generation: where it begins: above that of the node that had the slot before.
    package init(name: String, generation: UInt64 = 0) {
        self.name = name
        self.generation = generation
    }

    package mutating func update(_ node: Node?) {
        generation &+= 1
        guard let node else {
            exists = false
            return
        }
        exists = true
        labels = node.metadata.labels
        taints = node.spec.taints.map(NodeTaint.init)
        isUnschedulable = node.spec.unschedulable ?? false
        let quantities = node.status.allocatable
        allocatable = ResourceAmounts(quantities)
        allowedPods = quantities["pods"]?.value ?? 0
        declaredFeatures = Set(node.status.declaredFeatures)
        images = [:]
        for image in node.status.images {
            for name in image.names { images[ImageName.normalized(name)] = image.sizeBytes ?? 0 }
        }
    }

    package mutating func add(_ pod: PodInfo) {
        generation &+= 1
        pods.append(pod)
        requested.add(pod.requests)
        nonZeroMilliCPU += pod.nonZeroMilliCPU
        nonZeroMemory += pod.nonZeroMemory
        if !pod.demands.hostPorts.isEmpty { hostPorts += pod.demands.hostPorts }
    }

    package mutating func remove(uid: String) {
        guard let index = pods.lastIndex(where: { $0.uid == uid }) else { return }
        generation &+= 1
        let pod = pods.remove(at: index)
        requested.add(pod.requests, sign: -1)
        nonZeroMilliCPU -= pod.nonZeroMilliCPU
        nonZeroMemory -= pod.nonZeroMemory
        for port in pod.demands.hostPorts {
            if let index = hostPorts.firstIndex(of: port) { hostPorts.remove(at: index) }
        }
    }
}
