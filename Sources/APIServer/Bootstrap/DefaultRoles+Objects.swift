import KubeAPI
import Machinery

extension DefaultRoles.Role {
    private static let defaultsLabel = "kubernetes.io/bootstrapping"
    private static let updateAnnotation = "rbac.authorization.kubernetes.io/autoupdate"

    package var object: ClusterRole {
        var role = ClusterRole(name: name)
        role.metadata.labels = [Self.defaultsLabel: "rbac-defaults"]
        role.metadata.annotations = [Self.updateAnnotation: "true"]
        for target in aggregatesTo { role.metadata.labels[Self.aggregationPrefix + target] = "true" }
        guard !aggregatesFrom.isEmpty else {
            role.rules = ownRules
            return role
        }
        var aggregation = AggregationRule()
        aggregation.clusterRoleSelectors = aggregatesFrom.map { source in
            var selector = LabelSelector()
            selector.matchLabels = [Self.aggregationPrefix + source: "true"]
            return selector
        }
        role.aggregationRule = aggregation
        // What the aggregation controller will find, so that the role is worth something before it runs.
        role.rules = Self.aggregated(from: aggregatesFrom)
        return role
    }

    private static let aggregationPrefix = "rbac.authorization.k8s.io/aggregate-to-"

    private var ownRules: [PolicyRule] { rules.split(separator: "\n").compactMap(Self.rule) }

    private static func aggregated(from sources: [String]) -> [PolicyRule] {
        var result: [PolicyRule] = []
        let parts = DefaultRoles.clusterRoles.filter { role in role.aggregatesTo.contains { sources.contains($0) } }
        for role in parts.sorted(by: { $0.name < $1.name }) {
            let rules = role.aggregatesFrom.isEmpty ? role.ownRules : aggregated(from: role.aggregatesFrom)
            for rule in rules where !result.contains(rule) { result.append(rule) }
        }
        return result
    }

    private static func rule(_ line: Substring) -> PolicyRule? {
        let parts = line.split(separator: "|").map { part in
            part.split(separator: ",").map { $0.filter { $0 != " " } }
        }
        guard parts.count >= 2 else { return nil }
        var rule = PolicyRule()
        rule.verbs = parts[0]
        if parts.count == 2 {
            rule.nonResourceURLs = parts[1].map { $0 == "*/" ? "*" : $0 }
            return rule
        }
        rule.apiGroups = parts[1].map { $0 == "core" ? "" : $0 }
        rule.resources = parts[2]
        if parts.count > 3 { rule.resourceNames = parts[3] }
        return rule
    }
}

extension DefaultRoles.Binding {
    package var object: ClusterRoleBinding {
        var binding = ClusterRoleBinding(name: name)
        binding.metadata.labels = ["kubernetes.io/bootstrapping": "rbac-defaults"]
        binding.metadata.annotations = ["rbac.authorization.kubernetes.io/autoupdate": "true"]
        binding.roleRef = RoleRef(
            json: [
                "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(role),
            ])
        let people =
            users.map { subject("User", $0, namespace: nil) } + groups.map { subject("Group", $0, namespace: nil) }
        binding.subjects = people + accounts.map { subject("ServiceAccount", $0.name, namespace: $0.namespace) }
        return binding
    }

    private func subject(_ kind: String, _ name: String, namespace: String?) -> Subject {
        var subject = Subject()
        subject.kind = kind
        subject.name = name
        subject.namespace = namespace
        if namespace == nil { subject.apiGroup = "rbac.authorization.k8s.io" }
        return subject
    }
}
