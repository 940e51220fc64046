/// Prefers nodes where the pod makes the use of resources more even.
struct BalancedAllocation: PreScorePlugin, ScorePlugin {
    let name = PluginName.nodeResourcesBalancedAllocation
    var resources = WeightedResource.standard

    func preScore(
        _ pod: PodInfo, _ nodes: [Int], in cluster: inout ClusterState, _ state: inout CycleState
    ) -> Bool {
        resources.contains { $0.request(pod, padded: false) != 0 }
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        let with = evenness(pod, node, in: cluster, withPod: true)
        let without = evenness(pod, node, in: cluster, withPod: false)
        return maximumNodeScore / 2 + (maximumNodeScore / 2 + with - without) / 2
    }

    /// 100 less the standard deviation of the shares in use.
    private func evenness(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, withPod: Bool) -> Int64 {
        var count = 0
        var sum = 0.0
        var first = 0.0
        var last = 0.0
        for resource in resources {
            guard let share = share(resource, pod, node, in: cluster, withPod: withPod) else { continue }
            if count == 0 { first = share }
            last = share
            sum += share
            count += 1
        }
        var deviation = 0.0
        if count == 2 {
            deviation = abs((first - last) / 2)
        } else if count > 2 {
            let mean = sum / Double(count)
            var squares = 0.0
            for resource in resources {
                guard let share = share(resource, pod, node, in: cluster, withPod: withPod) else { continue }
                squares += (share - mean) * (share - mean)
            }
            deviation = (squares / Double(count)).squareRoot()
        }
        return Int64((1 - deviation) * Double(maximumNodeScore))
    }

    private func share(
        _ resource: WeightedResource, _ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, withPod: Bool
    ) -> Double? {
        guard let amounts = resource.amounts(pod, node, in: cluster, padded: false) else { return nil }
        let used = amounts.allocated + (withPod ? amounts.requested : 0)
        return min(1, Double(used) / Double(amounts.allocatable))
    }
}
