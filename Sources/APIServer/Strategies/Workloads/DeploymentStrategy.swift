import KubeAPI
import Machinery

struct DeploymentStrategy: Strategy {
    func applyDefaults(_ deployment: inout Deployment) {
        guard deployment.json["spec"] != nil else { return }
        if var strategy = deployment.spec.strategy, strategy.type == "RollingUpdate" {
            var update = strategy.rollingUpdate ?? RollingUpdateDeployment()
            if update.maxUnavailable == nil { update.maxUnavailable = "25%" }
            if update.maxSurge == nil { update.maxSurge = "25%" }
            strategy.rollingUpdate = update
            deployment.spec.strategy = strategy
        }
        guard deployment.spec.json["template"] != nil else { return }
        PodSpecDefaults.apply(to: &deployment.spec.template)
    }

    func validate(_ deployment: Deployment) -> [FieldError] { WorkloadValidation.validate(deployment) }
    func validateUpdate(_ deployment: Deployment, from old: Deployment) -> [FieldError] {
        WorkloadValidation.validateSelectorKept(
            deployment.spec.json["selector"], from: old.spec.json["selector"])
    }

    func warnings(for deployment: Deployment, from old: Deployment?) -> [String] {
        PodWarnings.of(template: deployment.spec.template, oldTemplate: old?.spec.template)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Ready", description: "Pods that are ready, of those wanted."),
            .number("Up-to-date", "Pods of the newest template."), .number("Available", "Pods ready for long enough."),
            .age,
        ] + TableColumn.template
    }

    func cells(_ deployment: Deployment, now: Timestamp) -> [JSON] {
        let (spec, status) = (deployment.spec, deployment.status)
        return [
            .string(deployment.name), .string("\(status.readyReplicas ?? 0)/\(spec.replicas ?? 0)"),
            .int(Int64(status.updatedReplicas ?? 0)), .int(Int64(status.availableReplicas ?? 0)),
            TableCell.age(deployment.metadata.creationTimestamp, now: now), TableCell.containerNames(spec.template),
            TableCell.containerImages(spec.template), TableCell.selector(spec.selector),
        ]
    }
}
