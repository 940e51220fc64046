import Machinery

package enum PodDisruptionBudgetValidation {
    private static let path = FieldPath("spec")

    package static func validate(_ budget: PodDisruptionBudget) -> [FieldError] {
        let spec = budget.spec
        var errors: [FieldError] = []
        if spec.minAvailable != nil, spec.maxUnavailable != nil {
            errors.append(
                .invalid(path, .object(spec.json), "minAvailable and maxUnavailable cannot be both set"))
        }
        errors += Check.share(spec.minAvailable, at: path.child("minAvailable"))
        errors += Check.share(spec.maxUnavailable, at: path.child("maxUnavailable"))
        errors += Selector.validate(labelSelector: spec.selector?.json, at: path.child("selector"))
        if let policy = spec.unhealthyPodEvictionPolicy {
            errors += Check.supported(
                policy, ["AlwaysAllow", "IfHealthyBudget"], at: path.child("unhealthyPodEvictionPolicy"))
        }
        return errors
    }

    package static func validateStatus(_ budget: PodDisruptionBudget) -> [FieldError] {
        let status = budget.status
        let place = FieldPath("status")
        return Check.conditions(status.conditions, at: place.child("conditions"))
            + ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"].flatMap {
                Check.notNegative(status.json.int32($0), at: place.child($0))
            }
    }
}
