import Inference
import KubeAPI
import Machinery

/// A pool of the Gateway API Inference Extension (`inference.networking.k8s.io/v1`), read as a custom resource.
package struct InferencePool: KubeObject {
    package static let kind = GroupVersionKind(
        group: "inference.networking.k8s.io", version: "v1", kind: "InferencePool")
    package static let resource = GroupVersionResource(
        group: "inference.networking.k8s.io", version: "v1", resource: "inferencepools")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue) }
    }

    private var spec: JSONObject { json["spec"]?.objectValue ?? JSONObject() }

    /// The labels that its pods have; without any it has no pods.
    var selector: [String: String] { spec["selector"]?.objectValue?.stringMap("matchLabels") ?? [:] }
    /// The ports of each pod, every one a replica.
    var ports: [Int] {
        spec.values("targetPorts").compactMap { $0.objectValue?.int64("number") }.compactMap { Int(exactly: $0) }
            .filter { (1...65535).contains($0) }
    }
    var limits: PoolLimits { PoolLimits(annotations: annotations) }
    var version: String { labels[InferenceNames.versionLabel] ?? "" }

    func selects(_ labels: [String: String]) -> Bool {
        let selector = selector
        return !selector.isEmpty && selector.allSatisfy { labels[$0.key] == $0.value }
    }

    /// What it has of the pods of its namespace.
    func replicas(of pods: [Pod]) -> [Replica] {
        let ports = ports
        return pods.filter { selects($0.labels) }.sorted { $0.key < $1.key }.flatMap { pod -> [Replica] in
            let status = pod.status
            guard let host = status.podIP, status.phase == "Running" else { return [] }
            let isReady = status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
            let gpus = pod.gpuCount
            let version = pod.labels[InferenceNames.versionLabel] ?? self.version
            return ports.map { port in
                Replica(
                    id: Replica.ID(pod: pod.key, uid: pod.uid, port: port), host: host,
                    isOpen: isReady && !pod.isLeaving, gpus: gpus, version: version)
            }
        }
    }
}

extension Pod {
    /// It is being ended, or is about to be.
    var isLeaving: Bool { isBeingDeleted || annotations[InferenceNames.drainingAnnotation] != nil }

    /// The GPUs that its containers have for themselves.
    fileprivate var gpuCount: Int {
        spec.containers.reduce(0) { sum, container in
            let limits = container.json["resources"]?.objectValue?["limits"]?.objectValue
            return sum + (limits?.quantity("nvidia.com/gpu").map { Int($0.value) } ?? 0)
        }
    }
}
