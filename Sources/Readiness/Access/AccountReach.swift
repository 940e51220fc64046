import KubeAPI

/// What RBAC lets a service account do beyond what a model server needs.
struct AccountReach {
    let picture: ReviewPicture
    let account: String

    /// A rule with where it comes from.
    private struct Grant {
        let rule: PolicyRule
        let source: String
    }

    /// What nobody should find in the account of a workload: one line each.
    var findings: [String] {
        grants.flatMap { grant in Self.reach(grant.rule).map { "\(account): \($0) (\(grant.source))" } }
    }

    private var grants: [Grant] {
        var grants: [Grant] = []
        for binding in picture.roleBindings where binding.subjects.contains(where: isMeant) {
            grants += rules(binding.roleRef, "rolebinding/\(binding.name)")
        }
        for binding in picture.clusterRoleBindings where binding.subjects.contains(where: isMeant) {
            grants += rules(binding.roleRef, "clusterrolebinding/\(binding.name)")
        }
        return grants
    }

    private func isMeant(_ subject: Subject) -> Bool {
        switch subject.kind {
        case "ServiceAccount": subject.name == account && (subject.namespace ?? picture.name) == picture.name
        case "User": subject.name == "system:serviceaccount:\(picture.name):\(account)"
        case "Group":
            ["system:serviceaccounts", "system:serviceaccounts:\(picture.name)", "system:authenticated"]
                .contains(subject.name)
        default: false
        }
    }

    private func rules(_ role: RoleRef, _ source: String) -> [Grant] {
        let rules =
            role.kind == "ClusterRole"
            ? picture.clusterRoles.first { $0.name == role.name }?.rules
            : picture.roles.first { $0.name == role.name }?.rules
        return (rules ?? []).map { Grant(rule: $0, source: source) }
    }

    private static func reach(_ rule: PolicyRule) -> [String] {
        guard !rule.resources.isEmpty else { return [] }
        let verbs = Set(rule.verbs)
        var found: [String] = []
        if verbs.contains("*") { found.append("may do anything with \(list(rule.resources))") }
        if rule.resources.contains("*") { found.append("may \(list(rule.verbs)) every resource") }
        guard found.isEmpty else { return found }
        func may(_ any: [String], _ resource: String, _ group: String) -> Bool {
            !verbs.isDisjoint(with: any) && rule.resources.contains(resource)
                && (rule.apiGroups.contains(group) || rule.apiGroups.contains("*"))
        }
        if rule.resourceNames.isEmpty, may(["get", "list", "watch"], "secrets", "") {
            found.append("may read all secrets")
        }
        if may(["create", "update", "patch"], "pods", "") { found.append("may make pods") }
        if may(["create"], "pods/exec", "") { found.append("may run commands in pods") }
        for workload in ["deployments", "statefulsets", "daemonsets"]
        where may(["create", "update", "patch"], workload, "apps") {
            found.append("may make pods by \(workload)")
        }
        if !verbs.isDisjoint(with: ["escalate", "bind", "impersonate"]) {
            found.append("may \(list(rule.verbs)) roles or users")
        }
        return found
    }

    private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
