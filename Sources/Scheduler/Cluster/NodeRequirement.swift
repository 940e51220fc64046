import KubeAPI
import Machinery

/// A term of a node selector: all of its expressions and fields must hold; a term without any never does.
package struct NodeTerm: Hashable, Sendable {
    package struct Expression: Hashable, Sendable {
        let key: String
        let operation: String
        let values: [String]

        init(_ requirement: NodeSelectorRequirement) {
            key = requirement.key
            operation = requirement.operator
            values = requirement.values
        }

        func matches(_ value: String?) -> Bool {
            switch operation {
            case "In": return value.map(values.contains) ?? false
            case "NotIn": return !(value.map(values.contains) ?? false)
            case "Exists": return value != nil
            case "DoesNotExist": return value == nil
            case "Gt", "Lt":
                guard let actual = value.flatMap({ Int64($0) }), let bound = values.first.flatMap({ Int64($0) })
                else { return false }
                return operation == "Gt" ? actual > bound : actual < bound
            default: return false
            }
        }
    }

    let expressions: [Expression]
    let fields: [Expression]

    package init(_ term: NodeSelectorTerm) {
        expressions = term.matchExpressions.map(Expression.init)
        fields = term.matchFields.map(Expression.init)
    }

    package func matches(name: String, labels: [String: String]) -> Bool {
        guard !expressions.isEmpty || !fields.isEmpty else { return false }
        return expressions.allSatisfy { $0.matches(labels[$0.key]) }
            && fields.allSatisfy { $0.key == "metadata.name" && $0.matches(name) }
    }

    /// The only names that the term lets pass, where it names any.
    var names: Set<String>? {
        var result: Set<String>?
        for field in fields where field.key == "metadata.name" && field.operation == "In" {
            let values = Set(field.values)
            result = result.map { $0.intersection(values) } ?? values
        }
        return result
    }
}

/// What a pod demands of its node's labels and name: its node selector and its required terms, one of which must hold.
package struct NodeRequirement: Hashable, Sendable {
    package struct Preference: Hashable, Sendable {
        let weight: Int64
        let term: NodeTerm
    }

    package let selector: [String: String]
    package let required: [NodeTerm]?
    package let preferred: [Preference]

    package init(selector: [String: String] = [:], affinity: NodeAffinity?) {
        self.selector = selector
        required = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.map { NodeTerm($0) }
        preferred = (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map {
            Preference(weight: Int64($0.weight), term: NodeTerm($0.preference))
        }
    }

    package var isEmpty: Bool { selector.isEmpty && required == nil }

    package func matches(name: String, labels: [String: String]) -> Bool {
        guard selector.allSatisfy({ labels[$0.key] == $0.value }) else { return false }
        guard let required else { return true }
        return required.contains { $0.matches(name: name, labels: labels) }
    }
}

/// The same, compiled against the cluster's label columns: a check is a look into an array.
package struct CompiledNodeTerm: Sendable {
    private enum Check: Sendable {
        case isOneOf(column: Int, [Int32])
        case isNoneOf(column: Int, [Int32])
        /// By number of the value.
        case table(column: Int, [Bool])
    }

    private var checks: [Check] = []
    private let fields: [NodeTerm.Expression]
    private let isEmpty: Bool

    init(_ term: NodeTerm, _ cluster: inout ClusterState) {
        fields = term.fields
        isEmpty = term.expressions.isEmpty && term.fields.isEmpty
        for expression in term.expressions { add(expression, &cluster) }
    }

    init(selector: [String: String], _ cluster: inout ClusterState) {
        fields = []
        isEmpty = false
        for (key, value) in selector {
            let column = cluster.column(key)
            checks.append(.isOneOf(column: column, cluster.labels[column].id(of: value).map { [$0] } ?? []))
        }
    }

    private mutating func add(_ expression: NodeTerm.Expression, _ cluster: inout ClusterState) {
        let column = cluster.column(expression.key)
        switch expression.operation {
        case "In":
            checks.append(.isOneOf(column: column, expression.values.compactMap { cluster.labels[column].id(of: $0) }))
        case "NotIn":
            checks.append(.isNoneOf(column: column, expression.values.compactMap { cluster.labels[column].id(of: $0) }))
        case "Exists": checks.append(.isNoneOf(column: column, [0]))
        case "DoesNotExist": checks.append(.isOneOf(column: column, [0]))
        default:
            let values = cluster.labels[column].values
            checks.append(
                .table(
                    column: column,
                    values.indices.map { $0 > 0 && expression.matches(values[$0]) }))
        }
    }

    func matches(_ node: Int, _ cluster: borrowing ClusterState) -> Bool {
        if isEmpty { return false }
        for check in checks {
            switch check {
            case .isOneOf(let column, let ids):
                if !ids.contains(cluster.labels.columns[column].ids[node]) { return false }
            case .isNoneOf(let column, let ids):
                if ids.contains(cluster.labels.columns[column].ids[node]) { return false }
            case .table(let column, let table):
                if !table[Int(cluster.labels.columns[column].ids[node])] { return false }
            }
        }
        return fields.allSatisfy { $0.key == "metadata.name" && $0.matches(cluster.nodes[node].name) }
    }
}

/// A whole requirement, compiled.
package struct CompiledNodeRequirement: Sendable {
    private let selector: CompiledNodeTerm?
    private let required: [CompiledNodeTerm]?

    init(_ requirement: NodeRequirement, _ cluster: inout ClusterState) {
        selector = requirement.selector.isEmpty ? nil : CompiledNodeTerm(selector: requirement.selector, &cluster)
        var terms: [CompiledNodeTerm] = []
        for term in requirement.required ?? [] { terms.append(CompiledNodeTerm(term, &cluster)) }
        required = requirement.required == nil ? nil : terms
    }

    func matches(_ node: Int, _ cluster: borrowing ClusterState) -> Bool {
        if let selector, !selector.matches(node, cluster) { return false }
        guard let required else { return true }
        return required.contains { $0.matches(node, cluster) }
    }
}
