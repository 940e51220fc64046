import KubeAPI
import Machinery

struct StatefulSetStrategy: Strategy {
    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        Names.dns1123Label(isPrefix ? maskTrailingDash(name) : name)
    }

    func applyDefaults(_ set: inout StatefulSet) {
        guard set.json["spec"] != nil else { return }
        if (set.spec.podManagementPolicy ?? "").isEmpty { set.spec.podManagementPolicy = "OrderedReady" }
        var strategy = set.spec.updateStrategy ?? StatefulSetUpdateStrategy()
        if (strategy.type ?? "").isEmpty {
            strategy.type = "RollingUpdate"
            if strategy.rollingUpdate == nil { strategy.rollingUpdate = RollingUpdateStatefulSetStrategy() }
        }
        if strategy.type == "RollingUpdate", var update = strategy.rollingUpdate, update.partition == nil {
            update.partition = 0
            strategy.rollingUpdate = update
        }
        set.spec.updateStrategy = strategy
        var retention =
            set.spec.persistentVolumeClaimRetentionPolicy ?? StatefulSetPersistentVolumeClaimRetentionPolicy()
        if (retention.whenDeleted ?? "").isEmpty { retention.whenDeleted = "Retain" }
        if (retention.whenScaled ?? "").isEmpty { retention.whenScaled = "Retain" }
        set.spec.persistentVolumeClaimRetentionPolicy = retention
        if set.spec.replicas == nil { set.spec.replicas = 1 }
        if set.spec.revisionHistoryLimit == nil { set.spec.revisionHistoryLimit = 10 }
        if !set.spec.volumeClaimTemplates.isEmpty {
            set.spec.volumeClaimTemplates = set.spec.volumeClaimTemplates.map(Self.withDefaults)
        }
        guard set.spec.json["template"] != nil else { return }
        PodSpecDefaults.apply(to: &set.spec.template)
    }

    private static func withDefaults(_ claim: PersistentVolumeClaim) -> PersistentVolumeClaim {
        var claim = claim
        claim.json["apiVersion"] = "v1"
        claim.json["kind"] = "PersistentVolumeClaim"
        if claim.status.phase == nil { claim.status.phase = "Pending" }
        return claim
    }

    func prepareForCreate(_ set: inout StatefulSet) {
        set.json["status"] = ["replicas": 0, "availableReplicas": 0]
    }

    func validate(_ set: StatefulSet) -> [FieldError] { StatefulSetValidation.validate(set) }
    func validateCreate(_ set: StatefulSet) -> [FieldError] { StatefulSetValidation.validateCreate(set) }
    func validateUpdate(_ set: StatefulSet, from old: StatefulSet) -> [FieldError] {
        StatefulSetValidation.validateUpdate(set, from: old)
    }
    func validateStatusUpdate(_ set: StatefulSet, from old: StatefulSet) -> [FieldError] {
        StatefulSetValidation.validateStatus(set, from: old)
    }

    func warnings(for set: StatefulSet, from old: StatefulSet?) -> [String] {
        var warnings = PodWarnings.of(template: set.spec.template, oldTemplate: old?.spec.template)
        if let limit = set.spec.revisionHistoryLimit, limit < 0 {
            warnings.append(
                "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is "
                    + "recommended")
        }
        return warnings
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Ready", description: "Pods that are ready, of those wanted."), .age,
            TableColumn("Containers", description: "Names of the containers of the pods.", priority: 1),
            TableColumn("Images", description: "Images of the containers of the pods.", priority: 1),
        ]
    }

    func cells(_ set: StatefulSet, now: Timestamp) -> [JSON] {
        [
            .string(set.name), .string("\(set.status.readyReplicas ?? 0)/\(set.spec.replicas ?? 0)"),
            TableCell.age(set.metadata.creationTimestamp, now: now), TableCell.containerNames(set.spec.template),
            TableCell.containerImages(set.spec.template),
        ]
    }
}
