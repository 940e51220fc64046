/// A pod that needs a feature of the node agent goes to nodes that declare it (KEP-5328).
struct NodeDeclaredFeatures: FilterPlugin {
    let name = PluginName.nodeDeclaredFeatures
    let events: ClusterEvents = [.nodeAdded, .nodeFeatures, .ownOther]

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        let needed = pod.demands.nodeFeatures
        if needed.isEmpty || needed.isSubset(of: cluster.nodes[node].declaredFeatures) { return .success }
        return .unresolvable("node(s) didn't match Pod's required features")
    }
}
