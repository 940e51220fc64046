import KubeAPI
import Machinery

struct PodDisruptionBudgetStrategy: Strategy {
    func prepareForCreate(_ budget: inout PodDisruptionBudget) {
        budget.json["status"] = [
            "disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 0, "expectedPods": 0,
        ]
    }

    func validate(_ budget: PodDisruptionBudget) -> [FieldError] { PodDisruptionBudgetValidation.validate(budget) }
    func validateStatusUpdate(_ budget: PodDisruptionBudget, from old: PodDisruptionBudget) -> [FieldError] {
        PodDisruptionBudgetValidation.validateStatus(budget)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Min Available", description: "Pods that must stay."),
            TableColumn("Max Unavailable", description: "Pods that may be away."),
            .number("Allowed Disruptions", "Pods that may be evicted now."), .age,
        ]
    }

    func cells(_ budget: PodDisruptionBudget, now: Timestamp) -> [JSON] {
        [
            .string(budget.name), .string(budget.spec.minAvailable?.description ?? "N/A"),
            .string(budget.spec.maxUnavailable?.description ?? "N/A"),
            .int(Int64(budget.status.disruptionsAllowed ?? 0)),
            TableCell.age(budget.metadata.creationTimestamp, now: now),
        ]
    }
}
