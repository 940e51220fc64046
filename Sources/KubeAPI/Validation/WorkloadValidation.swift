import Machinery

/// Kinds that keep pods of a template running.
package enum WorkloadValidation {
    private static let path = FieldPath("spec")

    package static func validate(_ deployment: Deployment) -> [FieldError] {
        let spec = deployment.spec
        var errors = Check.notNegative(spec.replicas, at: path.child("replicas"))
        errors += validateSelector(spec.json["selector"]?.objectValue, kind: "deployment")
        errors += validateTemplate(spec.template, selector: spec.json["selector"]?.objectValue)
        errors += validate(spec.strategy, at: path.child("strategy"))
        errors += Check.notNegative(spec.minReadySeconds, at: path.child("minReadySeconds"))
        errors += Check.notNegative(spec.revisionHistoryLimit, at: path.child("revisionHistoryLimit"))
        if let deadline = spec.progressDeadlineSeconds {
            errors += Check.notNegative(deadline, at: path.child("progressDeadlineSeconds"))
            if deadline <= spec.minReadySeconds ?? 0 {
                errors.append(
                    .invalid(
                        path.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds"))
            }
        }
        return errors
    }

    package static func validate(_ set: ReplicaSet) -> [FieldError] {
        let spec = set.spec
        var errors = Check.notNegative(spec.replicas, at: path.child("replicas"))
        errors += Check.notNegative(spec.minReadySeconds, at: path.child("minReadySeconds"))
        errors += validateSelector(spec.json["selector"]?.objectValue, kind: "deployment")
        guard let template = spec.template else { return errors + [.required(path.child("template"))] }
        return errors + validateTemplate(template, selector: spec.json["selector"]?.objectValue)
    }

    package static func validate(_ set: DaemonSet) -> [FieldError] {
        let spec = set.spec
        var errors = validateSelector(spec.json["selector"]?.objectValue, kind: "daemonset")
        errors += validateTemplate(spec.template, selector: spec.json["selector"]?.objectValue)
        errors += Check.notNegative(spec.minReadySeconds, at: path.child("minReadySeconds"))
        errors += Check.notNegative(spec.revisionHistoryLimit, at: path.child("revisionHistoryLimit"))
        let place = path.child("updateStrategy")
        switch spec.updateStrategy?.type {
        case "OnDelete": break
        case "RollingUpdate":
            guard let update = spec.updateStrategy?.rollingUpdate else {
                errors.append(.required(place.child("rollingUpdate")))
                break
            }
            let rolling = place.child("rollingUpdate")
            errors += validate(update.maxUnavailable, at: rolling.child("maxUnavailable"))
            errors += validate(update.maxSurge, at: rolling.child("maxSurge"))
            let hasUnavailable = !isZero(update.maxUnavailable)
            let hasSurge = !isZero(update.maxSurge)
            if hasUnavailable, hasSurge {
                errors.append(
                    .invalid(
                        rolling.child("maxSurge"), update.json["maxSurge"] ?? .null,
                        "may not be set when maxUnavailable is non-zero"))
            } else if !hasUnavailable, !hasSurge {
                errors.append(
                    .required(rolling.child("maxUnavailable"), "cannot be 0 when maxSurge is 0"))
            }
        default:
            errors.append(
                .notSupported(
                    place.child("type"), spec.updateStrategy?.type ?? "", supported: ["RollingUpdate", "OnDelete"]))
        }
        return errors
    }

    package static func validate(_ revision: ControllerRevision) -> [FieldError] {
        var errors = Check.notNegative(revision.revision, at: FieldPath("revision"))
        if revision.data == nil { errors.append(.required(FieldPath("data"), "data is mandatory")) }
        return errors
    }

    package static func validateUpdate(_ revision: ControllerRevision, from old: ControllerRevision) -> [FieldError] {
        Check.unchanged(revision.data, from: old.data, at: FieldPath("data"))
    }

    package static func validateSelectorKept(_ selector: JSON?, from old: JSON?) -> [FieldError] {
        Check.unchanged(selector, from: old, at: path.child("selector"))
    }

    static func validateSelector(_ selector: JSONObject?, kind: String) -> [FieldError] {
        let place = path.child("selector")
        guard let selector else { return [.required(place)] }
        var errors = Selector.validate(labelSelector: selector, at: place)
        if selector.stringMap("matchLabels").isEmpty, selector.values("matchExpressions").isEmpty {
            errors.append(.invalid(place, .object(selector), "empty selector is invalid for \(kind)"))
        }
        return errors
    }

    static func validateTemplate(
        _ template: PodTemplateSpec, selector: JSONObject?, owner: String = "ReplicaSet"
    ) -> [FieldError] {
        let place = path.child("template")
        let labels = template.metadata.labels
        var errors = validateLabels(of: template, at: place)
        if let selector, let parsed = try? Selector(labelSelector: selector), !parsed.isEverything,
            !parsed.matches(labels)
        {
            errors.append(
                .invalid(
                    place.child("metadata", "labels"), template.metadata.json["labels"] ?? .null,
                    "`selector` does not match template `labels`"))
        }
        errors += PodValidation.validate(spec: template.spec, at: place.child("spec"))
        if let policy = template.spec.restartPolicy, policy != "Always" {
            errors.append(.notSupported(place.child("spec", "restartPolicy"), policy, supported: ["Always"]))
        }
        if template.spec.activeDeadlineSeconds != nil {
            errors.append(
                .forbidden(
                    place.child("spec", "activeDeadlineSeconds"),
                    "activeDeadlineSeconds in \(owner) is not Supported"))
        }
        return errors
    }

    static func validateLabels(of template: PodTemplateSpec, at place: FieldPath) -> [FieldError] {
        Names.validateLabels(template.metadata.labels, at: place.child("metadata", "labels"))
            + Names.validateAnnotations(template.metadata.annotations, at: place.child("metadata", "annotations"))
    }

    private static func validate(_ strategy: DeploymentStrategy?, at place: FieldPath) -> [FieldError] {
        switch strategy?.type {
        case "Recreate":
            guard strategy?.rollingUpdate != nil else { return [] }
            return [
                .forbidden(
                    place.child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'")
            ]
        case "RollingUpdate":
            guard let update = strategy?.rollingUpdate else {
                return [.required(place.child("rollingUpdate"), "this should be defaulted and never be nil")]
            }
            let rolling = place.child("rollingUpdate")
            var errors = validate(update.maxUnavailable, at: rolling.child("maxUnavailable"))
            errors += validate(update.maxSurge, at: rolling.child("maxSurge"))
            if isZero(update.maxUnavailable), isZero(update.maxSurge) {
                errors.append(
                    .invalid(
                        rolling.child("maxUnavailable"), update.json["maxUnavailable"] ?? .null,
                        "may not be 0 when `maxSurge` is 0"))
            }
            return errors
        default:
            return [
                .notSupported(
                    place.child("type"), strategy?.type ?? "", supported: ["Recreate", "RollingUpdate"])
            ]
        }
    }

    static func validate(_ share: IntOrString?, at place: FieldPath) -> [FieldError] {
        switch share {
        case .int(let number)?: Check.notNegative(number, at: place)
        case .string(let text)?: Names.percent(text).map { .invalid(place, text, $0) }
        case nil: []
        }
    }

    static func isZero(_ share: IntOrString?) -> Bool {
        switch share {
        case .int(let number)?: number == 0
        case .string(let text)?: text.hasSuffix("%") && text.dropLast().allSatisfy { $0 == "0" }
        case nil: true
        }
    }
}
