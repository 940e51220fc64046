import KubeAPI
import Machinery

/// Whether a pod's node selector and required node affinity allow a node.
enum NodeMatching {
    static func matches(_ spec: PodSpec, _ node: Node) -> Bool {
        let labels = node.metadata.labels
        guard spec.nodeSelector.allSatisfy({ labels[$0.key] == $0.value }) else { return false }
        guard let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution else {
            return true
        }
        return required.nodeSelectorTerms.contains { matches($0, node.name, labels) }
    }

    /// A term without any requirement matches nothing.
    private static func matches(_ term: NodeSelectorTerm, _ name: String, _ labels: [String: String]) -> Bool {
        let expressions = term.matchExpressions
        let fields = term.matchFields
        guard !expressions.isEmpty || !fields.isEmpty else { return false }
        return expressions.allSatisfy { matches($0, labels[$0.key]) }
            && fields.allSatisfy { $0.key == "metadata.name" && matches($0, name) }
    }

    private static func matches(_ requirement: NodeSelectorRequirement, _ value: String?) -> Bool {
        switch requirement.operator {
        case "In": return value.map(requirement.values.contains) ?? false
        case "NotIn": return value.map { !requirement.values.contains($0) } ?? true
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        case "Gt", "Lt":
            guard let number = value.flatMap({ Int64($0) }), let bound = requirement.values.first.flatMap({ Int64($0) })
            else { return false }
            return requirement.operator == "Gt" ? number > bound : number < bound
        default: return false
        }
    }
}

extension Toleration {
    /// An empty key with `Exists` tolerates everything; an empty effect, every effect.
    func tolerates(_ taint: Taint) -> Bool {
        if let effect, !effect.isEmpty, effect != taint.effect { return false }
        if let key, !key.isEmpty, key != taint.key { return false }
        switch self.operator ?? "Equal" {
        case "Exists": return true
        case "Equal", "": return key?.isEmpty == false && (value ?? "") == (taint.value ?? "")
        case "Lt", "Gt":
            guard let bound = value.flatMap({ Int64($0) }), let number = taint.value.flatMap({ Int64($0) }) else {
                return false
            }
            return self.operator == "Lt" ? number < bound : number > bound
        default: return false
        }
    }
}
