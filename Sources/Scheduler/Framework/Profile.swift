/// The plugins of a scheduler, by extension point.
package struct Profile: Sendable {
    let preEnqueue: [any PreEnqueuePlugin]
    let preFilter: [any PreFilterPlugin]
    let filter: [any FilterPlugin]
    let score: [any ScorePlugin]

    package static let standard: Profile = {
        let affinity = NodeAffinityPlugin()
        let fit = NodeResourcesFit()
        let taints = TaintToleration()
        let spread = PodTopologySpread()
        return Profile(
            preEnqueue: [SchedulingGates()], preFilter: [affinity, spread],
            filter: [NodeUnschedulable(), NodeName(), taints, affinity, NodePorts(), fit, spread],
            score: [taints, affinity, fit, NodeResourcesBalancedAllocation(), spread])
    }()

    /// Where a pod goes, or why it goes nowhere.
    package enum Decision: Sendable {
        case node(String)
        case unschedulable(Diagnosis)
    }

    package func decide(_ pod: PodInfo, _ snapshot: NodeSnapshot) -> Decision {
        var state = CycleState()
        for plugin in preFilter {
            let status = plugin.preFilter(pod, snapshot, &state)
            guard status == .success else {
                return .unschedulable(
                    Diagnosis(
                        nodes: snapshot.nodes.count, everywhere: status.reasons,
                        dependsOnLabels: plugin.looksAtOwnLabels))
            }
        }
        var feasible: [NodeInfo] = []
        var diagnosis = Diagnosis(nodes: snapshot.nodes.count)
        for node in snapshot.nodes {
            var verdict = FilterStatus.success
            for plugin in filter {
                verdict = plugin.filter(pod, node, state)
                if verdict != .success {
                    if plugin.looksAtOwnLabels { diagnosis.dependsOnLabels = true }
                    break
                }
            }
            if verdict == .success { feasible.append(node) } else { diagnosis.add(verdict) }
        }
        guard !feasible.isEmpty else { return .unschedulable(diagnosis) }
        return .node(best(of: feasible, pod, state))
    }

    private func best(of nodes: [NodeInfo], _ pod: PodInfo, _ state: CycleState) -> String {
        if nodes.count == 1 { return nodes[0].name }
        var totals = [Int64](repeating: 0, count: nodes.count)
        for plugin in score {
            var scores = nodes.map { plugin.score(pod, $0, state) }
            plugin.normalize(&scores)
            for index in totals.indices { totals[index] += scores[index] * plugin.weight }
        }
        let highest = totals.max() ?? 0
        // Equals take turns by chance, so that not all pods of a burst meet on one node.
        let candidates = totals.indices.filter { totals[$0] == highest }
        return nodes[candidates.randomElement() ?? 0].name
    }
}

/// Why a pod fits no node, in kube-scheduler's words.
package struct Diagnosis: Sendable, Hashable {
    private let nodes: Int
    private let everywhere: [String]
    private var counts: [String: Int] = [:]
    private var unresolvable = 0
    /// Whether a change of the pod's own labels could change the outcome.
    package internal(set) var dependsOnLabels: Bool

    init(nodes: Int, everywhere: [String] = [], dependsOnLabels: Bool = false) {
        self.nodes = nodes
        self.everywhere = everywhere
        self.dependsOnLabels = dependsOnLabels
    }

    mutating func add(_ status: FilterStatus) {
        for reason in status.reasons { counts[reason, default: 0] += 1 }
        if case .unresolvable = status { unresolvable += 1 }
    }

    package var message: String {
        if nodes == 0 { return "no nodes available to schedule pods" }
        var text = "0/\(nodes) nodes are available"
        var parts = everywhere
        // Sorted as texts, number first, as kube-scheduler does.
        parts += counts.map { "\($0.value) \($0.key)" }.sorted()
        if !parts.isEmpty { text += ": " + parts.joined(separator: ", ") + "." } else { text += "." }
        var preemption: [String] = []
        if unresolvable > 0 || !everywhere.isEmpty {
            let count = everywhere.isEmpty ? unresolvable : nodes
            preemption.append("\(count) Preemption is not helpful for scheduling")
        }
        let victimless = everywhere.isEmpty ? nodes - unresolvable : 0
        if victimless > 0 { preemption.append("\(victimless) No preemption victims found for incoming pod") }
        return text + " preemption: 0/\(nodes) nodes are available: \(preemption.sorted().joined(separator: ", "))."
    }
}
