/// Allows what a line of a policy file allows (`--authorization-mode ABAC`). The file is read at the start.
struct AttributeAuthorizer: Authorizer {
    let policies: [AttributePolicy]

    func authorize(_ attributes: AccessAttributes) async -> AccessDecision {
        policies.contains { $0.allows(attributes) }
            ? .allow(reason: "") : .noOpinion(reason: "No policy matched.")
    }

    func rules(for user: User, namespace: String) -> AccessRules {
        var rules = AccessRules()
        for policy in policies where policy.isFor(user) && ["*", namespace].contains(policy.namespace) {
            let verbs = policy.isReadOnly ? ["get", "list", "watch"] : ["*"]
            if !policy.resource.isEmpty {
                rules.resourceRules.append(
                    .init(verbs: verbs, apiGroups: [policy.apiGroup], resources: [policy.resource]))
            }
            if !policy.path.isEmpty { rules.nonResourceRules.append(.init(verbs: verbs, paths: [policy.path])) }
        }
        return rules
    }
}
