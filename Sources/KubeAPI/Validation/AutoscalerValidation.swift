import Machinery

package enum AutoscalerValidation {
    private static let path = FieldPath("spec")
    private static let maximumPeriodSeconds: Int32 = 1800
    private static let maximumWindowSeconds: Int32 = 3600

    package static func validate(_ autoscaler: HorizontalPodAutoscaler) -> [FieldError] {
        let spec = autoscaler.spec
        var errors: [FieldError] = []
        if let least = spec.minReplicas {
            if least < 1 {
                errors.append(
                    .invalid(path.child("minReplicas"), least, "must be greater than or equal to 1"))
            }
            if spec.maxReplicas < least {
                errors.append(
                    .invalid(
                        path.child("maxReplicas"), spec.maxReplicas,
                        "must be greater than or equal to `minReplicas`"))
            }
        }
        if spec.maxReplicas == 0 {
            errors.append(.required(path.child("maxReplicas"), "must be set and greater than 0"))
        } else if spec.maxReplicas < 0 {
            errors.append(
                .invalid(path.child("maxReplicas"), spec.maxReplicas, "must be greater than or equal to 1"))
        }
        errors += validate(spec.scaleTargetRef, at: path.child("scaleTargetRef"))
        for (index, metric) in spec.metrics.enumerated() {
            errors += AutoscalerMetricValidation.validate(metric, at: path.child("metrics").index(index))
        }
        if let behavior = spec.behavior {
            errors += validate(behavior.scaleUp, at: path.child("behavior", "scaleUp"))
            errors += validate(behavior.scaleDown, at: path.child("behavior", "scaleDown"))
        }
        return errors
    }

    package static func validateStatus(_ autoscaler: HorizontalPodAutoscaler) -> [FieldError] {
        ["currentReplicas", "desiredReplicas"].flatMap {
            Check.notNegative(autoscaler.status.json.int32($0), at: FieldPath("status").child($0))
        }
    }

    static func validate(_ reference: CrossVersionObjectReference, at place: FieldPath) -> [FieldError] {
        var errors = Check.pathSegment(reference.kind, at: place.child("kind"))
        errors += Check.pathSegment(reference.name, at: place.child("name"))
        let version = reference.apiVersion ?? ""
        if version.split(separator: "/", omittingEmptySubsequences: false).count > 2 {
            errors.append(
                .invalid(place.child("apiVersion"), version, "unexpected GroupVersion string: \(version)"))
        }
        return errors
    }

    private static func validate(_ rules: HPAScalingRules?, at place: FieldPath) -> [FieldError] {
        guard let rules else { return [] }
        var errors: [FieldError] = []
        if let window = rules.stabilizationWindowSeconds {
            let field = place.child("stabilizationWindowSeconds")
            if window < 0 { errors.append(.invalid(field, window, "must be greater than or equal to zero")) }
            if window > maximumWindowSeconds {
                errors.append(.invalid(field, window, "must be less than or equal to \(maximumWindowSeconds)"))
            }
        }
        if let policy = rules.selectPolicy {
            errors += Check.supported(policy, ["Disabled", "Max", "Min"], at: place.child("selectPolicy"))
        }
        if rules.policies.isEmpty {
            errors.append(.required(place.child("policies"), "must specify at least one Policy"))
        }
        for (index, policy) in rules.policies.enumerated() {
            let policyPlace = place.child("policies").index(index)
            errors += Check.supported(policy.type, ["Percent", "Pods"], at: policyPlace.child("type"))
            if policy.value <= 0 {
                errors.append(.invalid(policyPlace.child("value"), policy.value, "must be greater than zero"))
            }
            let field = policyPlace.child("periodSeconds")
            if policy.periodSeconds <= 0 {
                errors.append(.invalid(field, policy.periodSeconds, "must be greater than zero"))
            }
            if policy.periodSeconds > maximumPeriodSeconds {
                errors.append(
                    .invalid(field, policy.periodSeconds, "must be less than or equal to \(maximumPeriodSeconds)"))
            }
        }
        return errors + ResourceValidation.notNegative(rules.tolerance, at: place.child("tolerance"))
    }
}
