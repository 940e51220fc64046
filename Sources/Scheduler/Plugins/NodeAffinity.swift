import KubeAPI
import Machinery

/// What a pod demands of its node's labels and name: its node selector and its required terms, one of which must hold.
package struct NodeAffinityTerms: Sendable {
    let selector: [String: String]
    let required: [NodeSelectorTerm]?
    let preferred: [PreferredSchedulingTerm]

    package init(_ pod: Pod) {
        selector = pod.spec.nodeSelector
        let affinity = pod.spec.affinity?.nodeAffinity
        required = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
        preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    }

    package func matches(name: String, labels: [String: String]) -> Bool {
        guard selector.allSatisfy({ labels[$0.key] == $0.value }) else { return false }
        guard let required else { return true }
        return required.contains { Self.matches($0, name: name, labels: labels) }
    }

    /// All expressions and fields of a term must hold; a term without any never does.
    static func matches(_ term: NodeSelectorTerm, name: String, labels: [String: String]) -> Bool {
        guard !term.matchExpressions.isEmpty || !term.matchFields.isEmpty else { return false }
        return term.matchExpressions.allSatisfy { matches($0, labels[$0.key]) }
            && term.matchFields.allSatisfy { $0.key == "metadata.name" && matches($0, name) }
    }

    private static func matches(_ requirement: NodeSelectorRequirement, _ value: String?) -> Bool {
        switch requirement.operator {
        case "In": return value.map(requirement.values.contains) ?? false
        case "NotIn": return !(value.map(requirement.values.contains) ?? false)
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        case "Gt", "Lt":
            guard let actual = value.flatMap(Int64.init), let bound = requirement.values.first.flatMap(Int64.init)
            else { return false }
            return requirement.operator == "Gt" ? actual > bound : actual < bound
        default: return false
        }
    }
}

struct NodeAffinityPlugin: PreFilterPlugin, FilterPlugin, ScorePlugin {
    let name = "NodeAffinity"
    let looksAtOwnLabels = false
    let weight: Int64 = 2

    func preFilter(_ pod: PodInfo, _ snapshot: NodeSnapshot, _ state: inout CycleState) -> FilterStatus {
        state.requiredNodeAffinity = NodeAffinityTerms(pod.pod)
        return .success
    }

    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus {
        guard let terms = state.requiredNodeAffinity, !terms.matches(name: node.name, labels: node.labels) else {
            return .success
        }
        return .unresolvable(["node(s) didn't match Pod's node affinity/selector"])
    }

    func score(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> Int64 {
        guard let terms = state.requiredNodeAffinity else { return 0 }
        return terms.preferred.reduce(0) { total, term in
            let matches = NodeAffinityTerms.matches(term.preference, name: node.name, labels: node.labels)
            return total + (matches ? Int64(term.weight) : 0)
        }
    }

    func normalize(_ scores: inout [Int64]) { Scores.scale(&scores) }
}

/// Bringing scores to the range 0…100.
enum Scores {
    static func scale(_ scores: inout [Int64]) {
        let most = scores.max() ?? 0
        guard most > 0 else { return }
        for index in scores.indices { scores[index] = scores[index] * maximumNodeScore / most }
    }

    /// The lowest becomes the best.
    static func scaleReversed(_ scores: inout [Int64]) {
        guard let most = scores.max(), let least = scores.min() else { return }
        for index in scores.indices {
            scores[index] =
                most == least ? maximumNodeScore : maximumNodeScore * (most - scores[index]) / (most - least)
        }
    }
}
