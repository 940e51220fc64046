import KubeAPI
import Machinery

struct WorkloadStrategy: Strategy {
    func validate(_ workload: Workload) -> [FieldError] { WorkloadGroupValidation.validate(workload) }
    func validateUpdate(_ workload: Workload, from old: Workload) -> [FieldError] {
        WorkloadGroupValidation.validateUpdate(workload, from: old)
    }
}

struct PodGroupStrategy: Strategy {
    func applyDefaults(_ group: inout PodGroup) {
        if group.spec.disruptionMode == nil { group.spec.disruptionMode = "Pod" }
    }

    func validate(_ group: PodGroup) -> [FieldError] { WorkloadGroupValidation.validate(group) }
    func validateUpdate(_ group: PodGroup, from old: PodGroup) -> [FieldError] {
        WorkloadGroupValidation.validateUpdate(group, from: old)
    }
    func validateStatusUpdate(_ group: PodGroup, from old: PodGroup) -> [FieldError] {
        WorkloadGroupValidation.validateStatus(group)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Policy", description: "How its pods are scheduled."),
            TableColumn("Workload", description: "The workload it is of."),
            TableColumn("Status", description: "Whether its pods have places."), .age,
        ]
    }

    func cells(_ group: PodGroup, now: Timestamp) -> [JSON] {
        [
            .string(group.name), group.spec.schedulingPolicy.gang == nil ? "Basic" : "Gang",
            .string(group.spec.podGroupTemplateRef?.workload?.workloadName ?? "<none>"), .string(status(of: group)),
            TableCell.age(group.metadata.creationTimestamp, now: now),
        ]
    }

    private func status(of group: PodGroup) -> String {
        let conditions = group.status.conditions
        if let disruption = conditions.last(where: { $0.type == "DisruptionTarget" }) { return disruption.reason }
        guard let scheduled = conditions.last(where: { $0.type == "PodGroupScheduled" }) else { return "Pending" }
        return scheduled.status == "True" ? "Scheduled" : "Unschedulable"
    }
}
