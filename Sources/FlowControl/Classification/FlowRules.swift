import KubeAPI

/// Names of a rule, or all names.
///
/// The wildcard counts only when it stands alone, which validation sees to.
struct NameMatch: Sendable {
    private let matchesAll: Bool
    private let names: [String]

    init(_ names: [String]) {
        self.names = names
        matchesAll = names == ["*"]
    }

    func contains(_ name: String) -> Bool { matchesAll || names.contains(name) }
}

/// Whom a flow schema's rule is about.
enum FlowSubject: Sendable {
    case user(String)
    case everyUser
    case group(String)
    case everyGroup
    case serviceAccount(String)
    /// All accounts of a namespace: the beginning of their user names.
    case serviceAccounts(prefix: String)

    private static let accountPrefix = "system:serviceaccount:"

    /// `nil` when the subject names nobody.
    init?(_ subject: FlowcontrolSubject) {
        switch subject.kind {
        case "User":
            guard let name = subject.user?.name else { return nil }
            self = name == "*" ? .everyUser : .user(name)
        case "Group":
            guard let name = subject.group?.name else { return nil }
            self = name == "*" ? .everyGroup : .group(name)
        case "ServiceAccount":
            guard let account = subject.serviceAccount else { return nil }
            let prefix = "\(Self.accountPrefix)\(account.namespace):"
            self = account.name == "*" ? .serviceAccounts(prefix: prefix) : .serviceAccount(prefix + account.name)
        default:
            return nil
        }
    }

    func matches(_ user: FlowUser) -> Bool {
        switch self {
        case .user(let name), .serviceAccount(let name): user.name == name
        case .everyUser, .everyGroup: true
        case .group(let name): user.groups.contains(name)
        case .serviceAccounts(let prefix): user.name.hasPrefix(prefix)
        }
    }
}

struct FlowResourceRule: Sendable {
    private let verbs: NameMatch
    private let groups: NameMatch
    private let resources: NameMatch
    private let namespaces: NameMatch
    private let coversClusterScope: Bool

    init(_ rule: ResourcePolicyRule) {
        verbs = NameMatch(rule.verbs)
        groups = NameMatch(rule.apiGroups)
        resources = NameMatch(rule.resources)
        namespaces = NameMatch(rule.namespaces)
        coversClusterScope = rule.clusterScope ?? false
    }

    func matches(_ request: FlowRequest) -> Bool {
        guard verbs.contains(request.verb), resources.contains(request.resource), groups.contains(request.apiGroup)
        else { return false }
        return request.namespace.isEmpty ? coversClusterScope : namespaces.contains(request.namespace)
    }
}

struct FlowPathRule: Sendable {
    private let verbs: NameMatch
    private let matchesAll: Bool
    private let paths: Set<String>
    /// Paths below these match as well; each ends with a slash.
    private let prefixes: [String]

    init(_ rule: NonResourcePolicyRule) {
        verbs = NameMatch(rule.verbs)
        matchesAll = rule.nonResourceURLs.contains("*")
        paths = Set(rule.nonResourceURLs)
        prefixes = rule.nonResourceURLs.map { url in
            let prefix = url.hasSuffix("*") ? String(url.dropLast()) : url
            return prefix.hasSuffix("/") ? prefix : prefix + "/"
        }
    }

    func matches(_ request: FlowRequest) -> Bool {
        guard verbs.contains(request.verb) else { return false }
        return matchesAll || paths.contains(request.path) || prefixes.contains { request.path.hasPrefix($0) }
    }
}

/// One rule of a flow schema: subjects, and what of theirs it takes.
struct FlowRule: Sendable {
    private let subjects: [FlowSubject]
    private let resources: [FlowResourceRule]
    private let paths: [FlowPathRule]

    init(_ rule: PolicyRulesWithSubjects) {
        subjects = rule.subjects.compactMap(FlowSubject.init)
        resources = rule.resourceRules.map(FlowResourceRule.init)
        paths = rule.nonResourceRules.map(FlowPathRule.init)
    }

    func concerns(_ user: FlowUser) -> Bool { subjects.contains { $0.matches(user) } }

    /// Whether the request is one of the rule's, given that its user is.
    func matches(_ request: FlowRequest) -> Bool {
        request.isResourceRequest
            ? resources.contains { $0.matches(request) } : paths.contains { $0.matches(request) }
    }
}
