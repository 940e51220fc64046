/// Places the pods of a gang together or not at all (KEP-4671).
struct GangScheduling: PreEnqueuePlugin, PermitPlugin {
    let name = PluginName.gangScheduling
    let events: ClusterEvents = [.waitingPodAdded, .podGroupChanged]
    private static let patience = Duration.seconds(300)

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        guard let group = pod.group else { return true }
        if let added = change.newPod { return added.group == group }
        return change.object.map { $0 == group.description } ?? true
    }

    func preEnqueue(_ pod: PodInfo, in cluster: borrowing ClusterState) -> FilterStatus {
        guard let key = pod.group else { return .success }
        guard let group = cluster.groups[key], let policy = group.policy else {
            return .unresolvable(
                Reasons("waiting for pods's pod group \"\(key.name)\" to appear in scheduling queue"))
        }
        guard case .gang(let minimum) = policy, group.count < minimum else { return .success }
        return .unresolvable("waiting for minCount pods from a gang to appear in scheduling queue")
    }

    func opening(for pod: PodInfo, in cluster: borrowing ClusterState) -> Waker {
        Waker(events, object: pod.group?.description)
    }

    func permit(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> PermitOutcome {
        guard let key = pod.group, let group = cluster.groups[key], case .gang(let minimum)? = group.policy,
            group.placed.count < minimum
        else { return .allowed }
        return .wait(Self.patience, "waiting for minCount pods from a gang to be scheduled")
    }
}
