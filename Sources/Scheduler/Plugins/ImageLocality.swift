/// Prefers nodes that have the pod's images, the more so the larger and the more widespread these are.
struct ImageLocality: PreScorePlugin, ScorePlugin {
    let name = PluginName.imageLocality

    private static let mebibyte: Int64 = 1024 * 1024
    private static let least = 23 * mebibyte
    private static let mostPerContainer = 1000 * mebibyte

    func preScore(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState
    ) -> Bool {
        // Where no node has any of the images, all get nothing.
        pod.demands.images.contains { cluster.imageNodes[$0] != nil }
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        var sum: Int64 = 0
        for image in pod.demands.images {
            guard let size = cluster.nodes[node].images[image] else { continue }
            sum += Int64(Double(size) * (Double(cluster.imageNodes[image] ?? 0) / Double(cluster.nodeCount)))
        }
        let most = Self.mostPerContainer * Int64(pod.demands.containerCount)
        let bounded = max(Self.least, min(sum, most))
        return maximumNodeScore * (bounded - Self.least) / (most - Self.least)
    }
}
