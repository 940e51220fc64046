import KubeAPI
import Machinery

/// Disks that only one pod, or only readers, can have at a time.
struct VolumeRestrictions: PreFilterPlugin, FilterPlugin {
    let name = PluginName.volumeRestrictions
    let events: ClusterEvents = [.podDeleted, .nodeAdded, .claimChanged]

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        if let gone = change.oldPod {
            if gone.key.namespace == pod.key.namespace, gone.claims.contains(where: pod.claims.contains) { return true }
            return gone.demands.disks.contains { disk in pod.demands.disks.contains { $0.conflicts(with: disk) } }
        }
        guard let object = change.object else { return true }
        return pod.claims.contains { ObjectKey(namespace: pod.key.namespace, name: $0).description == object }
    }

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        var exclusive: [String] = []
        for name in pod.claims {
            let key = ObjectKey(namespace: pod.key.namespace, name: name)
            guard let claim = cluster.storage.claims[key] else {
                return .rejected(.unresolvable(Reasons("persistentvolumeclaim \"\(name)\" not found")))
            }
            if claim.spec.accessModes.contains("ReadWriteOncePod") {
                exclusive.append(name)
                state.exclusiveClaimUsers += cluster.claimUsers[key] ?? 0
            }
        }
        state.exclusiveClaims = exclusive
        return exclusive.isEmpty && pod.demands.disks.isEmpty ? .skip : .allNodes
    }

    func podChanged(
        _ other: PodInfo, on node: Int, by delta: Int32, for pod: PodInfo, in cluster: borrowing ClusterState,
        _ state: inout CycleState
    ) {
        guard other.key.namespace == pod.key.namespace else { return }
        for claim in state.exclusiveClaims where other.claims.contains(claim) {
            state.exclusiveClaimUsers += Int(delta)
        }
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        if !pod.demands.disks.isEmpty {
            for other in cluster.nodes[node].pods where !other.demands.disks.isEmpty {
                for disk in pod.demands.disks where other.demands.disks.contains(where: { $0.conflicts(with: disk) }) {
                    return .unschedulable("node(s) had no available disk")
                }
            }
        }
        return state.exclusiveClaimUsers > 0
            ? .unschedulable(
                "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod"
            ) : .success
    }
}
