import Machinery

extension AuditPolicy {
    private static let shape: [String: ConfigurationDocument.Shape] = [
        "metadata": .value, "omitStages": .list(.value), "omitManagedFields": .value,
        "rules": .list(
            .object([
                "level": .value, "users": .list(.value), "userGroups": .list(.value), "verbs": .list(.value),
                "resources": .list(
                    .object(["group": .value, "resources": .list(.value), "resourceNames": .list(.value)])),
                "namespaces": .list(.value), "nonResourceURLs": .list(.value), "omitStages": .list(.value),
                "omitManagedFields": .value,
            ])),
    ]

    /// Reads the file of `--audit-policy-file`.
    package init(parsing bytes: [UInt8]) throws(ConfigurationDocument.Failure) {
        let document = try ConfigurationDocument(
            bytes, group: "audit.k8s.io", versions: ["v1"], kind: "Policy", shape: Self.shape)
        let rules = document.object.values("rules").compactMap(\.objectValue)
        guard !rules.isEmpty else { throw ConfigurationDocument.Failure("loaded illegal policy with 0 rules") }
        var errors = Self.checkStages(document.object, FieldPath("omitStages"))
        for (index, rule) in rules.enumerated() { errors += Self.check(rule, FieldPath("rules").index(index)) }
        if let failure = errors.configurationFailure { throw failure }
        self.init(
            rules: rules.map(AuditPolicyRule.init),
            omittedStages: Set(document.object.strings("omitStages").compactMap(AuditStage.init(rawValue:))),
            omitsManagedFields: document.object.bool("omitManagedFields") ?? false)
    }

    private static func check(_ rule: JSONObject, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let level = rule.string("level") ?? ""
        if level.isEmpty {
            errors.append(.required(path.child("level")))
        } else if AuditLevel(rawValue: level) == nil {
            errors.append(
                .notSupported(path.child("level"), level, supported: AuditLevel.allCases.map(\.rawValue)))
        }
        let paths = rule.strings("nonResourceURLs")
        for (index, text) in paths.enumerated() where text != "*" {
            let place = path.child("nonResourceURLs").index(index)
            if !text.hasPrefix("/") {
                errors.append(.invalid(place, text, "non-resource URL rules must begin with a '/' character"))
            }
            if text.dropLast().contains("*") {
                errors.append(
                    .invalid(place, text, "non-resource URL wildcards '*' must be the final character of the rule"))
            }
        }
        for resources in rule.values("resources").compactMap(\.objectValue) {
            errors += check(resources: resources, path.child("resources"))
        }
        errors += checkStages(rule, path.child("omitStages"))
        if !paths.isEmpty, !rule.values("resources").isEmpty || !rule.strings("namespaces").isEmpty {
            errors.append(
                .invalid(
                    path.child("nonResourceURLs"), .array(paths.map(JSON.string)),
                    "rules cannot apply to both regular resources and non-resource URLs"))
        }
        return errors
    }

    private static func check(resources: JSONObject, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let group = resources.string("group") ?? ""
        if !group.isEmpty, group != "*" {
            let problems = Names.dns1123Subdomain(group)
            if !problems.isEmpty {
                errors.append(.invalid(path.child("group"), group, problems.joined(separator: ",")))
            }
        }
        if !resources.strings("resourceNames").isEmpty, resources.strings("resources").isEmpty {
            errors.append(
                .invalid(
                    path.child("resourceNames"), .array(resources.values("resourceNames")),
                    "using resourceNames requires at least one resource"))
        }
        return errors
    }

    private static func checkStages(_ object: JSONObject, _ path: FieldPath) -> [FieldError] {
        let known = AuditStage.allCases.map(\.rawValue)
        return object.strings("omitStages").enumerated().filter { !known.contains($0.element) }.map {
            .invalid(path.index($0.offset), $0.element, "allowed stages are " + known.joined(separator: ","))
        }
    }
}
