import KubeAPI
import Machinery

/// A kind that asks for a number of pods of one template: what ReplicaSets and ReplicationControllers have in common.
protocol ReplicatedWorkload: KubeObject {
    var replicas: Int { get }
    var podTemplate: PodTemplateSpec { get }
    var minReadySeconds: Int32 { get }

    /// The status in the form of a ReplicaSet's; a kind without one of its fields drops that field.
    var replicaStatus: ReplicaSetStatus { get set }

    /// Which pods it takes for its own.
    /// - Throws: when the selector cannot be read.
    func podSelector() throws -> Selector
}

extension ReplicatedWorkload {
    /// Whether the selector takes the pod; an unreadable selector takes none.
    func selects(_ pod: Pod) -> Bool {
        guard let selector = try? podSelector() else { return false }
        return selector.matches(pod.json["metadata"]?["labels"]?.objectValue ?? JSONObject())
    }
}

extension ReplicaSet: ReplicatedWorkload {
    var replicas: Int { Int(spec.replicas ?? 1) }
    var podTemplate: PodTemplateSpec { spec.template ?? PodTemplateSpec() }
    var minReadySeconds: Int32 { spec.minReadySeconds ?? 0 }

    var replicaStatus: ReplicaSetStatus {
        get { status }
        set { status = newValue }
    }

    func podSelector() throws -> Selector { try Selector(labelSelector: spec.selector.json) }
}

extension ReplicationController: ReplicatedWorkload {
    var replicas: Int { Int(spec.replicas ?? 1) }
    var podTemplate: PodTemplateSpec { spec.template ?? PodTemplateSpec() }
    var minReadySeconds: Int32 { spec.minReadySeconds ?? 0 }

    var replicaStatus: ReplicaSetStatus {
        get { ReplicaSetStatus(json: status.json) }
        set {
            var status = newValue.json
            status["terminatingReplicas"] = nil
            self.status = ReplicationControllerStatus(json: status)
        }
    }

    /// Its selector is a plain map of labels.
    func podSelector() throws -> Selector {
        let labels = spec.json["selector"]?.objectValue ?? JSONObject()
        return try Selector(labelSelector: ["matchLabels": .object(labels)])
    }
}
