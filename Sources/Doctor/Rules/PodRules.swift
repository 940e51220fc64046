import KubeAPI
import Machinery

/// What becomes of a pod as a whole.
enum PodRules {
    static func examine(_ pod: Pod, in picture: ClusterPicture) -> [Finding] {
        if pod.isBeingDeleted { return deletion(pod, picture) }
        guard pod.status.phase == "Failed" else { return devices(pod) }
        guard !picture.isReplaced(pod), let reason = pod.status.reason else { return [] }
        let message = pod.status.message ?? ""
        let evidence = [Evidence("status", "\(reason): \(message)")]
        let node = pod.spec.nodeName ?? ""
        switch reason {
        case "Evicted" where message.contains("device is unhealthy"):
            return [
                Finding(
                    .gpuLost, pod.objectName, "A device of the pod failed, and the node \(node) ended the pod.",
                    evidence: evidence, next: ["kubectl describe node \(node)", pod.objectName.describe])
            ]
        case "Evicted":
            return [
                Finding(
                    .evicted, pod.objectName, "The node \(node) ran dry and ended the pod.", evidence: evidence,
                    next: ["kubectl describe node \(node)", pod.objectName.kubectl("delete pod \(pod.name)")])
            ]
        case "Preempted", "Preempting":
            return [
                Finding(
                    .preempted, pod.objectName, "The pod had to make room for a more important one.",
                    evidence: evidence, next: ["kubectl get priorityclasses"])
            ]
        case _
        where reason == "UnexpectedAdmissionError" || reason == "NodeAffinity" || reason.hasPrefix("OutOf")
            || reason == "TaintToleration" || reason == "NodePorts":
            return [
                Finding(
                    .rejectedByNode, pod.objectName, "The node \(node) refused the pod.", evidence: evidence,
                    next: ["kubectl describe node \(node)"])
            ]
        default: return []
        }
    }

    /// Pods that run on a device that is not well.
    private static func devices(_ pod: Pod) -> [Finding] {
        for status in pod.status.containerStatuses {
            for resource in status.allocatedResourcesStatus {
                for device in resource.resources where device.health == "Unhealthy" {
                    return [
                        Finding(
                            .gpuLost, pod.objectName, "Container \(status.name) runs on a device that has failed.",
                            evidence: [
                                Evidence("allocatedResourcesStatus", "\(resource.name) \(device.resourceID): Unhealthy")
                            ],
                            next: [
                                "kubectl describe node \(pod.spec.nodeName ?? "")",
                                pod.objectName.kubectl("delete pod \(pod.name)"),
                            ])
                    ]
                }
            }
        }
        return []
    }

    private static func deletion(_ pod: Pod, _ picture: ClusterPicture) -> [Finding] {
        // The time given for the end is in the timestamp already.
        guard let age = pod.deletionAge(picture.now), age > .seconds(60) else { return [] }
        if let node = picture.node(pod.spec.nodeName), node.condition("Ready")?.status != "True" {
            return [
                Finding(
                    .lostNode, pod.objectName,
                    "The pod is to go, but its node \(node.name) does not answer and cannot confirm its end.",
                    evidence: [NodeRules.quote(node, "Ready")],
                    next: [
                        "kubectl describe node \(node.name)",
                        pod.objectName.kubectl("delete pod \(pod.name) --force --grace-period=0"),
                    ])
            ]
        }
        return DeletionRules.finalizers(pod, in: picture)
    }
}
