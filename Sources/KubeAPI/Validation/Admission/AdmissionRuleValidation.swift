import Machinery

/// Which requests webhooks and policies are about.
enum AdmissionRuleValidation {
    private static let operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]
    /// What is deleted cannot be changed.
    static let mutatingOperations = ["*", "CONNECT", "CREATE", "UPDATE"]

    static func validate(_ rule: RuleWithOperations, at path: FieldPath) -> [FieldError] {
        let place = path.child("operations")
        var errors: [FieldError] = rule.operations.isEmpty ? [.required(place)] : []
        errors += alone(rule.operations, "operations", at: place)
        for (index, operation) in rule.operations.enumerated() {
            errors += Check.supported(operation, operations, at: place.index(index))
        }
        if rule.apiGroups.isEmpty { errors.append(.required(path.child("apiGroups"))) }
        errors += alone(rule.apiGroups, "API groups", at: path.child("apiGroups"))
        let versions = path.child("apiVersions")
        if rule.apiVersions.isEmpty { errors.append(.required(versions)) }
        errors += alone(rule.apiVersions, "API versions", at: versions)
        for (index, version) in rule.apiVersions.enumerated() where version.isEmpty {
            errors.append(.required(versions.index(index)))
        }
        errors += validate(resources: rule.resources, at: path.child("resources"))
        if let scope = rule.scope {
            errors += Check.supported(scope, ["*", "Cluster", "Namespaced"], at: path.child("scope"))
        }
        return errors
    }

    private static func alone(_ values: [String], _ others: String, at path: FieldPath) -> [FieldError] {
        guard values.count > 1, values.contains("*") else { return [] }
        return [
            .invalid(
                path, .array(values.map(JSON.string)), "if '*' is present, must not specify other \(others)")
        ]
    }

    /// Forms: `x`, `x/y`, `x/*`, `*/y`, `*/*`, `*`.
    private static func validate(resources: [String], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = resources.isEmpty ? [.required(path)] : []
        var wholeResources: Set<String> = []
        var wholeSubresources: Set<String> = []
        var hasPlain = false
        for (index, text) in resources.enumerated() {
            let place = path.index(index)
            if text.isEmpty {
                errors.append(.required(place))
                continue
            }
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else {
                hasPlain = text != "*"
                continue
            }
            let (resource, subresource) = (parts[0], parts[1])
            if wholeResources.contains(resource) {
                errors.append(
                    .invalid(place, text, "if '\(resource)/*' is present, must not specify \(text)"))
            }
            if wholeSubresources.contains(subresource) {
                errors.append(
                    .invalid(place, text, "if '*/\(subresource)' is present, must not specify \(text)"))
            }
            if subresource == "*" { wholeResources.insert(resource) }
            if resource == "*" { wholeSubresources.insert(subresource) }
        }
        let value = JSON.array(resources.map(JSON.string))
        if resources.count > 1, resources.contains("*/*") {
            errors.append(.invalid(path, value, "if '*/*' is present, must not specify other resources"))
        }
        if resources.contains("*"), hasPlain {
            errors.append(
                .invalid(
                    path, value, "if '*' is present, must not specify other resources without subresources"))
        }
        return errors
    }

    static func validate(_ match: MatchResources, at path: FieldPath) -> [FieldError] {
        var errors = Check.oneOf(match.matchPolicy, ["Equivalent", "Exact"], at: path.child("matchPolicy"))
        for key in ["namespaceSelector", "objectSelector"] {
            guard let selector = match.json[key]?.objectValue else {
                errors.append(.required(path.child(key)))
                continue
            }
            errors += Selector.validate(labelSelector: selector, at: path.child(key))
        }
        for (key, rules) in [
            ("resourceRules", match.resourceRules), ("excludeResourceRules", match.excludeResourceRules),
        ] {
            for (index, rule) in rules.enumerated() { errors += validate(rule, at: path.child(key).index(index)) }
        }
        return errors
    }

    private static func validate(_ rule: NamedRuleWithOperations, at path: FieldPath) -> [FieldError] {
        let place = path.child("resourceNames")
        var errors: [FieldError] = []
        for (index, name) in rule.resourceNames.enumerated() {
            errors += Names.pathSegment(name).map { .invalid(place.index(index), name, $0) }
        }
        errors += Check.unique(rule.resourceNames, at: place)
        return errors + validate(RuleWithOperations(json: rule.json), at: path)
    }

    /// Rules of policies that change objects.
    static func validate(mutating match: MatchResources, at path: FieldPath) -> [FieldError] {
        match.resourceRules.flatMap(\.operations).flatMap {
            Check.supported($0, mutatingOperations, at: path.child("resourceRules", "operations"))
        }
    }
}
