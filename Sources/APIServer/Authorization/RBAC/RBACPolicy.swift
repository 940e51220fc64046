import KubeAPI
import Machinery

/// The roles and bindings of the cluster, as they were last seen.
package struct RBACPolicy: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case role = "roles.rbac.authorization.k8s.io"
        case clusterRole = "clusterroles.rbac.authorization.k8s.io"
        case roleBinding = "rolebindings.rbac.authorization.k8s.io"
        case clusterRoleBinding = "clusterrolebindings.rbac.authorization.k8s.io"
    }

    var roles: [ObjectKey: [PolicyRule]] = [:]
    var clusterRoles: [String: [PolicyRule]] = [:]
    var roleBindings: [ObjectKey: RoleBinding] = [:]
    var clusterRoleBindings: [String: ClusterRoleBinding] = [:]

    mutating func update(_ kind: Kind, _ key: ObjectKey, _ object: JSONObject?) {
        switch kind {
        case .role: roles[key] = object.map { Role(json: $0).rules }
        case .clusterRole: clusterRoles[key.name] = object.map { ClusterRole(json: $0).rules }
        case .roleBinding: roleBindings[key] = object.map(RoleBinding.init(json:))
        case .clusterRoleBinding: clusterRoleBindings[key.name] = object.map(ClusterRoleBinding.init(json:))
        }
    }

    func rules(of reference: RoleRef, namespace: String) -> [PolicyRule]? {
        switch reference.kind {
        case "ClusterRole": clusterRoles[reference.name]
        case "Role": roles[ObjectKey(namespace: namespace, name: reference.name)]
        default: nil
        }
    }
}

/// A policy rule with its members at hand.
struct RBACRule: Sendable, Hashable {
    let verbs: [String]
    let groups: [String]
    let resources: [String]
    let names: [String]
    let paths: [String]

    init(verbs: [String], groups: [String], resources: [String], names: [String], paths: [String]) {
        self.verbs = verbs
        self.groups = groups
        self.resources = resources
        self.names = names
        self.paths = paths
    }

    init(_ rule: PolicyRule) {
        self.init(
            verbs: rule.verbs, groups: rule.apiGroups, resources: rule.resources, names: rule.resourceNames,
            paths: rule.nonResourceURLs)
    }

    func allows(_ attributes: AccessAttributes) -> Bool {
        guard verbs.contains(where: { $0 == "*" || $0 == attributes.verb }) else { return false }
        guard attributes.isResourceRequest else { return paths.contains { Self.path($0, covers: attributes.path) } }
        return groups.contains { $0 == "*" || $0 == attributes.group }
            && allowsResource(attributes.resource, attributes.subresource)
            && (names.isEmpty || names.contains(attributes.name))
    }

    private func allowsResource(_ resource: String, _ subresource: String) -> Bool {
        resources.contains { rule in
            if rule == "*" { return true }
            if subresource.isEmpty { return rule == resource }
            return rule == "\(resource)/\(subresource)" || rule == "*/\(subresource)"
        }
    }

    private static func path(_ rule: String, covers path: String) -> Bool {
        rule == "*" || rule == path || (rule.hasSuffix("*") && path.hasPrefix(rule.dropLast()))
    }

    /// The rule as rules of one verb, group, resource, name or path each.
    var atoms: [RBACRule] {
        var result: [RBACRule] = []
        for verb in verbs {
            result += paths.map { RBACRule(verbs: [verb], groups: [], resources: [], names: [], paths: [$0]) }
            for group in groups {
                for resource in resources {
                    let each = names.isEmpty ? [[]] : names.map { [$0] }
                    result += each.map {
                        RBACRule(verbs: [verb], groups: [group], resources: [resource], names: $0, paths: [])
                    }
                }
            }
        }
        return result
    }

    /// Whether this rule allows all that an atom allows.
    func covers(_ atom: RBACRule) -> Bool {
        guard atom.verbs.allSatisfy({ verb in verbs.contains { $0 == "*" || $0 == verb } }) else { return false }
        if let path = atom.paths.first { return paths.contains { Self.path($0, covers: path) } }
        return atom.groups.allSatisfy { group in groups.contains { $0 == "*" || $0 == group } }
            && atom.resources.allSatisfy { resource in
                resources.contains { rule in
                    rule == "*" || rule == resource
                        || (rule.hasPrefix("*/") && resource.contains("/")
                            && resource.split(separator: "/").last.map(String.init) == String(rule.dropFirst(2)))
                }
            } && (names.isEmpty || (!atom.names.isEmpty && atom.names.allSatisfy(names.contains)))
    }
}

/// The policy by subject.
struct RBACIndex: Sendable {
    struct Grant: Sendable {
        /// `nil` for everywhere.
        let namespace: String?
        let rules: [RBACRule]
        private(set) var reason: String

        fileprivate func given(to kind: String, _ name: String) -> Grant {
            var grant = self
            grant.reason += " to \(kind) \(GoQuote.quote(name))"
            return grant
        }
    }

    private var users: [String: [Grant]] = [:]
    private var groups: [String: [Grant]] = [:]

    init(_ policy: RBACPolicy) {
        for binding in policy.clusterRoleBindings.values {
            guard let rules = policy.rules(of: binding.roleRef, namespace: "") else { continue }
            let grant = Grant(
                namespace: nil, rules: rules.map(RBACRule.init),
                reason:
                    "RBAC: allowed by ClusterRoleBinding \"\(binding.name)\" of \(binding.roleRef.kind) "
                    + "\"\(binding.roleRef.name)\"")
            binding.subjects.forEach { add(grant, to: $0, namespace: "") }
        }
        for binding in policy.roleBindings.values {
            guard let rules = policy.rules(of: binding.roleRef, namespace: binding.namespace) else { continue }
            let grant = Grant(
                namespace: binding.namespace, rules: rules.map(RBACRule.init),
                reason:
                    "RBAC: allowed by RoleBinding \"\(binding.name)/\(binding.namespace)\" of \(binding.roleRef.kind) "
                    + "\"\(binding.roleRef.name)\"")
            binding.subjects.forEach { add(grant, to: $0, namespace: binding.namespace) }
        }
    }

    private mutating func add(_ grant: Grant, to subject: Subject, namespace: String) {
        switch subject.kind {
        case "User":
            users[subject.name, default: []].append(grant.given(to: "User", subject.name))
        case "Group":
            groups[subject.name, default: []].append(grant.given(to: "Group", subject.name))
        case "ServiceAccount":
            let place = subject.namespace ?? namespace
            let account = ServiceAccountName(namespace: place, name: subject.name)
            users[account.userName, default: []].append(
                grant.given(to: "ServiceAccount", "\(subject.name)/\(place)"))
        default:
            return
        }
    }

    func grants(to user: User, in namespace: String) -> [Grant] {
        var result: [Grant] = []
        func take(_ grants: [Grant]?) {
            for grant in grants ?? [] where grant.namespace == nil || grant.namespace == namespace {
                result.append(grant)
            }
        }
        take(users[user.name])
        for group in user.groups { take(groups[group]) }
        return result
    }
}
