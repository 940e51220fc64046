import Machinery

/// Lets one group do everything: the way back in when other authorizers let nobody.
struct PrivilegedGroupAuthorizer: Authorizer {
    let group: String

    func authorize(_ attributes: AccessAttributes) async -> AccessDecision {
        attributes.user.groups.contains(group) ? .allow(reason: "") : .noOpinion(reason: "")
    }

    func rules(for user: User, namespace: String) -> AccessRules {
        user.groups.contains(group) ? .everything : AccessRules()
    }
}

/// `AlwaysAllow` and `AlwaysDeny`.
enum FixedAuthorizer: Authorizer {
    case allows
    case denies

    func authorize(_ attributes: AccessAttributes) async -> AccessDecision {
        switch self {
        case .allows: .allow(reason: "")
        case .denies: .noOpinion(reason: "Everything is forbidden.")
        }
    }

    func rules(for user: User, namespace: String) -> AccessRules {
        switch self {
        case .allows: .everything
        case .denies: AccessRules()
        }
    }
}

extension AccessRules {
    static var everything: AccessRules {
        var rules = AccessRules()
        rules.resourceRules = [ResourceRule(verbs: ["*"], apiGroups: ["*"], resources: ["*"])]
        rules.nonResourceRules = [NonResourceRule(verbs: ["*"], paths: ["*"])]
        return rules
    }
}
