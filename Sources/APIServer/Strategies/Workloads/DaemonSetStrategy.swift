import KubeAPI
import Machinery

struct DaemonSetStrategy: Strategy {
    func applyDefaults(_ set: inout DaemonSet) {
        guard set.json["spec"] != nil else { return }
        if var strategy = set.spec.updateStrategy, strategy.type == "RollingUpdate" {
            var update = strategy.rollingUpdate ?? RollingUpdateDaemonSet()
            if update.maxUnavailable == nil { update.maxUnavailable = 1 }
            if update.maxSurge == nil { update.maxSurge = 0 }
            strategy.rollingUpdate = update
            set.spec.updateStrategy = strategy
        }
        guard set.spec.json["template"] != nil else { return }
        PodSpecDefaults.apply(to: &set.spec.template)
    }

    func prepareForCreate(_ set: inout DaemonSet) {
        set.json["status"] = [
            "currentNumberScheduled": 0, "desiredNumberScheduled": 0, "numberMisscheduled": 0, "numberReady": 0,
        ]
    }

    func validate(_ set: DaemonSet) -> [FieldError] { WorkloadValidation.validate(set) }
    func validateUpdate(_ set: DaemonSet, from old: DaemonSet) -> [FieldError] {
        WorkloadValidation.validateSelectorKept(set.spec.json["selector"], from: old.spec.json["selector"])
    }

    func warnings(for set: DaemonSet, from old: DaemonSet?) -> [String] {
        PodWarnings.of(template: set.spec.template, oldTemplate: old?.spec.template)
    }

    var columns: [TableColumn] {
        [
            .name, .number("Desired", "Nodes that should run its pod."), .number("Current", "Nodes that run its pod."),
            .number("Ready", "Pods that are ready."), .number("Up-to-date", "Pods of the newest template."),
            .number("Available", "Pods ready for long enough."),
            TableColumn("Node Selector", description: "The labels of its nodes."), .age,
        ] + TableColumn.template
    }

    func cells(_ set: DaemonSet, now: Timestamp) -> [JSON] {
        let (spec, status) = (set.spec, set.status)
        return [
            .string(set.name), .int(Int64(status.desiredNumberScheduled)), .int(Int64(status.currentNumberScheduled)),
            .int(Int64(status.numberReady)), .int(Int64(status.updatedNumberScheduled ?? 0)),
            .int(Int64(status.numberAvailable ?? 0)), TableCell.labels(spec.template.spec.nodeSelector),
            TableCell.age(set.metadata.creationTimestamp, now: now), TableCell.containerNames(spec.template),
            TableCell.containerImages(spec.template), TableCell.selector(spec.selector),
        ]
    }
}
