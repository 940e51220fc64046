import Machinery

/// A node must have what the pod asks for left; of those that do, the emptier is preferred (LeastAllocated).
struct NodeResourcesFit: FilterPlugin, ScorePlugin {
    let name = "NodeResourcesFit"
    let looksAtOwnLabels = false
    let weight: Int64 = 1

    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus {
        var reasons: [String] = []
        var isHopeless = false
        if Int64(node.pods.count) + 1 > node.allowedPods { reasons.append("Too many pods") }
        func check(_ name: String, _ wanted: Int64, _ used: Int64, _ capacity: Int64) {
            guard wanted > 0, wanted > capacity - used else { return }
            reasons.append("Insufficient \(name)")
            if wanted > capacity { isHopeless = true }
        }
        check("cpu", pod.requests.milliCPU, node.requested.milliCPU, node.allocatable.milliCPU)
        check("memory", pod.requests.memory, node.requested.memory, node.allocatable.memory)
        check(
            "ephemeral-storage", pod.requests.ephemeralStorage, node.requested.ephemeralStorage,
            node.allocatable.ephemeralStorage)
        for name in pod.requests.others.keys.sorted() {
            check(
                name, pod.requests.others[name] ?? 0, node.requested.others[name] ?? 0,
                node.allocatable.others[name] ?? 0)
        }
        if reasons.isEmpty { return .success }
        return isHopeless ? .unresolvable(reasons) : .unschedulable(reasons)
    }

    func score(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> Int64 {
        let cpu = free(node.nonZeroMilliCPU + pod.nonZeroMilliCPU, of: node.allocatable.milliCPU)
        let memory = free(node.nonZeroMemory + pod.nonZeroMemory, of: node.allocatable.memory)
        return (cpu + memory) / 2
    }

    private func free(_ used: Int64, of capacity: Int64) -> Int64 {
        guard capacity > 0, used <= capacity else { return 0 }
        return (capacity - used) * maximumNodeScore / capacity
    }
}

/// Prefers nodes on which CPU and memory would be used to the same degree.
struct NodeResourcesBalancedAllocation: ScorePlugin {
    let name = "NodeResourcesBalancedAllocation"
    let weight: Int64 = 1

    func score(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> Int64 {
        let cpu = fraction(node.requested.milliCPU + pod.requests.milliCPU, of: node.allocatable.milliCPU)
        let memory = fraction(node.requested.memory + pod.requests.memory, of: node.allocatable.memory)
        return Int64((1 - abs(cpu - memory) / 2) * Double(maximumNodeScore))
    }

    private func fraction(_ used: Int64, of capacity: Int64) -> Double {
        capacity > 0 ? min(1, Double(used) / Double(capacity)) : 1
    }
}
