/// Where pods are that a pod wants near, or not near, and that do not want it near.
package struct PodAffinityFilterState: Sendable {
    /// A term with the pods it speaks of, per domain.
    struct Term: Sendable {
        let column: Int
        /// By the number of the topology's value.
        var counts: [Int32]
        /// A pod counts that all of them match.
        let matchers: [PodMatcher]
    }

    var affinity: [Term]
    var antiAffinity: [Term]
    /// Aversions of placed pods against this one, one entry for each topology.
    var existing: [Term]
    /// Whether the pod could be the first of those that it wants near.
    let matchesItself: Bool
    /// How many pods there are anywhere that it wants near.
    var wanted: Int64
}

/// Affinity and anti-affinity between pods.
struct InterPodAffinity: PreFilterPlugin, FilterPlugin, PreScorePlugin, ScorePlugin {
    let name = PluginName.interPodAffinity
    let events: ClusterEvents = [
        .podAdded, .podRelabeled, .podDeleted, .nodeAdded, .nodeLabels, .ownLabels, .namespaceLabels,
    ]
    /// What a placed pod's required affinity counts in the rating of nodes near it.
    var hardWeight: Int64 = 1
    var ignoresPreferencesOfOthers = false

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        if let slot = change.node {
            guard let affinity = pod.demands.affinity else { return true }
            let keys = affinity.required.map(\.topologyKey) + affinity.requiredAnti.map(\.topologyKey)
            let labels = cluster.nodes[slot].labels
            return keys.isEmpty
                || keys.contains { key in
                    labels[key] != nil || (change.oldNode.map { $0.labels[key] != nil } ?? false)
                }
        }
        if change.newPod?.uid == pod.uid { return true }
        let namespaces = cluster.namespaces
        func matches(_ term: AffinityTerm, _ other: PodInfo) -> Bool {
            term.matches(other, namespaceLabels: namespaces[other.key.namespace] ?? [:])
        }
        let affinity = pod.demands.affinity
        // A pod that came or was relabelled may be one that is wanted near.
        if let new = change.newPod, let wanted = affinity?.required, !wanted.isEmpty,
            wanted.allSatisfy({ matches($0, new) })
        {
            return true
        }
        // One that went or was relabelled may have been in the way.
        if let old = change.oldPod {
            if affinity?.requiredAnti.contains(where: { matches($0, old) }) ?? false { return true }
            if old.demands.affinity?.requiredAnti.contains(where: { matches($0, pod) }) ?? false { return true }
            if let wanted = affinity?.required, !wanted.isEmpty { return wanted.allSatisfy { matches($0, old) } }
        }
        return change.newPod == nil && change.oldPod == nil
    }

    // MARK: Filter

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        let affinity = pod.demands.affinity
        let existing = aversions(against: pod, &cluster)
        let required = affinity?.required ?? []
        let requiredAnti = affinity?.requiredAnti ?? []
        if existing.isEmpty, required.isEmpty, requiredAnti.isEmpty { return .skip }
        let wanted = required.map { PodMatcher(namespaces: cluster.namespaces(of: $0), selector: $0.selector) }
        var filterState = PodAffinityFilterState(
            affinity: [], antiAffinity: [], existing: existing,
            matchesItself: wanted.allSatisfy { $0.matches(pod) }, wanted: 0)
        for term in required { filterState.affinity.append(Self.term(term.topologyKey, wanted, &cluster)) }
        for term in filterState.affinity {
            for count in term.counts { filterState.wanted += Int64(count) }
        }
        for term in requiredAnti {
            let matcher = PodMatcher(namespaces: cluster.namespaces(of: term), selector: term.selector)
            filterState.antiAffinity.append(Self.term(term.topologyKey, [matcher], &cluster))
        }
        state.podAffinity = filterState
        return .allNodes
    }

    private static func term(
        _ key: String, _ matchers: [PodMatcher], _ cluster: inout ClusterState
    ) -> PodAffinityFilterState.Term {
        let column = cluster.column(key)
        let counts = cluster.counts(matchers, countsTerminating: true)
        return PodAffinityFilterState.Term(
            column: column, counts: sums(counts, cluster.labels[column]), matchers: matchers)
    }

    private static func sums(_ counts: [Int32], _ column: LabelColumns.Column) -> [Int32] {
        var sums = [Int32](repeating: 0, count: column.width)
        for slot in counts.indices where counts[slot] != 0 { sums[Int(column.ids[slot])] += counts[slot] }
        // Nodes without the label are in no domain.
        sums[0] = 0
        return sums
    }

    /// Anti-affinity of placed pods that the pod would offend, per topology.
    private func aversions(against pod: PodInfo, _ cluster: inout ClusterState) -> [PodAffinityFilterState.Term] {
        var matching: [Int] = []
        let labels = cluster.namespaces[pod.key.namespace] ?? [:]
        for index in cluster.terms.entries.indices {
            let entry = cluster.terms.entries[index]
            if entry.kind == .requiredAntiAffinity, !entry.pods.isEmpty,
                entry.term.matches(pod, namespaceLabels: labels)
            {
                matching.append(index)
            }
        }
        var result: [PodAffinityFilterState.Term] = []
        for index in matching {
            let entry = cluster.terms.entries[index]
            let column = cluster.column(entry.term.topologyKey)
            let place: Int
            if let known = result.firstIndex(where: { $0.column == column }) {
                place = known
            } else {
                let width = cluster.labels[column].width
                result.append(
                    PodAffinityFilterState.Term(
                        column: column, counts: [Int32](repeating: 0, count: width), matchers: []))
                place = result.count - 1
            }
            for (slot, count) in entry.pods {
                let id = Int(cluster.labels.columns[column].ids[slot])
                if id != 0 { result[place].counts[id] += count }
            }
        }
        return result.filter { $0.counts.contains { $0 > 0 } }
    }

    func podChanged(
        _ other: PodInfo, on node: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState
    ) {
        guard var filterState = state.podAffinity else { return }
        state.podAffinity = nil
        for index in filterState.affinity.indices {
            let id = Int(cluster.labels.columns[filterState.affinity[index].column].ids[node])
            guard id != 0, filterState.affinity[index].matchers.allSatisfy({ $0.matches(other) }) else { continue }
            filterState.affinity[index].counts[id] += delta
            filterState.wanted += Int64(delta)
        }
        for index in filterState.antiAffinity.indices {
            let id = Int(cluster.labels.columns[filterState.antiAffinity[index].column].ids[node])
            guard id != 0, filterState.antiAffinity[index].matchers.allSatisfy({ $0.matches(other) }) else { continue }
            filterState.antiAffinity[index].counts[id] += delta
        }
        let labels = cluster.namespaces[pod.key.namespace] ?? [:]
        for term in other.demands.affinity?.requiredAnti ?? []
        where term.matches(pod, namespaceLabels: labels) {
            guard
                let index = filterState.existing.firstIndex(where: {
                    cluster.labels[$0.column].key == term.topologyKey
                })
            else {
                addAversion(term, on: node, by: delta, cluster, &filterState)
                continue
            }
            let id = Int(cluster.labels.columns[filterState.existing[index].column].ids[node])
            if id != 0 { filterState.existing[index].counts[id] += delta }
        }
        state.podAffinity = filterState
    }

    private func addAversion(
        _ term: AffinityTerm, on node: Int, by delta: Int32, _ cluster: borrowing ClusterState,
        _ state: inout PodAffinityFilterState
    ) {
        guard let column = cluster.labels.place(of: term.topologyKey) else { return }
        var counts = [Int32](repeating: 0, count: cluster.labels[column].width)
        let id = Int(cluster.labels.columns[column].ids[node])
        if id != 0 { counts[id] += delta }
        state.existing.append(PodAffinityFilterState.Term(column: column, counts: counts, matchers: []))
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        guard let filterState = state.podAffinity else { return .success }
        if !isNearWanted(filterState, node, cluster) { return .unresolvable("node(s) didn't match pod affinity rules") }
        if Self.hasAny(filterState.antiAffinity, node, cluster) {
            return .unschedulable("node(s) didn't match pod anti-affinity rules")
        }
        if Self.hasAny(filterState.existing, node, cluster) {
            return .unschedulable("node(s) didn't satisfy existing pods anti-affinity rules")
        }
        return .success
    }

    private func isNearWanted(
        _ state: PodAffinityFilterState, _ node: Int, _ cluster: borrowing ClusterState
    ) -> Bool {
        var areThere = true
        for term in state.affinity {
            let id = Int(cluster.labels.columns[term.column].ids[node])
            if id == 0 { return false }
            if id >= term.counts.count || term.counts[id] <= 0 { areThere = false }
        }
        // The first of a group that wants its own kind near may come anywhere.
        return areThere || (state.wanted == 0 && state.matchesItself)
    }

    private static func hasAny(
        _ terms: [PodAffinityFilterState.Term], _ node: Int, _ cluster: borrowing ClusterState
    ) -> Bool {
        for term in terms {
            let id = Int(cluster.labels.columns[term.column].ids[node])
            if id != 0, id < term.counts.count, term.counts[id] > 0 { return true }
        }
        return false
    }

    // MARK: Score

    func preScore(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState
    ) -> Bool {
        let preferred = pod.demands.affinity?.preferred ?? []
        if ignoresPreferencesOfOthers, preferred.isEmpty { return false }
        var scores: [TopologyScores] = []
        for wish in preferred {
            let matcher = PodMatcher(namespaces: cluster.namespaces(of: wish.term), selector: wish.term.selector)
            let counts = cluster.counts([matcher], countsTerminating: true)
            let place = Self.place(wish.term.topologyKey, &scores, &cluster)
            for slot in counts.indices where counts[slot] != 0 {
                scores[place].scores[Int(cluster.labels.columns[scores[place].column].ids[slot])] +=
                    wish.weight * Int64(counts[slot])
            }
        }
        addWishesOfOthers(pod, &scores, &cluster)
        for index in scores.indices { scores[index].scores[0] = 0 }
        state.podAffinityScores = scores
        return scores.contains { $0.scores.contains { $0 != 0 } }
    }

    private func addWishesOfOthers(
        _ pod: PodInfo, _ scores: inout [TopologyScores], _ cluster: inout ClusterState
    ) {
        let labels = cluster.namespaces[pod.key.namespace] ?? [:]
        for index in cluster.terms.entries.indices {
            let entry = cluster.terms.entries[index]
            let weight: Int64
            switch entry.kind {
            case .requiredAntiAffinity: continue
            case .requiredAffinity: weight = hardWeight
            case .preferred(let wish): weight = wish
            }
            guard weight != 0, !entry.pods.isEmpty, entry.term.matches(pod, namespaceLabels: labels) else { continue }
            let place = Self.place(entry.term.topologyKey, &scores, &cluster)
            for (slot, count) in entry.pods {
                scores[place].scores[Int(cluster.labels.columns[scores[place].column].ids[slot])] +=
                    weight * Int64(count)
            }
        }
    }

    private static func place(_ key: String, _ scores: inout [TopologyScores], _ cluster: inout ClusterState) -> Int {
        let column = cluster.column(key)
        if let place = scores.firstIndex(where: { $0.column == column }) { return place }
        scores.append(
            TopologyScores(column: column, scores: [Int64](repeating: 0, count: cluster.labels[column].width)))
        return scores.count - 1
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        var total: Int64 = 0
        for topology in state.podAffinityScores {
            total += topology.scores[Int(cluster.labels.columns[topology.column].ids[node])]
        }
        return total
    }

    func normalize(_ scores: inout [Int64], _ nodes: [Int], _ state: CycleState) {
        guard let most = scores.max(), let least = scores.min() else { return }
        for index in scores.indices {
            scores[index] =
                most == least
                ? 0 : Int64(Double(maximumNodeScore) * (Double(scores[index] - least) / Double(most - least)))
        }
    }
}
