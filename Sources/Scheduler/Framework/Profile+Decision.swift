extension Profile {
    /// Where a pod goes.
    package struct Placement: Sendable {
        package let node: Int
        package let state: CycleState
    }

    package enum Decision: Sendable {
        case node(Placement)
        case unschedulable(Diagnosis, CycleState)
        /// A plugin could not come to a verdict.
        case failed(String)
    }

    /// Where the search for nodes goes on with the next pod, and what all decisions share.
    package struct Search: Sendable {
        var start = 0
        var memo = DecisionMemo()

        package init() {}
    }

    /// The nodes that a pod could go to.
    enum Finding {
        /// One only where room was made for the pod.
        case nodes([Int], Diagnosis, CycleState)
        case unschedulable(Diagnosis, CycleState)
        case failed(String)
    }

    /// Decides where a pod goes. Nothing is counted yet, and no room is made.
    ///
    /// - Parameters:
    ///   - chosen: the nodes to choose from, where that was narrowed by others.
    ///   - bonus: what others add to nodes' scores.
    package func decide(
        _ pod: PodInfo, in cluster: inout ClusterState, _ search: inout Search, state: CycleState = CycleState(),
        among chosen: Set<Int>? = nil, bonus: [Int: Int64] = [:]
    ) -> Decision {
        switch find(pod, in: &cluster, &search, state: state, among: chosen) {
        case .failed(let message): return .failed(message)
        case .unschedulable(let diagnosis, let state): return .unschedulable(diagnosis, state)
        case .nodes(let nodes, _, var state):
            let node = best(of: nodes, pod, in: &cluster, &state, bonus: bonus)
            return .node(Placement(node: node, state: state))
        }
    }

    func find(
        _ pod: PodInfo, in cluster: inout ClusterState, _ search: inout Search, state: CycleState = CycleState(),
        among chosen: Set<Int>? = nil
    ) -> Finding {
        let nodeCount = cluster.nodeCount
        var state = state
        var diagnosis = Diagnosis(nodes: nodeCount)
        guard nodeCount > 0 else { return .unschedulable(diagnosis, state) }
        var chosen = chosen
        var choosers: PluginSet = []
        for plugin in preFilter {
            switch plugin.preFilter(pod, in: &cluster, &state) {
            case .allNodes: continue
            case .skip: state.skippedFilters.insert(PluginSet(plugin.name))
            case .rejected(.failed(let message)): return .failed(message)
            case .rejected(let status):
                diagnosis.rejectEverywhere(status, by: PluginSet(plugin.name))
                return .unschedulable(diagnosis, state)
            case .nodes(let nodes):
                choosers.insert(PluginSet(plugin.name))
                let both = chosen.map { $0.intersection(nodes) } ?? nodes
                chosen = both
                if both.isEmpty {
                    diagnosis.rejectEverywhere(Self.noNodeLeft(choosers), by: choosers)
                    return .unschedulable(diagnosis, state)
                }
            }
        }
        let active = filter.filter { !state.skippedFilters.contains(PluginSet($0.name)) }
        // A pod for which room was made goes where that is.
        let nominated = cluster.nominations.node(ofPod: pod.uid) ?? pod.nominatedNode
        if !nominated.isEmpty, let slot = cluster.slot(of: nominated), chosen?.contains(slot) ?? true,
            filterWithNominated(pod, slot, active, in: &cluster, state).0.isSuccess
        {
            return .nodes([slot], diagnosis, state)
        }
        var slots = cluster.nodeSlots
        if let chosen {
            slots = chosen.sorted()
            diagnosis.ruleOutOthers(by: choosers)
        }
        let feasible = feasibleNodes(pod, slots, active, in: &cluster, state, &search, &diagnosis)
        guard !feasible.isEmpty else { return .unschedulable(diagnosis, state) }
        return .nodes(feasible, diagnosis, state)
    }

    private static func noNodeLeft(_ plugins: PluginSet) -> FilterStatus {
        let names = plugins.names.map(\.text).sorted().joined(separator: " ")
        return .unresolvable(
            Reasons(
                plugins.names.count == 1
                    ? "node(s) didn't satisfy plugin \(names)"
                    : "node(s) didn't satisfy plugin(s) [\(names)] simultaneously"))
    }

    private func feasibleNodes(
        _ pod: PodInfo, _ slots: [Int], _ active: [any FilterPlugin], in cluster: inout ClusterState,
        _ state: CycleState, _ search: inout Search, _ diagnosis: inout Diagnosis
    ) -> [Int] {
        let wanted = score.isEmpty ? 1 : feasibleNodesToFind(of: slots.count)
        let mayKeep = search.memo.begin(pod, state, slots: cluster.nodes.count)
        let scan = scan(
            pod, slots, start: search.start % max(slots.count, 1), wanted, active, in: cluster, state,
            &search.memo, mayKeep: mayKeep, &diagnosis)
        var feasible = scan.feasible
        let own = cluster.nominations.slot(ofPod: pod.uid)
        for slot in scan.deferred where feasible.count < wanted {
            let (status, plugin) = filterWithNominated(pod, slot, active, in: &cluster, state)
            if mayKeep, slot != own {
                let generation = cluster.generation(of: slot, withDevices: state.devices != nil)
                search.memo.keep(slot, generation, status, plugin)
            }
            if status.isSuccess { feasible.append(slot) } else { diagnosis.add(status, node: slot, by: plugin) }
        }
        search.start = (search.start + scan.examined) % max(slots.count, 1)
        return feasible
    }

    private struct Scan {
        var feasible: [Int] = []
        /// Nodes on which room is being made for others: they need a closer look.
        var deferred: [Int] = []
        var examined = 0
    }

    /// Filters nodes until there are enough. The cluster is only read: nothing is copied on the way.
    private func scan(
        _ pod: PodInfo, _ slots: [Int], start: Int, _ wanted: Int, _ active: [any FilterPlugin],
        in cluster: borrowing ClusterState, _ state: CycleState,
        _ memo: inout DecisionMemo, mayKeep: Bool, _ diagnosis: inout Diagnosis
    ) -> Scan {
        var scan = Scan()
        scan.feasible.reserveCapacity(wanted)
        let anyNominated = !cluster.nominations.isEmpty
        // What was kept of the node counts the pod itself among those to come.
        let own = cluster.nominations.slot(ofPod: pod.uid)
        let hasDevices = state.devices != nil
        var tally = memo.makeTally()
        var index = start
        while scan.examined < slots.count, scan.feasible.count < wanted {
            let slot = slots[index]
            index += 1
            if index == slots.count { index = 0 }
            scan.examined += 1
            let generation = cluster.generation(of: slot, withDevices: hasDevices)
            if mayKeep, slot != own, let fits = memo.fits(slot, generation) {
                if fits {
                    scan.feasible.append(slot)
                } else {
                    diagnosis.reject(slot, isResolvable: memo.count(slot, in: &tally))
                }
                continue
            }
            if anyNominated, !cluster.nominations.pods(on: slot).isEmpty {
                scan.deferred.append(slot)
                continue
            }
            let (status, refuser) = Self.filter(pod, slot, active, in: cluster, state)
            let plugin = refuser == -1 ? [] : PluginSet(active[refuser].name)
            if mayKeep { memo.keep(slot, generation, status, plugin) }
            if refuser == -1 { scan.feasible.append(slot) } else { diagnosis.add(status, node: slot, by: plugin) }
        }
        memo.explain(tally, in: &diagnosis)
        return scan
    }

    /// - Returns: the first refusal with the place of the plugin it comes from, or success and -1.
    static func filter(
        _ pod: PodInfo, _ slot: Int, _ active: [any FilterPlugin], in cluster: borrowing ClusterState,
        _ state: CycleState
    ) -> (FilterStatus, Int) {
        for index in active.indices {
            let status = active[index].filter(pod, slot, in: cluster, state)
            if !status.isSuccess { return (status, index) }
        }
        return (.success, -1)
    }

    /// Filters a node as it will be when more important pods have come for which room is being made there; and as it
    /// is, since those may also stay away.
    func filterWithNominated(
        _ pod: PodInfo, _ slot: Int, _ active: [any FilterPlugin]? = nil, in cluster: inout ClusterState,
        _ state: CycleState
    ) -> (FilterStatus, PluginSet) {
        let active = active ?? filter.filter { !state.skippedFilters.contains(PluginSet($0.name)) }
        let others = cluster.nominations.pods(on: slot).filter { $0.priority >= pod.priority && $0.uid != pod.uid }
        if !others.isEmpty {
            let verdict = cluster.trial(on: slot) { cluster in
                var state = state
                for other in others {
                    cluster.trialAdd(other, to: slot)
                    podChanged(other, on: slot, by: 1, for: pod, in: cluster, &state)
                }
                return Self.filter(pod, slot, active, in: cluster, state)
            }
            if verdict.1 != -1 { return (verdict.0, PluginSet(active[verdict.1].name)) }
        }
        let verdict = Self.filter(pod, slot, active, in: cluster, state)
        return verdict.1 == -1 ? (.success, []) : (verdict.0, PluginSet(active[verdict.1].name))
    }

    func podChanged(
        _ other: PodInfo, on slot: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState
    ) {
        for plugin in preFilter where !state.skippedFilters.contains(PluginSet(plugin.name)) {
            plugin.podChanged(other, on: slot, by: delta, for: pod, in: cluster, &state)
        }
    }

    private func best(
        of nodes: [Int], _ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState,
        bonus: [Int: Int64]
    ) -> Int {
        if nodes.count == 1 { return nodes[0] }
        var skipped: PluginSet = []
        for plugin in preScore where !plugin.preScore(pod, nodes, in: &cluster, &state) {
            skipped.insert(PluginSet(plugin.name))
        }
        var totals = [Int64](repeating: 0, count: nodes.count)
        addScores(pod, nodes, skipping: skipped, in: cluster, state, to: &totals)
        if !bonus.isEmpty {
            for index in nodes.indices { totals[index] += bonus[nodes[index]] ?? 0 }
        }
        var highest = Int64.min
        var ties = 0
        for total in totals {
            if total > highest {
                highest = total
                ties = 1
            } else if total == highest {
                ties += 1
            }
        }
        // Equals take turns by chance, so that not all pods of a burst meet on one node.
        var chosen = Int.random(in: 0..<ties)
        for index in totals.indices where totals[index] == highest {
            if chosen == 0 { return nodes[index] }
            chosen -= 1
        }
        return nodes[0]
    }

    private func addScores(
        _ pod: PodInfo, _ nodes: [Int], skipping skipped: PluginSet, in cluster: borrowing ClusterState,
        _ state: CycleState, to totals: inout [Int64]
    ) {
        for scorer in score where !skipped.contains(PluginSet(scorer.plugin.name)) {
            scorer.plugin.addScores(pod, nodes, in: cluster, state, weight: scorer.weight, to: &totals)
        }
    }
}
