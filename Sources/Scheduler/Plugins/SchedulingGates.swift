/// Pods wait until their gates are lifted.
struct SchedulingGates: PreEnqueuePlugin {
    let name = PluginName.schedulingGates
    let events: ClusterEvents = .ownGates

    func preEnqueue(_ pod: PodInfo, in cluster: borrowing ClusterState) -> FilterStatus {
        pod.demands.gates.isEmpty
            ? .success
            : .unresolvable(Reasons("waiting for scheduling gates: [\(pod.demands.gates.joined(separator: " "))]"))
    }
}

/// Pods are tried by priority, then by the time they came.
struct PrioritySort: QueueSortPlugin {
    let name = PluginName.prioritySort
}
