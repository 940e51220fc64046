import Machinery

/// What an autoscaler looks at: one source a metric, with a target that fits it.
enum AutoscalerMetricValidation {
    /// Types, the member each uses, in the order in which members are looked at.
    private static let sources = [
        ("Object", "object"), ("External", "external"), ("Pods", "pods"), ("Resource", "resource"),
        ("ContainerResource", "containerResource"),
    ]
    private static let types = sources.map(\.0).sorted()

    static func validate(_ metric: MetricSpec, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if metric.type.isEmpty {
            errors.append(.required(place.child("type"), "must specify a metric source type"))
        }
        let given = sources.filter { metric.json[$0.1] != nil }
        if let first = given.first, let source = metric.json[first.1]?.objectValue {
            errors += validate(source, of: first.0, at: place.child(first.1))
        }
        guard let expected = sources.first(where: { $0.0 == metric.type })?.1 else {
            errors.append(.notSupported(place.child("type"), metric.type, supported: types))
            return errors
        }
        if metric.json[expected] == nil {
            errors.append(
                .required(place.child(expected), "must populate information for the given metric source"))
        }
        if given.count != 1 {
            for (_, member) in given where member != expected {
                errors.append(.forbidden(place.child(member), "must populate the given metric source only"))
            }
        }
        return errors
    }

    private static func validate(_ source: JSONObject, of type: String, at place: FieldPath) -> [FieldError] {
        let target: MetricTarget = source.view("target") ?? MetricTarget()
        let targetPlace = place.child("target")
        var errors: [FieldError] = []
        switch type {
        case "Object":
            errors += AutoscalerValidation.validate(
                source.view("describedObject") ?? CrossVersionObjectReference(), at: place.child("describedObject"))
            errors += validateIdentifier(source, at: place) + validate(target, at: targetPlace)
            if target.value == nil, target.averageValue == nil {
                errors.append(
                    .required(
                        targetPlace.child("averageValue"), "must set either a target value or averageValue"))
            }
        case "External":
            errors += validateIdentifier(source, at: place) + validate(target, at: targetPlace)
            if target.value == nil, target.averageValue == nil {
                errors.append(
                    .required(
                        targetPlace.child("averageValue"),
                        "must set either a target value for metric or a per-pod target"))
            }
            if target.value != nil, target.averageValue != nil {
                errors.append(
                    .forbidden(
                        targetPlace.child("value"),
                        "may not set both a target value for metric and a per-pod target"))
            }
        case "Pods":
            errors += validateIdentifier(source, at: place) + validate(target, at: targetPlace)
            if target.averageValue == nil {
                errors.append(
                    .required(targetPlace.child("averageValue"), "must specify a positive target averageValue"))
            }
        default:
            errors += validateResource(source, target, isContainer: type == "ContainerResource", at: place)
        }
        return errors
    }

    private static func validateResource(
        _ source: JSONObject, _ target: MetricTarget, isContainer: Bool, at place: FieldPath
    ) -> [FieldError] {
        var errors: [FieldError] = []
        let name = source.string("name") ?? ""
        if name.isEmpty {
            errors.append(.required(place.child("name"), "must specify a resource name"))
        } else if isContainer {
            errors += ResourceValidation.containerName(name, at: place.child("name"))
        }
        if isContainer {
            let container = source.string("container") ?? ""
            errors +=
                container.isEmpty
                ? [.required(place.child("container"), "must specify a container")]
                : Check.name(container, at: place.child("container"), Names.dns1123Label)
        }
        let targetPlace = place.child("target")
        errors += validate(target, at: targetPlace)
        switch (target.averageUtilization, target.averageValue) {
        case (nil, nil):
            errors.append(
                .required(
                    targetPlace.child("averageUtilization"),
                    "must set either a target raw value or a target utilization"))
        case (_?, _?):
            errors.append(
                .forbidden(
                    targetPlace.child("averageValue"),
                    "may not set both a target raw value and a target utilization"))
        default: break
        }
        return errors
    }

    private static func validateIdentifier(_ source: JSONObject, at place: FieldPath) -> [FieldError] {
        let name = source["metric"]?["name"]?.stringValue ?? ""
        let field = place.child("metric", "name")
        if name.isEmpty { return [.required(field, "must specify a metric name")] }
        return Names.pathSegment(name).map { .invalid(field, name, $0) }
    }

    private static func validate(_ target: MetricTarget, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if target.type.isEmpty {
            errors.append(.required(place.child("type"), "must specify a metric target type"))
        }
        if !["Utilization", "Value", "AverageValue"].contains(target.type) {
            errors.append(
                .invalid(place.child("type"), target.type, "must be either Utilization, Value, or AverageValue"))
        }
        for (name, quantity) in [("value", target.value), ("averageValue", target.averageValue)] {
            guard let quantity, !(Quantity.zero < quantity) else { continue }
            errors.append(.invalid(place.child(name), quantity.description, "must be positive"))
        }
        if let share = target.averageUtilization, share < 1 {
            errors.append(.invalid(place.child("averageUtilization"), share, "must be greater than 0"))
        }
        return errors
    }
}
