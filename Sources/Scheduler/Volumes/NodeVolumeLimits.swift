import KubeAPI
import Machinery

/// The volumes a pod needs attached, by driver.
package struct VolumeLimitState: Sendable {
    /// By volume: its driver.
    var drivers: [String: String]
}

/// A node can attach only so many volumes of a driver.
struct NodeVolumeLimits: PreFilterPlugin, FilterPlugin {
    let name = PluginName.nodeVolumeLimits
    let events: ClusterEvents = [.storageNodeChanged, .podDeleted, .claimChanged, .nodeAdded, .volumeChanged]

    func mayHelp(_ change: ClusterChange, _ pod: PodInfo, in cluster: borrowing ClusterState) -> Bool {
        change.oldPod.map { !$0.claims.isEmpty } ?? true
    }

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        if pod.claims.isEmpty { return .skip }
        for claim in pod.claims
        where cluster.storage.claims[ObjectKey(namespace: pod.key.namespace, name: claim)] == nil {
            return .rejected(.unresolvable(Reasons("persistentvolumeclaim \"\(claim)\" not found")))
        }
        let drivers = Self.attached(pod, cluster.storage)
        if drivers.isEmpty { return .skip }
        state.volumeLimits = VolumeLimitState(drivers: drivers)
        return .allNodes
    }

    /// The drivers of a pod's volumes, by what names the volume.
    private static func attached(_ pod: PodInfo, _ storage: StorageObjects) -> [String: String] {
        var result: [String: String] = [:]
        for name in pod.claims {
            guard let claim = storage.claims[ObjectKey(namespace: pod.key.namespace, name: name)] else { continue }
            if let volume = storage.volumes[claim.spec.volumeName ?? ""] {
                if let source = volume.spec.csi { result["\(source.driver)/\(source.volumeHandle)"] = source.driver }
            } else if let storageClass = storage.classes[claim.spec.storageClassName ?? ""] {
                // Not made yet: named by its claim.
                result["\(storageClass.provisioner)-\(claim.namespace)/\(claim.name)"] = storageClass.provisioner
            }
        }
        return result
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        guard let wanted = state.volumeLimits?.drivers, let csi = cluster.storage.nodes[cluster.nodes[node].name]
        else { return .success }
        var limits: [String: Int] = [:]
        for driver in csi.spec.drivers {
            if let count = driver.allocatable?.count { limits[driver.name] = Int(count) }
        }
        if limits.isEmpty { return .success }
        var attached: [String: String] = [:]
        for other in cluster.nodes[node].pods where !other.claims.isEmpty {
            attached.merge(Self.attached(other, cluster.storage)) { first, _ in first }
        }
        var new: [String: Int] = [:]
        for (volume, driver) in wanted where attached[volume] == nil { new[driver, default: 0] += 1 }
        for (driver, count) in new {
            guard let limit = limits[driver] else { continue }
            if attached.values.count(where: { $0 == driver }) + count > limit {
                return .unschedulable("node(s) exceed max volume count")
            }
        }
        return .success
    }
}
