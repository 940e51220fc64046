import KubeAPI
import Machinery

struct ReplicaSetStrategy: Strategy {
    func applyDefaults(_ set: inout ReplicaSet) {
        guard set.json["spec"] != nil, var template = set.spec.template else { return }
        PodSpecDefaults.apply(to: &template)
        set.spec.template = template
    }

    func prepareForCreate(_ set: inout ReplicaSet) {
        set.json["status"] = ["replicas": 0]
    }

    func validate(_ set: ReplicaSet) -> [FieldError] { WorkloadValidation.validate(set) }
    func validateUpdate(_ set: ReplicaSet, from old: ReplicaSet) -> [FieldError] {
        WorkloadValidation.validateSelectorKept(set.spec.json["selector"], from: old.spec.json["selector"])
    }

    func warnings(for set: ReplicaSet, from old: ReplicaSet?) -> [String] {
        PodWarnings.of(template: set.spec.template ?? PodTemplateSpec(), oldTemplate: old?.spec.template)
    }

    var selectableFieldNames: [String] { ["status.replicas"] }
    func selectableFields(_ set: ReplicaSet) -> [(name: String, value: String)] {
        [("status.replicas", "\(set.status.replicas)")]
    }

    var columns: [TableColumn] {
        [
            .name, .number("Desired", "Pods that are wanted."), .number("Current", "Pods that there are."),
            .number("Ready", "Pods that are ready."), .age,
        ] + TableColumn.template
    }

    func cells(_ set: ReplicaSet, now: Timestamp) -> [JSON] {
        [
            .string(set.name), .int(Int64(set.spec.replicas ?? 0)), .int(Int64(set.status.replicas)),
            .int(Int64(set.status.readyReplicas ?? 0)), TableCell.age(set.metadata.creationTimestamp, now: now),
            TableCell.containerNames(set.spec.template), TableCell.containerImages(set.spec.template),
            TableCell.selector(set.spec.selector),
        ]
    }
}
