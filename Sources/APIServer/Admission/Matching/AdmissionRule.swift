import Machinery

/// One rule of a webhook or policy, read once: operations, groups, versions, resources with their subresources, scope,
/// and for policies names.
///
/// Source: k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules.
struct AdmissionRule: Sendable {
    private enum Names: Sendable {
        case all
        case only([String])

        init(_ names: [String]) { self = names.contains("*") ? .all : .only(names) }

        func contain(_ name: String) -> Bool {
            switch self {
            case .all: true
            case .only(let names): names.contains(name)
            }
        }
    }

    private enum Scope: Sendable {
        case all
        case cluster
        case namespaced
    }

    private let operations: Names
    private let groups: Names
    private let versions: Names
    /// `nil` stands for all: `pods/*`, `*/status`.
    private let resources: [(resource: String?, subresource: String?)]
    private let scope: Scope
    /// Empty: objects of every name.
    private let names: [String]

    /// - Parameter rule: `RuleWithOperations` or `NamedRuleWithOperations`.
    init(_ rule: JSONObject) {
        operations = Names(rule.strings("operations"))
        groups = Names(rule.strings("apiGroups"))
        versions = Names(rule.strings("apiVersions"))
        resources = rule.strings("resources").map { text in
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let subresource = parts.count == 2 ? parts[1] : ""
            return (parts[0] == "*" ? nil : parts[0], subresource == "*" ? nil : subresource)
        }
        switch rule.string("scope") {
        case "Cluster": scope = .cluster
        case "Namespaced": scope = .namespaced
        default: scope = .all
        }
        names = rule.strings("resourceNames")
    }

    func matches(_ target: AdmissionTarget) -> Bool {
        operations.contain(target.operation.rawValue) && resourceMatches(target)
            && groups.contain(target.resource.group)
            && versions.contain(target.resource.version) && scopeMatches(target)
            && (names.isEmpty || names.contains(target.name))
    }

    private func resourceMatches(_ target: AdmissionTarget) -> Bool {
        resources.contains { entry in
            (entry.resource ?? target.resource.resource) == target.resource.resource
                && (entry.subresource ?? target.subresource) == target.subresource
        }
    }

    private func scopeMatches(_ target: AdmissionTarget) -> Bool {
        switch scope {
        case .all: true
        // A Namespace is no namespaced object, although its requests name a namespace.
        case .namespaced: !target.isNamespaceItself && !target.namespace.isEmpty
        case .cluster: target.isNamespaceItself || target.namespace.isEmpty
        }
    }
}
