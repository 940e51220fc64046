import Foundation

/// How the pods that a constraint counts are spread, for deciding which nodes may have one more.
package struct SpreadFilterState: Sendable {
    struct Constraint: Sendable {
        let column: Int
        let maxSkew: Int64
        let minDomains: Int
        let matcher: PodMatcher
        /// 1 where the pod itself counts.
        let own: Int64
        let honorsNodeAffinity: Bool
        let honorsTaints: Bool
        /// By the number of the topology's value; `nil` for values that no eligible node has.
        var counts: [Int32?]
        var domains = 0
        var least: Int64 = 0

        mutating func findLeast() {
            var least = Int32.max
            domains = 0
            for count in counts {
                guard let count else { continue }
                domains += 1
                least = min(least, count)
            }
            self.least = domains < minDomains || domains == 0 ? 0 : Int64(least)
        }
    }

    var constraints: [Constraint]
}

/// The same for rating nodes.
package struct SpreadScoreState: Sendable {
    struct Constraint: Sendable {
        let column: Int
        let maxSkew: Int64
        let weight: Double
        /// By the number of the value, or by node where the topology is the host name.
        var counts: [Int64]
        let isPerNode: Bool
    }

    var constraints: [Constraint]
    /// Nodes that lack a topology.
    var ignored: Set<Int>
}

/// Spreads pods of a kind over zones, hosts and other domains (KEP-895).
struct PodTopologySpread: PreFilterPlugin, FilterPlugin, PreScorePlugin, ScorePlugin {
    static let hostname = "kubernetes.io/hostname"

