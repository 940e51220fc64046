/// A wish for nodes with certain labels, compiled.
package struct NodeAffinityPreference: Sendable {
    let weight: Int64
    let term: CompiledNodeTerm
}

/// Node selectors and node affinity: what a pod demands of its node's labels, and what it would like.
struct NodeAffinityPlugin: PreFilterPlugin, FilterPlugin, PreScorePlugin, ScorePlugin {
    let name = PluginName.nodeAffinity
    let events: ClusterEvents = [.nodeAdded, .nodeLabels]
    /// What the configuration demands of nodes for all pods of the profile.
    var added: NodeRequirement?

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        guard let slot = change.node else { return true }
        func fits(_ node: NodeInfo) -> Bool {
            (added?.matches(name: node.name, labels: node.labels) ?? true)
                && pod.demands.nodes.matches(name: node.name, labels: node.labels)
        }
        guard fits(cluster.nodes[slot]) else { return false }
        return change.oldNode.map { !fits($0) } ?? true
    }

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        let requirement = pod.demands.nodes
        if requirement.isEmpty, added == nil { return .skip }
        if let added { state.enforcedNodeRequirement = CompiledNodeRequirement(added, &cluster) }
        guard !requirement.isEmpty else { return .allNodes }
        state.nodeRequirement = CompiledNodeRequirement(requirement, &cluster)
        guard let terms = requirement.required, !terms.isEmpty else { return .allNodes }
        // Where every term names nodes, as those of a DaemonSet's pods do, only these are looked at.
        var names: Set<String> = []
        for term in terms {
            guard let named = term.names else { return .allNodes }
            names.formUnion(named)
        }
        if names.isEmpty { return .rejected(.unresolvable("pod affinity terms conflict")) }
        var slots: Set<Int> = []
        for name in names {
            if let slot = cluster.slot(of: name) { slots.insert(slot) }
        }
        return .nodes(slots)
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        if let enforced = state.enforcedNodeRequirement, !enforced.matches(node, cluster) {
            return .unresolvable("node(s) didn't match scheduler-enforced node affinity")
        }
        if let requirement = state.nodeRequirement, !requirement.matches(node, cluster) {
            return .unresolvable("node(s) didn't match Pod's node affinity/selector")
        }
        return .success
    }

    func preScore(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState
    ) -> Bool {
        let preferences = pod.demands.nodes.preferred + (added?.preferred ?? [])
        if preferences.isEmpty { return false }
        state.nodePreferences = []
        for preference in preferences {
            state.nodePreferences.append(
                NodeAffinityPreference(
                    weight: preference.weight, term: CompiledNodeTerm(preference.term, &cluster)))
        }
        return true
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        var total: Int64 = 0
        for preference in state.nodePreferences where preference.term.matches(node, cluster) {
            total += preference.weight
        }
        return total
    }

    func normalize(_ scores: inout [Int64], _ nodes: [Int], _ state: CycleState) { Scores.scale(&scores) }
}
