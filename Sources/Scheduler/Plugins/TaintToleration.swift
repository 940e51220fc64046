/// Keeps pods off nodes whose taints they do not tolerate, and prefers nodes with fewer soft ones.
struct TaintToleration: FilterPlugin, PreScorePlugin, ScorePlugin {
    let name = PluginName.taintToleration
    let events: ClusterEvents = [.nodeAdded, .nodeTaints, .ownTolerations]

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        guard let node = change.node else { return true }
        return filter(pod, node, in: cluster, CycleState()).isSuccess
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        if cluster.nodes[node].taints.isEmpty { return .success }
        for taint in cluster.nodes[node].taints where taint.isHard && !pod.demands.tolerations.tolerate(taint) {
            return .unresolvable("node(s) had untolerated taint(s)")
        }
        return .success
    }

    func preScore(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState
    ) -> Bool {
        state.softTolerations = pod.demands.tolerations.filter { $0.effect == nil || $0.effect == .preferNoSchedule }
        return true
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        if cluster.nodes[node].taints.isEmpty { return 0 }
        var count: Int64 = 0
        for taint in cluster.nodes[node].taints
        where taint.effect == .preferNoSchedule && !state.softTolerations.tolerate(taint) {
            count += 1
        }
        return count
    }

    /// Fewer is better.
    func normalize(_ scores: inout [Int64], _ nodes: [Int], _ state: CycleState) {
        Scores.scale(&scores, reversed: true)
    }
}

/// Bringing scores to the range 0…100.
enum Scores {
    /// In proportion to the highest.
    static func scale(_ scores: inout [Int64], reversed: Bool = false) {
        let most = scores.max() ?? 0
        guard most > 0 else {
            if reversed { for index in scores.indices { scores[index] = maximumNodeScore } }
            return
        }
        for index in scores.indices {
            let score = scores[index] * maximumNodeScore / most
            scores[index] = reversed ? maximumNodeScore - score : score
        }
    }
}
