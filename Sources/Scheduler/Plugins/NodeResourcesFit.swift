/// A node must have what the pod asks for left; of those that do, the emptier, or the fuller, is preferred.
struct NodeResourcesFit: FilterPlugin, ScorePlugin {
    let name = PluginName.nodeResourcesFit
    let events: ClusterEvents = [
        .podDeleted, .podShrunk, .nodeAdded, .nodeAllocatable, .ownRequests, .deviceClassChanged,
    ]
    var strategy = FitStrategy.leastAllocated(WeightedResource.standard)
    /// Extended resources that somebody else looks after, by name and by what stands before the slash.
    var ignored: Set<String> = []
    var ignoredGroups: Set<String> = []

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        if change.events.contains(.podShrunk), let old = change.oldPod, let new = change.newPod {
            return isMore(old.requests, than: new.requests, for: pod)
        }
        if change.events == .deviceClassChanged { return pod.demands.extended != nil }
        if let freed = change.freed { return mayFit(pod, cluster.nodes[freed], cluster.devices) }
        guard let node = change.node else { return true }
        guard Self.fitsEmpty(pod, cluster.nodes[node], cluster.devices) else { return false }
        guard let old = change.oldNode else { return true }
        return cluster.nodes[node].allowedPods > old.allowedPods
            || isMore(cluster.nodes[node].allocatable, than: old.allocatable, for: pod)
    }

    private func isMore(_ left: ResourceAmounts, than right: ResourceAmounts, for pod: PodInfo) -> Bool {
        (pod.requests.milliCPU > 0 && left.milliCPU > right.milliCPU)
            || (pod.requests.memory > 0 && left.memory > right.memory)
            || (pod.requests.ephemeralStorage > 0 && left.ephemeralStorage > right.ephemeralStorage)
            || pod.requests.others.contains { $0.value > 0 && left[$0.key] > right[$0.key] }
    }

    /// Whether a node that another pod has left has room now, or would if less important pods left too.
    private func mayFit(_ pod: PodInfo, _ node: NodeInfo, _ devices: DeviceObjects) -> Bool {
        var used = node.requested
        var count = Int64(node.pods.count)
        for other in node.pods where other.priority < pod.priority {
            used.add(other.requests, sign: -1)
            count -= 1
        }
        let requests = pod.requests
        return node.exists && count < node.allowedPods
            && requests.milliCPU <= node.allocatable.milliCPU - used.milliCPU
            && requests.memory <= node.allocatable.memory - used.memory
            && requests.ephemeralStorage <= node.allocatable.ephemeralStorage - used.ephemeralStorage
            && requests.others.allSatisfy {
                isIgnored($0.key) || Self.isDevice($0.key, node, devices)
                    || $0.value <= node.allocatable[$0.key] - used[$0.key]
            }
    }

    /// Whether a node could have the pod if it had nothing else.
    private static func fitsEmpty(_ pod: PodInfo, _ node: NodeInfo, _ devices: DeviceObjects) -> Bool {
        let requests = pod.requests
        return node.allowedPods > 0 && requests.milliCPU <= node.allocatable.milliCPU
            && requests.memory <= node.allocatable.memory
            && requests.ephemeralStorage <= node.allocatable.ephemeralStorage
            && requests.others.allSatisfy {
                $0.value <= node.allocatable[$0.key] || isDevice($0.key, node, devices)
            }
    }

    /// Whether a resource that the node itself has none of is to come from its devices (`DynamicResources`).
    private static func isDevice(_ name: String, _ node: NodeInfo, _ devices: DeviceObjects) -> Bool {
        node.allocatable[name] == 0 && devices.extended.classes[name] != nil
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        let isFull = Int64(cluster.nodes[node].pods.count) + 1 > cluster.nodes[node].allowedPods
        let lacksCPU =
            pod.requests.milliCPU > 0
            && pod.requests.milliCPU > cluster.nodes[node].allocatable.milliCPU
                - cluster.nodes[node].requested.milliCPU
        let lacksMemory =
            pod.requests.memory > 0
            && pod.requests.memory > cluster.nodes[node].allocatable.memory - cluster.nodes[node].requested.memory
        let lacksStorage =
            pod.requests.ephemeralStorage > 0
            && pod.requests.ephemeralStorage > cluster.nodes[node].allocatable.ephemeralStorage
                - cluster.nodes[node].requested.ephemeralStorage
        if !isFull, !lacksCPU, !lacksMemory, !lacksStorage, pod.requests.others.isEmpty { return .success }
        return verdict(
            pod, node, in: cluster, isFull: isFull, lacksCPU: lacksCPU, lacksMemory: lacksMemory,
            lacksStorage: lacksStorage)
    }

    private func verdict(
        _ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, isFull: Bool, lacksCPU: Bool,
        lacksMemory: Bool, lacksStorage: Bool
    ) -> FilterStatus {
        let allocatable = cluster.nodes[node].allocatable
        var lacking: [String] = []
        var isHopeless = false
        if isFull { lacking.append("Too many pods") }
        if lacksCPU {
            lacking.append("Insufficient cpu")
            if pod.requests.milliCPU > allocatable.milliCPU { isHopeless = true }
        }
        if lacksMemory {
            lacking.append("Insufficient memory")
            if pod.requests.memory > allocatable.memory { isHopeless = true }
        }
        if lacksStorage {
            lacking.append("Insufficient ephemeral-storage")
            if pod.requests.ephemeralStorage > allocatable.ephemeralStorage { isHopeless = true }
        }
        for (name, wanted) in pod.requests.others where wanted > 0 && !isIgnored(name) {
            let capacity = allocatable.others[name] ?? 0
            if capacity == 0, cluster.devices.extended.classes[name] != nil { continue }
            if wanted > capacity - (cluster.nodes[node].requested.others[name] ?? 0) {
                lacking.append("Insufficient \(name)")
                if wanted > capacity { isHopeless = true }
            }
        }
        guard let first = lacking.first else { return .success }
        let reasons = Reasons(first, Array(lacking.dropFirst()))
        return isHopeless ? .unresolvable(reasons) : .unschedulable(reasons)
    }

    private func isIgnored(_ name: String) -> Bool {
        if ignored.isEmpty, ignoredGroups.isEmpty { return false }
        return ignored.contains(name) || ignoredGroups.contains(name.split(separator: "/").first.map(String.init) ?? "")
    }

    func score(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> Int64 {
        var total: Int64 = 0
        var weights: Int64 = 0
        switch strategy {
        case .leastAllocated(let resources):
            for resource in resources {
                guard let amounts = resource.amounts(pod, node, in: cluster, padded: true) else { continue }
                let used = amounts.allocated + amounts.requested
                if used <= amounts.allocatable {
                    total += (amounts.allocatable - used) * maximumNodeScore / amounts.allocatable * resource.weight
                }
                weights += resource.weight
            }
            return weights == 0 ? 0 : total / weights
        case .mostAllocated(let resources):
            for resource in resources {
                guard let amounts = resource.amounts(pod, node, in: cluster, padded: true) else { continue }
                let used = min(amounts.allocated + amounts.requested, amounts.allocatable)
                total += used * maximumNodeScore / amounts.allocatable * resource.weight
                weights += resource.weight
            }
            return weights == 0 ? 0 : total / weights
        case .requestedToCapacityRatio(let resources, let shape):
            for resource in resources {
                guard let amounts = resource.amounts(pod, node, in: cluster, padded: true) else { continue }
                let used = amounts.allocated + amounts.requested
                let score = shape.score(
                    used > amounts.allocatable ? maximumNodeScore : used * maximumNodeScore / amounts.allocatable)
                if score > 0 {
                    total += score * resource.weight
                    weights += resource.weight
                }
            }
            return weights == 0 ? 0 : Int64((Double(total) / Double(weights)).rounded())
        }
    }
}
