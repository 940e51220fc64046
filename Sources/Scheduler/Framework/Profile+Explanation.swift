/// What each plugin says by itself: for explaining a decision, and for comparing plugins with what they should say.
extension Profile {
    /// The verdict of each plugin on each of the nodes, in their order.
    package func verdicts(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState
    ) -> [PluginName: [FilterStatus]] {
        var result: [PluginName: [FilterStatus]] = [:]
        var state = CycleState()
        for plugin in preFilter {
            switch plugin.preFilter(pod, in: &cluster, &state) {
            case .allNodes: continue
            case .skip: state.skippedFilters.insert(PluginSet(plugin.name))
            case .rejected(let status): result[plugin.name] = nodes.map { _ in status }
            case .nodes(let chosen):
                result[plugin.name] = nodes.map { node in
                    chosen.contains(node)
                        ? .success : .unresolvable(Reasons("node(s) didn't satisfy plugin(s) [\(plugin.name.text)]"))
                }
            }
        }
        for plugin in filter where result[plugin.name]?.contains(where: \.isSuccess) ?? true {
            let isSkipped = state.skippedFilters.contains(PluginSet(plugin.name))
            let earlier = result[plugin.name]
            var verdicts: [FilterStatus] = []
            for (index, node) in nodes.enumerated() {
                if isSkipped {
                    verdicts.append(.success)
                } else if let verdict = earlier?[index], !verdict.isSuccess {
                    verdicts.append(verdict)
                } else {
                    verdicts.append(plugin.filter(pod, node, in: cluster, state))
                }
            }
            result[plugin.name] = verdicts
        }
        return result
    }

    /// The scores of each plugin for the nodes, in their order, from 0 to 100 and not weighted.
    package func scores(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState
    ) -> [PluginName: [Int64]] {
        var state = CycleState()
        for plugin in preFilter { _ = plugin.preFilter(pod, in: &cluster, &state) }
        var skipped: PluginSet = []
        for plugin in preScore where !plugin.preScore(pod, nodes, in: &cluster, &state) {
            skipped.insert(PluginSet(plugin.name))
        }
        var result: [PluginName: [Int64]] = [:]
        for scorer in score {
            var totals = [Int64](repeating: 0, count: nodes.count)
            if !skipped.contains(PluginSet(scorer.plugin.name)) {
                scorer.plugin.addScores(pod, nodes, in: cluster, state, weight: 1, to: &totals)
            }
            result[scorer.plugin.name] = totals
        }
        return result
    }
}
