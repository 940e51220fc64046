/// Of nodes that fit, those are better that have what stands earlier in lists of alternatives (KEP-4816).
extension DynamicResources: PreScorePlugin, ScorePlugin {
    /// As long as a list may be; its first entry counts as much.
    private static let longestList = 8

    func preScore(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState
    ) -> Bool {
        state.devices?.open.contains { $0.requests.contains(where: \.isList) } ?? false
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        guard let decision = state.devices, let claims = asked(decision, cluster.nodes[node], cluster.devices) else {
            return 0
        }
        var allocator = allocator(claims, decision, cluster.nodes[node], cluster.devices)
        guard allocator.run() else { return 0 }
        var score = 0
        for (place, claim) in claims.enumerated() {
            for request in claim.requests where request.isList {
                let chosen = request.alternatives.firstIndex { alternative in
                    allocator.choices.contains { $0.claim == place && $0.alternative.name == alternative.name }
                }
                if let chosen { score += Self.longestList - chosen }
            }
        }
        return Int64(score)
    }

    func normalize(_ scores: inout [Int64], _ nodes: [Int], _ state: CycleState) { Scores.scale(&scores) }
}
