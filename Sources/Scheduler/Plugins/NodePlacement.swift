/// A pod that names its node goes there or nowhere.
struct NodeName: FilterPlugin {
    let name = PluginName.nodeName
    let events: ClusterEvents = .nodeAdded

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        let wanted = pod.demands.nodeName
        return wanted.isEmpty || wanted == cluster.nodes[node].name
            ? .success : .unresolvable("node(s) didn't match the requested node name")
    }
}

/// Cordoned nodes take only pods that tolerate it.
struct NodeUnschedulable: FilterPlugin {
    let name = PluginName.nodeUnschedulable
    let events: ClusterEvents = [.nodeAdded, .nodeTaints, .ownTolerations]

    private static let taint = NodeTaint(key: "node.kubernetes.io/unschedulable", effect: .noSchedule)

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        guard let node = change.node else { return true }
        return !cluster.nodes[node].isUnschedulable || pod.demands.tolerations.tolerate(Self.taint)
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        guard cluster.nodes[node].isUnschedulable else { return .success }
        return pod.demands.tolerations.tolerate(Self.taint) ? .success : .unresolvable("node(s) were unschedulable")
    }
}

/// Two pods cannot have the same port of a node.
struct NodePorts: PreFilterPlugin, FilterPlugin {
    let name = PluginName.nodePorts
    let events: ClusterEvents = [.podDeleted, .nodeAdded]

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        guard let gone = change.oldPod else { return true }
        return pod.demands.hostPorts.contains { port in gone.demands.hostPorts.contains { $0.conflicts(with: port) } }
    }

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        pod.demands.hostPorts.isEmpty ? .skip : .allNodes
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        for wanted in pod.demands.hostPorts {
            for taken in cluster.nodes[node].hostPorts where taken.conflicts(with: wanted) {
                return .unschedulable("node(s) didn't have free ports for the requested pod ports")
            }
        }
        return .success
    }
}
