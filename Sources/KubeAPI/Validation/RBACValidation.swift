import Machinery

/// Roles and their bindings.
package enum RBACValidation {
    private static let group = "rbac.authorization.k8s.io"

    package static func validate(_ role: Role) -> [FieldError] { validate(role.rules, isNamespaced: true) }
    package static func validate(_ role: ClusterRole) -> [FieldError] {
        var errors = validate(role.rules, isNamespaced: false)
        let selectors = FieldPath("aggregationRule").child("clusterRoleSelectors")
        if let rule = role.aggregationRule {
            if rule.clusterRoleSelectors.isEmpty {
                errors.append(
                    .required(selectors, "at least one clusterRoleSelector required if aggregationRule is non-nil"))
            }
            for (index, selector) in rule.clusterRoleSelectors.enumerated() {
                errors += Selector.validate(labelSelector: selector.json, at: selectors.index(index))
            }
        }
        return errors
    }

    private static func validate(_ rules: [PolicyRule], isNamespaced: Bool) -> [FieldError] {
        rules.enumerated().flatMap { validate($0.element, at: FieldPath("rules").index($0.offset), isNamespaced) }
    }

    private static func validate(_ rule: PolicyRule, at path: FieldPath, _ isNamespaced: Bool) -> [FieldError] {
        var errors: [FieldError] = []
        if rule.verbs.isEmpty { errors.append(.required(path.child("verbs"), "verbs must contain at least one value")) }
        if !rule.nonResourceURLs.isEmpty {
            if isNamespaced {
                errors.append(
                    .invalid(
                        path.child("nonResourceURLs"), .array(rule.nonResourceURLs.map(JSON.string)),
                        "namespaced rules cannot apply to non-resource URLs"))
            }
            if !rule.apiGroups.isEmpty || !rule.resources.isEmpty || !rule.resourceNames.isEmpty {
                errors.append(
                    .invalid(
                        path.child("nonResourceURLs"), .array(rule.nonResourceURLs.map(JSON.string)),
                        "rules cannot apply to both regular resources and non-resource URLs"))
            }
            return errors
        }
        if rule.apiGroups.isEmpty {
            errors.append(.required(path.child("apiGroups"), "resource rules must supply at least one api group"))
        }
        if rule.resources.isEmpty {
            errors.append(.required(path.child("resources"), "resource rules must supply at least one resource"))
        }
        return errors
    }

    package static func validate(_ binding: RoleBinding) -> [FieldError] {
        validate(binding.roleRef, kinds: ["Role", "ClusterRole"])
            + validate(binding.subjects, isNamespaced: true)
    }

    package static func validate(_ binding: ClusterRoleBinding) -> [FieldError] {
        validate(binding.roleRef, kinds: ["ClusterRole"]) + validate(binding.subjects, isNamespaced: false)
    }

    package static func validateRoleKept(_ role: JSON?, from old: JSON?) -> [FieldError] {
        role == old ? [] : [.invalid(FieldPath("roleRef"), role ?? .null, "cannot change roleRef")]
    }

    private static func validate(_ role: RoleRef, kinds: [String]) -> [FieldError] {
        let path = FieldPath("roleRef")
        var errors: [FieldError] = []
        if let given = role.apiGroup, given != group {
            errors.append(.notSupported(path.child("apiGroup"), given, supported: [group]))
        }
        if !kinds.contains(role.kind) {
            errors.append(.notSupported(path.child("kind"), role.kind, supported: kinds))
        }
        return errors + Check.name(role.name, at: path.child("name"), Names.pathSegment)
    }

    private static func validate(_ subjects: [Subject], isNamespaced: Bool) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, subject) in subjects.enumerated() {
            let path = FieldPath("subjects").index(index)
            if subject.name.isEmpty { errors.append(.required(path.child("name"))) }
            let given = subject.apiGroup ?? ""
            switch subject.kind {
            case "ServiceAccount":
                if !subject.name.isEmpty {
                    errors += Names.dns1123Subdomain(subject.name).map {
                        .invalid(path.child("name"), subject.name, $0)
                    }
                }
                if !given.isEmpty { errors.append(.notSupported(path.child("apiGroup"), given, supported: [""])) }
                if !isNamespaced, (subject.namespace ?? "").isEmpty {
                    errors.append(.required(path.child("namespace")))
                }
            case "User", "Group":
                if given != group { errors.append(.notSupported(path.child("apiGroup"), given, supported: [group])) }
            default:
                errors.append(
                    .notSupported(
                        path.child("kind"), subject.kind, supported: ["ServiceAccount", "User", "Group"]))
            }
        }
        return errors
    }
}