    let name = PluginName.podTopologySpread
    let events: ClusterEvents = [
        .podAdded, .podRelabeled, .podDeleted, .nodeAdded, .nodeLabels, .nodeTaints, .nodeDeleted, .ownLabels,
    ]
    /// For pods that have no constraints and are siblings of others.
    var defaults: [SpreadConstraint] = [
        SpreadConstraint(topologyKey: hostname, maxSkew: 3, isRequired: false),
        SpreadConstraint(topologyKey: "topology.kubernetes.io/zone", maxSkew: 5, isRequired: false),
    ]
    /// Whether these are the ones of kube-scheduler, which bear with nodes that lack a topology.
    var usesSystemDefaults = true

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        let constraints = pod.demands.spreading.filter(\.isRequired)
        if constraints.isEmpty { return true }
        if change.oldPod != nil || change.newPod != nil {
            if change.newPod?.uid == pod.uid { return true }
            return [change.oldPod, change.newPod].contains { other in
                guard let other, other.key.namespace == pod.key.namespace else { return false }
                return constraints.contains { $0.selector(for: pod).matches(other.labels) }
            }
        }
        guard let node = change.node else { return true }
        func hasAll(_ node: NodeInfo) -> Bool { constraints.allSatisfy { node.labels[$0.topologyKey] != nil } }
        return hasAll(cluster.nodes[node]) || (change.oldNode.map(hasAll) ?? false)
    }

    private func constraints(_ pod: PodInfo, _ cluster: borrowing ClusterState, required: Bool) -> [SpreadConstraint] {
        if !pod.demands.spreading.isEmpty {
            return pod.demands.spreading.filter { $0.isRequired == required }.map { constraint in
                var constraint = constraint
                constraint.selector = constraint.selector(for: pod)
                return constraint
            }
        }
        let wanted = defaults.filter { $0.isRequired == required }
        guard !wanted.isEmpty, let siblings = cluster.workloads.siblings(of: pod) else { return [] }
        return wanted.map { constraint in
            var constraint = constraint
            constraint.selector = siblings
            return constraint
        }
    }

    // MARK: Filter

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        let wanted = constraints(pod, cluster, required: true)
        if wanted.isEmpty { return .skip }
        if state.nodeRequirement == nil, !pod.demands.nodes.isEmpty {
            state.nodeRequirement = CompiledNodeRequirement(pod.demands.nodes, &cluster)
        }
        var columns: [Int] = []
        var counts: [[Int32]] = []
        for constraint in wanted {
            columns.append(cluster.column(constraint.topologyKey))
            counts.append(Self.counts(constraint, pod, &cluster))
        }
        var spreading = SpreadFilterState(constraints: [])
        for (index, constraint) in wanted.enumerated() {
            var filled = SpreadFilterState.Constraint(
                column: columns[index], maxSkew: constraint.maxSkew, minDomains: Int(constraint.minDomains),
                matcher: PodMatcher(namespaces: [pod.key.namespace], selector: constraint.selector),
                own: constraint.selector.matches(pod.labels) ? 1 : 0,
                honorsNodeAffinity: constraint.honorsNodeAffinity, honorsTaints: constraint.honorsTaints, counts: [])
            filled.counts = sums(filled, columns, counts[index], pod, cluster, state)
            filled.findLeast()
            spreading.constraints.append(filled)
        }
        state.spreading = spreading
        return .allNodes
    }

    /// How many pods that the constraint counts each slot has.
    private static func counts(
        _ constraint: SpreadConstraint, _ pod: PodInfo, _ cluster: inout ClusterState
    ) -> [Int32] {
        // A selector that selects everything counts nothing.
        guard !constraint.selector.isEverything else { return [Int32](repeating: 0, count: cluster.nodes.count) }
        return cluster.counts(
            [PodMatcher(namespaces: [pod.key.namespace], selector: constraint.selector)], countsTerminating: false)
    }

    private func sums(
        _ constraint: SpreadFilterState.Constraint, _ columns: [Int], _ counts: [Int32], _ pod: PodInfo,
        _ cluster: borrowing ClusterState, _ state: CycleState
    ) -> [Int32?] {
        var sums = [Int32?](repeating: nil, count: cluster.labels[constraint.column].width)
        for slot in counts.indices where isEligible(slot, constraint, columns, pod, cluster, state) {
            let id = Int(cluster.labels.columns[constraint.column].ids[slot])
            sums[id] = (sums[id] ?? 0) + counts[slot]
        }
        return sums
    }

    @inline(__always)
    private func isEligible(
        _ slot: Int, _ constraint: SpreadFilterState.Constraint, _ columns: [Int], _ pod: PodInfo,
        _ cluster: borrowing ClusterState, _ state: CycleState
    ) -> Bool {
        for column in columns where cluster.labels.columns[column].ids[slot] == 0 { return false }
        if constraint.honorsNodeAffinity, let requirement = state.nodeRequirement {
            if !requirement.matches(slot, cluster) { return false }
        }
        if constraint.honorsTaints { return Self.tolerates(pod, slot, cluster) }
        return true
    }

    private static func tolerates(_ pod: PodInfo, _ slot: Int, _ cluster: borrowing ClusterState) -> Bool {
        cluster.nodes[slot].taints.allSatisfy { !$0.isHard || pod.demands.tolerations.tolerate($0) }
    }

    func podChanged(
        _ other: PodInfo, on node: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState
    ) {
        guard let spreading = state.spreading, other.key.namespace == pod.key.namespace else { return }
        let columns = spreading.constraints.map(\.column)
        for index in spreading.constraints.indices {
            let constraint = spreading.constraints[index]
            guard !other.isBeingDeleted, constraint.matcher.matches(other),
                isEligible(node, constraint, columns, pod, cluster, state)
            else { continue }
            let id = Int(cluster.labels.columns[constraint.column].ids[node])
            let count = constraint.counts[id] ?? 0
            state.spreading?.constraints[index].counts[id] = count + delta
            state.spreading?.constraints[index].findLeast()
        }
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        guard let spreading = state.spreading else { return .success }
        for constraint in spreading.constraints {
            let id = Int(cluster.labels.columns[constraint.column].ids[node])
            if id == 0 {
                return .unresolvable("node(s) didn't match pod topology spread constraints (missing required label)")
            }
            let count = id < constraint.counts.count ? Int64(constraint.counts[id] ?? 0) : 0
            if count + constraint.own - constraint.least > constraint.maxSkew {
                return .unschedulable("node(s) didn't match pod topology spread constraints")
            }
        }
        return .success
    }

    // MARK: Score

    func preScore(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState
    ) -> Bool {
        let wanted = constraints(pod, cluster, required: false)
        if wanted.isEmpty { return false }
        if state.nodeRequirement == nil, !pod.demands.nodes.isEmpty {
            state.nodeRequirement = CompiledNodeRequirement(pod.demands.nodes, &cluster)
        }
        let needsAll = !pod.demands.spreading.isEmpty || !usesSystemDefaults
        var columns: [Int] = []
        for constraint in wanted { columns.append(cluster.column(constraint.topologyKey)) }
        var scoring = SpreadScoreState(constraints: [], ignored: [])
        if needsAll {
            for node in nodes where columns.contains(where: { cluster.labels.columns[$0].ids[node] == 0 }) {
                scoring.ignored.insert(node)
            }
        }
        for (index, constraint) in wanted.enumerated() {
            let counts = Self.counts(constraint, pod, &cluster)
            let isPerNode = constraint.topologyKey == Self.hostname
            if isPerNode {
                scoring.constraints.append(
                    SpreadScoreState.Constraint(
                        column: columns[index], maxSkew: constraint.maxSkew,
                        weight: log(Double(nodes.count - scoring.ignored.count + 2)), counts: counts.map(Int64.init),
                        isPerNode: true))
                continue
            }
            scoring.constraints.append(
                domains(
                    constraint, columns[index], needsAll ? columns : [], nodes, scoring.ignored, counts, pod, cluster,
                    state))
        }
        state.spreadScores = scoring
        return true
    }

    private func domains(
        _ constraint: SpreadConstraint, _ column: Int, _ required: [Int], _ nodes: [Int], _ ignored: Set<Int>,
        _ counts: [Int32], _ pod: PodInfo, _ cluster: borrowing ClusterState, _ state: CycleState
    ) -> SpreadScoreState.Constraint {
        var isPresent = [Bool](repeating: false, count: cluster.labels[column].width)
        var size = 0
        for node in nodes where ignored.isEmpty || !ignored.contains(node) {
            let id = Int(cluster.labels.columns[column].ids[node])
            if !isPresent[id] {
                isPresent[id] = true
                size += 1
            }
        }
        var sums = [Int64](repeating: 0, count: isPresent.count)
        for slot in counts.indices where counts[slot] != 0 {
            let id = Int(cluster.labels.columns[column].ids[slot])
            guard isPresent[id], required.allSatisfy({ cluster.labels.columns[$0].ids[slot] != 0 }) else { continue }
            if constraint.honorsNodeAffinity, let requirement = state.nodeRequirement,
                !requirement.matches(slot, cluster)
            {
                continue
            }
            if constraint.honorsTaints, !Self.tolerates(pod, slot, cluster) { continue }
            sums[id] += Int64(counts[slot])
        }
        return SpreadScoreState.Constraint(
            column: column, maxSkew: constraint.maxSkew, weight: log(Double(size + 2)), counts: sums, isPerNode: false)
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        guard let scoring = state.spreadScores else { return 0 }
        if !scoring.ignored.isEmpty, scoring.ignored.contains(node) { return 0 }
        var score = 0.0
        for constraint in scoring.constraints {
            let id = Int(cluster.labels.columns[constraint.column].ids[node])
            if id == 0 { continue }
            let count = constraint.counts[constraint.isPerNode ? node : id]
            score += Double(count) * constraint.weight + Double(constraint.maxSkew - 1)
        }
        return Int64(score.rounded())
    }

    /// Fewer is better.
    func normalize(_ scores: inout [Int64], _ nodes: [Int], _ state: CycleState) {
        let ignored = state.spreadScores?.ignored ?? []
        var least = Int64.max
        var most: Int64 = 0
        for index in scores.indices where ignored.isEmpty || !ignored.contains(nodes[index]) {
            least = min(least, scores[index])
            most = max(most, scores[index])
        }
        for index in scores.indices {
            if !ignored.isEmpty, ignored.contains(nodes[index]) {
                scores[index] = 0
            } else {
                scores[index] =
                    most == 0 ? maximumNodeScore : maximumNodeScore * (most + least - scores[index]) / most
            }
        }
    }
}
