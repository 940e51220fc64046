import KubeAPI
import Machinery

/// A pod that names its node goes there or nowhere.
struct NodeName: FilterPlugin {
    let name = "NodeName"
    let looksAtOwnLabels = false

    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus {
        let wanted = pod.pod.spec.nodeName ?? ""
        return wanted.isEmpty || wanted == node.name
            ? .success : .unresolvable(["node(s) didn't match the requested node name"])
    }
}

/// Cordoned nodes take only pods that tolerate it.
struct NodeUnschedulable: FilterPlugin {
    let name = "NodeUnschedulable"
    let looksAtOwnLabels = false

    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus {
        guard node.isUnschedulable else { return .success }
        var taint = Taint()
        taint.key = "node.kubernetes.io/unschedulable"
        taint.effect = "NoSchedule"
        return Tolerations.tolerate(taint, pod.pod.spec.tolerations)
            ? .success : .unresolvable(["node(s) were unschedulable"])
    }
}

/// Two pods cannot have the same port of a node.
struct NodePorts: FilterPlugin {
    let name = "NodePorts"
    let looksAtOwnLabels = false

    func filter(_ pod: PodInfo, _ node: NodeInfo, _ state: CycleState) -> FilterStatus {
        let conflict = pod.hostPorts.contains { wanted in node.hostPorts.contains { $0.conflicts(with: wanted) } }
        return conflict ? .unschedulable(["node(s) didn't have free ports for the requested pod ports"]) : .success
    }
}

/// Pods wait until their gates are lifted.
struct SchedulingGates: PreEnqueuePlugin {
    let name = "SchedulingGates"

    func preEnqueue(_ pod: Pod) -> FilterStatus {
        let gates = pod.spec.schedulingGates.map(\.name)
        return gates.isEmpty
            ? .success : .unresolvable(["waiting for scheduling gates: [\(gates.joined(separator: " "))]"])
    }
}
