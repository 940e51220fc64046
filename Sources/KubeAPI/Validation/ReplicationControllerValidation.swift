import Machinery

package enum ReplicationControllerValidation {
    private static let path = FieldPath("spec")

    package static func validate(_ controller: ReplicationController) -> [FieldError] {
        let spec = controller.spec
        var errors = Check.notNegative(spec.minReadySeconds, at: path.child("minReadySeconds"))
        if spec.selector.isEmpty { errors.append(.required(path.child("selector"))) }
        if let replicas = spec.replicas {
            errors += Check.notNegative(replicas, at: path.child("replicas"))
        } else {
            errors.append(.required(path.child("replicas")))
        }
        guard let template = spec.template else { return errors + [.required(path.child("template"))] }
        let selector: JSONObject? =
            spec.selector.isEmpty ? nil : ["matchLabels": spec.json["selector"] ?? .object(JSONObject())]
        return errors
            + WorkloadValidation.validateTemplate(template, selector: selector, owner: "ReplicationController")
    }

    package static func validateStatus(_ controller: ReplicationController) -> [FieldError] {
        let status = controller.status
        let place = FieldPath("status")
        let counts = ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas"]
        var errors = counts.flatMap { Check.notNegative(status.json.int32($0), at: place.child($0)) }
        for name in counts.dropFirst() {
            let count = status.json.int32(name) ?? 0
            if count > status.replicas {
                errors.append(.invalid(place.child(name), count, "cannot be greater than status.replicas"))
            }
        }
        if let available = status.availableReplicas, available > status.readyReplicas ?? 0 {
            errors.append(
                .invalid(place.child("availableReplicas"), available, "cannot be greater than readyReplicas"))
        }
        return errors
    }
}

package enum PodTemplateValidation {
    package static func validate(_ template: PodTemplate) -> [FieldError] {
        let place = FieldPath("template")
        let pod = template.template ?? PodTemplateSpec()
        return WorkloadValidation.validateLabels(of: pod, at: place)
            + PodValidation.validate(spec: pod.spec, at: place.child("spec"))
    }
}
