import Machinery

/// Which requests are written down, and how much of them: `audit.k8s.io/v1` Policy, read once.
///
/// The first rule that matches decides; what none matches is not written down. Rules see the user who proved who they
/// are, not the one they act as.
package struct AuditPolicy: Sendable {
    /// What the policy says of one request.
    package struct Verdict: Hashable, Sendable {
        package let level: AuditLevel
        package let omittedStages: Set<AuditStage>
        package let omitsManagedFields: Bool
    }

    package let rules: [AuditPolicyRule]
    private let otherwise: Verdict

    package init(rules: [AuditPolicyRule], omittedStages: Set<AuditStage> = [], omitsManagedFields: Bool = false) {
        self.rules = rules.map { $0.inheriting(omittedStages, omitsManagedFields: omitsManagedFields) }
        otherwise = Verdict(level: .none, omittedStages: omittedStages, omitsManagedFields: omitsManagedFields)
    }

    /// - Parameter user: `nil` when the request's credentials were refused.
    package func verdict(_ info: RequestInfo, user: User?) -> Verdict {
        for rule in rules where rule.matches(info, user: user) {
            return Verdict(
                level: rule.level, omittedStages: rule.omittedStages,
                omitsManagedFields: rule.omitsManagedFields ?? otherwise.omitsManagedFields)
        }
        return otherwise
    }
}

/// One rule of an audit policy: every part that is given has to match.
package struct AuditPolicyRule: Sendable {
    struct Resources: Sendable {
        let group: String
        let resources: [String]
        let names: [String]

        func match(_ info: RequestInfo) -> Bool {
            guard group == "*" || group == info.apiGroup else { return false }
            if resources.isEmpty { return true }
            guard names.isEmpty || names.contains(info.name) else { return false }
            let whole = info.resourceAndSubresource
            return resources.contains { resource in
                if resource == "*" || resource == whole { return true }
                if resource.hasPrefix("*/"), !info.subresource.isEmpty {
                    return resource.dropFirst(2) == info.subresource
                }
                return resource.hasSuffix("/*") && resource.dropLast(2) == info.resource
            }
        }
    }

    let level: AuditLevel
    let users: [String]
    let groups: [String]
    let verbs: [String]
    let resources: [Resources]
    let namespaces: [String]
    let paths: [String]
    private(set) var omittedStages: Set<AuditStage>
    private(set) var omitsManagedFields: Bool?

    /// - Parameter rule: a `PolicyRule` that was found valid.
    init(_ rule: JSONObject) {
        level = AuditLevel(rawValue: rule.string("level") ?? "") ?? .none
        users = rule.strings("users")
        groups = rule.strings("userGroups")
        verbs = rule.strings("verbs")
        resources = rule.values("resources").compactMap(\.objectValue).map {
            Resources(
                group: $0.string("group") ?? "", resources: $0.strings("resources"), names: $0.strings("resourceNames"))
        }
        namespaces = rule.strings("namespaces")
        paths = rule.strings("nonResourceURLs")
        omittedStages = Set(rule.strings("omitStages").compactMap(AuditStage.init(rawValue:)))
        omitsManagedFields = rule.bool("omitManagedFields")
    }

    fileprivate func inheriting(_ stages: Set<AuditStage>, omitsManagedFields: Bool) -> AuditPolicyRule {
        var rule = self
        rule.omittedStages.formUnion(stages)
        rule.omitsManagedFields = rule.omitsManagedFields ?? omitsManagedFields
        return rule
    }

    func matches(_ info: RequestInfo, user: User?) -> Bool {
        if !users.isEmpty {
            guard let user, users.contains(user.name) else { return false }
        }
        if !groups.isEmpty {
            guard let user, user.groups.contains(where: groups.contains) else { return false }
        }
        guard verbs.isEmpty || verbs.contains(info.verb) else { return false }
        if !namespaces.isEmpty || !resources.isEmpty {
            guard info.isResourceRequest, namespaces.isEmpty || namespaces.contains(info.namespace) else {
                return false
            }
            return resources.isEmpty || resources.contains { $0.match(info) }
        }
        guard !paths.isEmpty else { return true }
        return !info.isResourceRequest
            && paths.contains { rule in
                rule == "*" || rule == info.path || (rule.hasSuffix("*") && info.path.hasPrefix(rule.dropLast()))
            }
    }
}
