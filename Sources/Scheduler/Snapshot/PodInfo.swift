import KubeAPI
import Machinery

/// A pod with what scheduling needs of it, computed once.
package struct PodInfo: Sendable {
    package let pod: Pod
    package let key: ObjectKey
    package let uid: String
    package let requests: ResourceAmounts
    /// Requests for scoring, where a container that asks for nothing counts as 100m and 200Mi.
    package let nonZeroMilliCPU: Int64
    package let nonZeroMemory: Int64
    package let hostPorts: [HostPort]
    package let labels: [String: String]
    package let priority: Int32

    private static let defaultMilliCPU: Int64 = 100
    private static let defaultMemory: Int64 = 200 * 1024 * 1024

    package init(_ pod: Pod) {
        self.pod = pod
        key = pod.key
        uid = pod.uid
        requests = ResourceAmounts(requestsOf: pod)
        var milliCPU: Int64 = 0
        var memory: Int64 = 0
        for container in pod.spec.containers {
            let requests = container.resources?.requests ?? [:]
            milliCPU += requests["cpu"]?.milliValue ?? Self.defaultMilliCPU
            memory += requests["memory"]?.value ?? Self.defaultMemory
        }
        nonZeroMilliCPU = max(milliCPU, requests.milliCPU)
        nonZeroMemory = max(memory, requests.memory)
        hostPorts = (pod.spec.containers + pod.spec.initContainers.filter { $0.restartPolicy == "Always" })
            .flatMap(\.ports).compactMap(HostPort.init)
        labels = pod.metadata.labels
        priority = pod.spec.priority ?? 0
    }
}

/// A port of the node that a pod takes for itself.
package struct HostPort: Sendable, Hashable {
    package let address: String
    package let `protocol`: String
    package let port: Int32

    init?(_ port: ContainerPort) {
        guard let number = port.hostPort, number > 0 else { return nil }
        self.port = number
        self.protocol = port.protocol ?? "TCP"
        address = (port.hostIP ?? "").isEmpty ? "0.0.0.0" : port.hostIP ?? "0.0.0.0"
    }

    func conflicts(with other: HostPort) -> Bool {
        port == other.port && self.protocol == other.protocol
            && (address == other.address || address == "0.0.0.0" || other.address == "0.0.0.0")
    }
}
