import KubeAPI
import Machinery

/// A kind that asks for a number of pods of one template: what ReplicaSets and ReplicationControllers have in common.
protocol ReplicatedWorkload: SelectingOwner {
    var replicas: Int { get }
    var podTemplate: PodTemplateSpec { get }
    var minReadySeconds: Int32 { get }

    /// The status in the form of a ReplicaSet's; a kind without one of its fields drops that field.
    var replicaStatus: ReplicaSetStatus { get set }
}

extension ReplicaSet: ReplicatedWorkload {
    var replicas: Int { Int(spec.replicas ?? 1) }
    var podTemplate: PodTemplateSpec { spec.template ?? PodTemplateSpec() }
    var minReadySeconds: Int32 { spec.minReadySeconds ?? 0 }

    var replicaStatus: ReplicaSetStatus {
        get { status }
        set { status = newValue }
    }

    func childSelector() throws -> Selector { try Selector(labelSelector: spec.selector.json) }
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
    func childSelector() throws -> Selector {
        let labels = spec.json["selector"]?.objectValue ?? JSONObject()
        return try Selector(labelSelector: ["matchLabels": .object(labels)])
    }
}
