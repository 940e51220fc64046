import KubeAPI
import Machinery

/// A pod with what scheduling needs of it, computed once. Nothing else of the pod is kept.
package final class PodInfo: Sendable {
    package let key: ObjectKey
    package let uid: String
    package let labels: [String: String]
    package let demands: PodDemands
    /// What the pod takes on its node: what it asks for, or what it has been given while it is being resized.
    package let requests: ResourceAmounts
    package let nonZeroMilliCPU: Int64
    package let nonZeroMemory: Int64
    package let priority: Int32
    package let isBeingDeleted: Bool
    /// Being deleted to make room for another.
    package let isPreempted: Bool
    package let startTime: Timestamp?
    /// The node on which room is being made; empty for none.
    package let nominatedNode: String
    package let owner: OwnerReference?
    /// The claims of its volumes, by name.
    package let claims: [String]
    /// Its claims for devices, as its spec has them.
    package let resourceClaims: [PodResourceClaim]
    /// The same: the name in the pod, and the claim's where that is known.
    package let deviceClaims: [String: String]

    package init(_ pod: Pod, demands: PodDemands) {
        key = pod.key
        uid = pod.uid
        labels = pod.metadata.labels
        self.demands = demands
        let status = pod.status
        isBeingDeleted = pod.isBeingDeleted
        startTime = status.startTime
        nominatedNode = status.nominatedNodeName ?? ""
        priority = pod.spec.priority ?? 0
        owner = pod.controllerOwner
        isPreempted =
            isBeingDeleted
            && status.conditions.contains {
                $0.type == "DisruptionTarget" && $0.status == "True" && $0.reason == "PreemptionByScheduler"
            }
        let actual = ResourceAmounts(occupiedBy: pod, demands)
        requests = actual ?? demands.requests
        nonZeroMilliCPU = max(demands.nonZeroMilliCPU, actual?.milliCPU ?? 0)
        nonZeroMemory = max(demands.nonZeroMemory, actual?.memory ?? 0)
        claims = Self.claims(pod)
        resourceClaims = pod.spec.resourceClaims
        deviceClaims = Dictionary(
            resourceClaims.compactMap { claim in
                if let name = claim.resourceClaimName { return (claim.name, name) }
                let status = status.resourceClaimStatuses.first { $0.name == claim.name }
                return status?.resourceClaimName.map { (claim.name, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    package convenience init(_ pod: Pod) {
        self.init(pod, demands: PodDemands(pod.spec, namespace: pod.namespace, labels: pod.labels))
    }

    private static func claims(_ pod: Pod) -> [String] {
        var claims: [String] = []
        for volume in pod.spec.volumes {
            if let claim = volume.persistentVolumeClaim {
                claims.append(claim.claimName)
            } else if volume.ephemeral != nil {
                claims.append("\(pod.name)-\(volume.name)")
            }
        }
        return claims
    }

    /// Names the pod in Events and in the API.
    package var reference: ObjectReference {
        var reference = ObjectReference()
        reference.apiVersion = "v1"
        reference.kind = "Pod"
        reference.name = key.name
        reference.namespace = key.namespace
        reference.uid = uid
        return reference
    }

    /// The pod's group, as a key.
    package var group: ObjectKey? {
        demands.podGroup.map { ObjectKey(namespace: key.namespace, name: $0) }
    }
}
