import Machinery

package enum ResourceQuotaValidation {
    private static let path = FieldPath("spec")
    private static let countable: Set<String> = [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage",
        "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods",
        "resourcequotas", "services", "replicationcontrollers", "secrets", "persistentvolumeclaims", "configmaps",
        "services.nodeports", "services.loadbalancers",
    ]
    private static let scopes: Set<String> = [
        "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass",
        "CrossNamespacePodAffinity", "VolumeAttributesClass",
    ]
    private static let podResources: Set<String> = [
        "pods", "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    ]
    private static let opposites = [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")]

    package static func validate(_ quota: ResourceQuota) -> [FieldError] {
        validate(quota.spec.hard, at: path.child("hard")) + validateScopes(quota.spec)
            + validateSelector(quota.spec)
    }

    package static func validateUpdate(_ quota: ResourceQuota, from old: ResourceQuota) -> [FieldError] {
        guard Set(quota.spec.scopes) != Set(old.spec.scopes) else { return [] }
        return [.invalid(path.child("scopes"), .array(quota.spec.scopes.map(JSON.string)), Check.immutableText)]
    }

    package static func validateStatus(_ quota: ResourceQuota) -> [FieldError] {
        ["hard", "used"].flatMap { name in
            validate(quota.status.json.quantityMap(name), at: FieldPath("status").child(name))
        }
    }

    private static func validate(_ amounts: [String: Quantity], at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) {
            let key = place.key(name)
            errors += ResourceValidation.name(name, at: key)
            if !name.contains("/"), !isStandard(name) {
                errors.append(.invalid(key, name, "must be a standard resource for quota"))
            }
            errors += ResourceValidation.amount(amount, of: name, at: key)
        }
        return errors
    }

    private static func isStandard(_ name: String) -> Bool {
        countable.contains(name) || name.hasPrefix("hugepages-") || name.hasPrefix("requests.hugepages-")
    }

    /// Whether a scope says anything of a resource.
    private static func applies(_ scope: String, to resource: String) -> Bool {
        switch scope {
        case "BestEffort": resource == "pods"
        case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity":
            podResources.contains(resource) || resource.hasPrefix("hugepages-")
                || resource.hasPrefix("requests.hugepages-")
        case "VolumeAttributesClass": resource == "requests.storage" || resource == "persistentvolumeclaims"
        default: true
        }
    }

    private static func validateScopes(_ spec: ResourceQuotaSpec) -> [FieldError] {
        let place = path.child("scopes")
        let value = JSON.array(spec.scopes.map(JSON.string))
        var errors: [FieldError] = []
        for scope in spec.scopes {
            if !scopes.contains(scope) { errors.append(.invalid(place, value, "unsupported scope")) }
            for name in spec.hard.keys.sorted() where isStandard(name) && !applies(scope, to: name) {
                errors.append(.invalid(place, value, "unsupported scope applied to resource"))
            }
        }
        return errors + conflicts(Set(spec.scopes), value, at: place)
    }

    private static func conflicts(_ scopes: Set<String>, _ value: JSON, at place: FieldPath) -> [FieldError] {
        opposites.filter { scopes.contains($0.0) && scopes.contains($0.1) }.map { _ in
            .invalid(place, value, "conflicting scopes")
        }
    }

    private static func validateSelector(_ spec: ResourceQuotaSpec) -> [FieldError] {
        guard let selector = spec.scopeSelector else { return [] }
        let place = path.child("scopeSelector", "matchExpressions")
        var errors: [FieldError] = []
        for requirement in selector.matchExpressions {
            let scope = requirement.scopeName
            if !scopes.contains(scope) {
                errors.append(.invalid(place.child("scopeName"), scope, "unsupported scope"))
            }
            for name in spec.hard.keys.sorted() where isStandard(name) && !applies(scope, to: name) {
                errors.append(.invalid(place, .object(selector.json), "unsupported scope applied to resource"))
            }
            if scope != "PriorityClass", scope != "VolumeAttributesClass", scopes.contains(scope),
                requirement.operator != "Exists"
            {
                errors.append(
                    .invalid(
                        place.child("operator"), requirement.operator,
                        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
                            + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                            + "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity"))
            }
            errors += validateValues(requirement, at: place)
        }
        return errors
            + conflicts(
                Set(selector.matchExpressions.map(\.scopeName)), .array(spec.scopes.map(JSON.string)), at: place)
    }

    private static func validateValues(
        _ requirement: ScopedResourceSelectorRequirement, at place: FieldPath
    ) -> [FieldError] {
        switch requirement.operator {
        case "In", "NotIn":
            guard requirement.values.isEmpty else { return [] }
            return [
                .required(
                    place.child("values"),
                    "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")
            ]
        case "Exists", "DoesNotExist":
            guard !requirement.values.isEmpty else { return [] }
            return [
                .invalid(
                    place.child("values"), .array(requirement.values.map(JSON.string)),
                    "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector")
            ]
        default:
            return [.invalid(place.child("operator"), requirement.operator, "not a valid selector operator")]
        }
    }
}
