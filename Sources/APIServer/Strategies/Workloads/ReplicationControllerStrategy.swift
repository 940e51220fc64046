import KubeAPI
import Machinery

/// ReplicationControllers: what ReplicaSets were before they had selectors worth the name.
struct ReplicationControllerStrategy: Strategy {
    func applyDefaults(_ controller: inout ReplicationController) {
        guard controller.json["spec"] != nil, var template = controller.spec.template else { return }
        if let labels = template.metadata.json["labels"] {
            if controller.spec.selector.isEmpty { controller.spec.json["selector"] = labels }
            if controller.labels.isEmpty { controller.json["metadata"]?.setMember("labels", labels) }
        }
        PodSpecDefaults.apply(to: &template)
        controller.spec.template = template
    }

    func prepareForCreate(_ controller: inout ReplicationController) {
        controller.json["status"] = ["replicas": 0]
    }

    func validate(_ controller: ReplicationController) -> [FieldError] {
        ReplicationControllerValidation.validate(controller)
    }
    func validateStatusUpdate(_ controller: ReplicationController, from old: ReplicationController) -> [FieldError] {
        ReplicationControllerValidation.validateStatus(controller)
    }

    func warnings(for controller: ReplicationController, from old: ReplicationController?) -> [String] {
        let warnings = old == nil ? PodWarnings.ofName(controller.name) : []
        return warnings
            + PodWarnings.of(template: controller.spec.template ?? PodTemplateSpec(), oldTemplate: old?.spec.template)
    }

    var selectableFieldNames: [String] { ["status.replicas"] }
    func selectableFields(_ controller: ReplicationController) -> [(name: String, value: String)] {
        [("status.replicas", "\(controller.status.replicas)")]
    }

    var defaultPropagation: DeletionPropagation { .orphan }

    var columns: [TableColumn] {
        [
            .name, .number("Desired", "Pods that are wanted."), .number("Current", "Pods that there are."),
            .number("Ready", "Pods that are ready."), .age,
        ] + TableColumn.template
    }

    func cells(_ controller: ReplicationController, now: Timestamp) -> [JSON] {
        [
            .string(controller.name), .int(Int64(controller.spec.replicas ?? 0)),
            .int(Int64(controller.status.replicas)), .int(Int64(controller.status.readyReplicas ?? 0)),
            TableCell.age(controller.metadata.creationTimestamp, now: now),
            TableCell.containerNames(controller.spec.template), TableCell.containerImages(controller.spec.template),
            TableCell.labels(controller.spec.selector),
        ]
    }
}

/// PodTemplates: templates on their own, that nothing follows by itself.
struct PodTemplateStrategy: Strategy {
    func applyDefaults(_ template: inout PodTemplate) {
        guard var inner = template.template else { return }
        PodSpecDefaults.apply(to: &inner)
        template.template = inner
    }

    func prepareForCreate(_ template: inout PodTemplate) {
        template.metadata.generation = 1
    }
    func prepareForUpdate(_ template: inout PodTemplate, from old: PodTemplate) {
        if template.json["template"] != old.json["template"] {
            template.metadata.generation = (old.metadata.generation ?? 0) + 1
        }
    }
    func validate(_ template: PodTemplate) -> [FieldError] { PodTemplateValidation.validate(template) }

    func warnings(for template: PodTemplate, from old: PodTemplate?) -> [String] {
        guard let inner = template.template, old?.template != inner else { return [] }
        return PodWarnings.of(inner.spec, at: FieldPath("template").child("spec"))
    }

    var returnsDeletedObject: Bool { true }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Containers", description: "Names of the containers of its pods."),
            TableColumn("Images", description: "Images of the containers of its pods."),
            TableColumn("Pod Labels", description: "The labels of its pods."),
        ]
    }

    func cells(_ template: PodTemplate, now: Timestamp) -> [JSON] {
        [
            .string(template.name), TableCell.containerNames(template.template),
            TableCell.containerImages(template.template), TableCell.labels(template.template?.metadata.labels ?? [:]),
        ]
    }
}
