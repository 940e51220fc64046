import Machinery

/// Which requests belong to which priority level (KEP-1040).
package enum FlowSchemaValidation {
    private static let spec = FieldPath("spec")
    private static let highestPrecedence: Int32 = 10000
    private static let verbs = [
        "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch",
    ]

    package static func validate(_ schema: FlowSchema) -> [FieldError] {
        var errors = validate(schema.spec, name: schema.name)
        if let fixed = FlowControlDefaults.mandatorySchemas.first(where: { $0.name == schema.name }),
            fixed.spec != schema.spec
        {
            errors.append(
                .invalid(spec, .object(schema.spec.json), "spec of '\(schema.name)' must equal the fixed value"))
        }
        return errors + validateStatus(schema)
    }

    package static func validateStatus(_ schema: FlowSchema) -> [FieldError] {
        validate(conditions: schema.status.conditions.map { $0.type ?? "" })
    }

    static func validate(conditions types: [String]) -> [FieldError] {
        let path = FieldPath("status").child("conditions")
        return Check.unique(types, at: path, key: "type")
            + types.enumerated().filter { $0.element.isEmpty }.map { .required(path.index($0.offset).child("type")) }
    }

    private static func validate(_ given: FlowSchemaSpec, name: String) -> [FieldError] {
        var errors: [FieldError] = []
        let precedence = given.matchingPrecedence ?? 0
        let place = spec.child("matchingPrecedence")
        if precedence <= 0 { errors.append(.invalid(place, precedence, "must be a positive value")) }
        if precedence > highestPrecedence {
            errors.append(.invalid(place, precedence, "must not be greater than \(highestPrecedence)"))
        }
        if precedence == 1, name != "exempt" {
            errors.append(
                .invalid(place, precedence, "only the schema named 'exempt' may have matchingPrecedence 1"))
        }
        if let method = given.distinguisherMethod {
            errors += Check.supported(
                method.type, ["ByNamespace", "ByUser"], at: spec.child("distinguisherMethod", "type"))
        }
        let level = given.priorityLevelConfiguration.name
        let reference = spec.child("priorityLevelConfiguration", "name")
        if level.isEmpty {
            errors.append(.required(reference, "must reference a priority level"))
        } else {
            errors += Names.dns1123Subdomain(level).map { .invalid(reference, level, $0) }
        }
        for (index, rule) in given.rules.enumerated() { errors += validate(rule, at: spec.child("rules").index(index)) }
        return errors
    }

    private static func validate(_ rule: PolicyRulesWithSubjects, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if rule.subjects.isEmpty {
            errors.append(.required(path.child("subjects"), "subjects must contain at least one value"))
        }
        for (index, subject) in rule.subjects.enumerated() {
            errors += validate(subject, at: path.child("subjects").index(index))
        }
        if rule.resourceRules.isEmpty, rule.nonResourceRules.isEmpty {
            errors.append(.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty"))
        }
        for (index, rule) in rule.resourceRules.enumerated() {
            errors += validate(rule, at: path.child("resourceRules").index(index))
        }
        for (index, rule) in rule.nonResourceRules.enumerated() {
            errors += validate(rule, at: path.child("nonResourceRules").index(index))
        }
        return errors
    }

    private static func validate(_ subject: FlowcontrolSubject, at path: FieldPath) -> [FieldError] {
        let members = ["ServiceAccount": "serviceAccount", "User": "user", "Group": "group"]
        guard let own = members[subject.kind] else {
            return [.notSupported(path.child("kind"), subject.kind, supported: ["Group", "ServiceAccount", "User"])]
        }
        var errors: [FieldError] = []
        if let given = subject.json[own] {
            errors += validate(given, isAccount: own == "serviceAccount", at: path.child(own))
        } else {
            errors.append(.required(path.child(own), "\(own) is required when subject kind is '\(subject.kind)'"))
        }
        for (kind, member) in members.sorted(by: { $0.key > $1.key })
        where member != own && subject.json[member] != nil {
            errors.append(
                .forbidden(path.child(member), "\(member) is forbidden when subject kind is not '\(kind)'"))
        }
        return errors
    }

    private static func validate(_ given: JSON, isAccount: Bool, at path: FieldPath) -> [FieldError] {
        let name = given["name"]?.stringValue ?? ""
        var errors: [FieldError] = name.isEmpty ? [.required(path.child("name"))] : []
        guard isAccount else { return errors }
        if !name.isEmpty, name != "*" {
            errors += Names.dns1123Subdomain(name).map { .invalid(path.child("name"), name, $0) }
        }
        let namespace = given["namespace"]?.stringValue ?? ""
        if namespace.isEmpty {
            errors.append(.required(path.child("namespace"), "must specify namespace for service account"))
        } else {
            errors += Names.dns1123Label(namespace).map { .invalid(path.child("namespace"), namespace, $0) }
        }
        return errors
    }

    /// At least one value, and `*` only alone.
    private static func alone(
        _ values: [String], missing: String, others: String, at path: FieldPath
    ) -> [FieldError] {
        if values.isEmpty { return [.required(path, missing)] }
        guard values.contains("*"), values.count > 1 else { return [] }
        return [
            .invalid(
                path, .array(values.map(JSON.string)), "if '*' is present, must not specify other \(others)")
        ]
    }

    private static func validate(verbs given: [String], at path: FieldPath) -> [FieldError] {
        let errors = alone(given, missing: "verbs must contain at least one value", others: "verbs", at: path)
        guard errors.isEmpty, !given.contains("*"), !given.allSatisfy(verbs.contains) else { return errors }
        return [
            FieldError(
                .notSupported, field: path.description, value: .array(given.map(JSON.string)),
                detail: "supported values: " + verbs.map(GoQuote.quote).joined(separator: ", "))
        ]
    }

    private static func validate(_ rule: NonResourcePolicyRule, at path: FieldPath) -> [FieldError] {
        let place = path.child("nonResourceURLs")
        var errors = validate(verbs: rule.verbs, at: path.child("verbs"))
        errors += alone(
            rule.nonResourceURLs, missing: "nonResourceURLs must contain at least one value",
            others: "non-resource URLs", at: place)
        guard !rule.nonResourceURLs.contains("*") else { return errors }
        for (index, url) in rule.nonResourceURLs.enumerated() {
            guard let problem = problem(url: url) else { continue }
            errors.append(.invalid(place.index(index), url, problem))
        }
        return errors
    }

    private static func problem(url: String) -> String? {
        if url.isEmpty { return "must not be empty" }
        if url == "/" { return nil }
        if !url.hasPrefix("/") { return "must start with slash" }
        if url.contains(" ") { return "must not contain white-space" }
        let bytes = Array(url.utf8)
        let slash = UInt8(ascii: "/")
        if zip(bytes, bytes.dropFirst()).contains(where: { $0 == slash && $1 == slash }) {
            return "must not contain double slash"
        }
        let stars = bytes.count { $0 == UInt8(ascii: "*") }
        return stars > 1 || stars == 1 && !url.hasSuffix("/*") ? "wildcard can only do suffix matching" : nil
    }

    private static func validate(_ rule: ResourcePolicyRule, at path: FieldPath) -> [FieldError] {
        var errors = validate(verbs: rule.verbs, at: path.child("verbs"))
        errors += alone(
            rule.apiGroups, missing: "resource rules must supply at least one api group", others: "api groups",
            at: path.child("apiGroups"))
        errors += alone(
            rule.resources, missing: "resource rules must supply at least one resource", others: "resources",
            at: path.child("resources"))
        let place = path.child("namespaces")
        if !rule.namespaces.isEmpty || rule.clusterScope != true {
            errors += alone(
                rule.namespaces,
                missing: "resource rules that are not cluster scoped must supply at least one namespace",
                others: "namespaces", at: place)
        }
        guard !rule.namespaces.contains("*") else { return errors }
        for (index, namespace) in rule.namespaces.enumerated() {
            errors += Names.dns1123Label(namespace).map {
                .invalid(
                    place.index(index), namespace,
                    "each member of this list must be '*' or a DNS-1123 label; \($0)")
            }
        }
        return errors
    }
}
