import KubeAPI
import Machinery

/// A pod with what scheduling needs of it, computed once.
///
/// What plugins ask of pods that are placed already stands in members of its own: of those, as of pods that wait for
/// long, nothing else is kept, and `pod` asks the informer, which costs the making of a tree.
package struct PodInfo: Sendable {
    /// Where a pod is looked up; `nil` for one that is gone.
    package typealias Source = @Sendable (ObjectKey) -> Pod?

    private var held: Pod?
    private let source: Source
    /// The pod as it is now; without anything but its name and uid when it is gone.
    package var pod: Pod {
        if let held { return held }
        if let pod = source(key), pod.uid == uid { return pod }
        var pod = Pod(name: key.name, namespace: key.namespace)
        pod.metadata.uid = uid
        return pod
    }
    package let key: ObjectKey
    package let uid: String
    package let requests: ResourceAmounts
    /// Requests for scoring, where a container that asks for nothing counts as 100m and 200Mi.
    package let nonZeroMilliCPU: Int64
    package let nonZeroMemory: Int64
    package let hostPorts: [HostPort]
    package let labels: [String: String]
    package let priority: Int32
    package let isBeingDeleted: Bool

    private static let defaultMilliCPU: Int64 = 100
    private static let defaultMemory: Int64 = 200 * 1024 * 1024

    package init(_ pod: Pod, source: @escaping Source) {
        held = pod
        self.source = source
        isBeingDeleted = pod.isBeingDeleted
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

    /// The same, kept for long: without the tree.
    func atRest() -> PodInfo {
        var info = self
        info.held = nil
        return info
    }

    /// The same, about to be looked at.
    func awake() -> PodInfo {
        var info = self
        info.held = pod
        return info
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
