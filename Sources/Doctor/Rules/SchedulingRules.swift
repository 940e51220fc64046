import KubeAPI
import Machinery

/// Pods that no node takes: what the scheduler says, and what of it stands in the way.
enum SchedulingRules {
    /// A reason as the scheduler counts it, and what it means; the first that fits is the one to act on.
    private static let reasons: [(text: String, cause: Cause)] = [
        ("Insufficient memory", .insufficientMemory), ("Insufficient cpu", .insufficientCPU),
        ("Insufficient ephemeral-storage", .insufficientStorage), ("Too many pods", .tooManyPods),
        ("didn't have free ports", .hostPort), ("pod anti-affinity", .podAntiAffinity),
        ("existing pods anti-affinity", .podAntiAffinity), ("pod affinity", .podAffinity),
        ("topology spread", .topologySpread), ("volume node affinity conflict", .volumePlacement),
        ("PersistentVolume's node affinity", .volumePlacement), ("available volume zone", .volumePlacement),
        ("didn't find available persistent volumes", .unboundClaim), ("exceed max volume count", .volumePlacement),
        ("node affinity/selector", .nodeSelector), ("requested node name", .nodeSelector),
        ("untolerated taint", .untoleratedTaint), ("were unschedulable", .cordonedNodes),
    ]

    static func examine(_ pod: Pod, in picture: ClusterPicture) -> [Finding] {
        guard pod.status.phase ?? "Pending" == "Pending", (pod.spec.nodeName ?? "").isEmpty, !pod.isBeingDeleted else {
            return []
        }
        guard let condition = pod.status.conditions.first(where: { $0.type == "PodScheduled" }) else {
            return unnoticed(pod, picture)
        }
        guard condition.status != "True" else { return [] }
        let message = condition.message ?? ""
        if condition.reason == "SchedulingGated" { return [gated(pod, message)] }
        let evidence = [Evidence("condition PodScheduled", message)]
        if let finding = claim(pod, message, evidence) ?? empty(pod, message, evidence) { return [finding] }
        return [placement(pod, message, evidence, picture)]
    }

    /// The scheduler looks at a pod at once; one that it does not is not its own.
    private static func unnoticed(_ pod: Pod, _ picture: ClusterPicture) -> [Finding] {
        guard let created = pod.metadata.creationTimestamp, picture.now - created > .seconds(30) else { return [] }
        let name = pod.spec.schedulerName ?? "default-scheduler"
        return [
            Finding(
                .noScheduler, pod.objectName, "No scheduler has looked at the pod: nobody answers to \"\(name)\".",
                evidence: [Evidence("spec.schedulerName", name)],
                next: [pod.objectName.kubectl("get pod \(pod.name) -o jsonpath={.spec.schedulerName}")])
        ]
    }

    private static func gated(_ pod: Pod, _ message: String) -> Finding {
        let gates = pod.spec.schedulingGates.map(\.name).joined(separator: ", ")
        return Finding(
            .schedulingGate, pod.objectName, "The pod waits until somebody takes its scheduling gates off: \(gates).",
            evidence: [Evidence("condition PodScheduled", message), Evidence("spec.schedulingGates", gates)],
            next: [pod.objectName.describe])
    }

    private static func claim(_ pod: Pod, _ message: String, _ evidence: [Evidence]) -> Finding? {
        let claims = pod.spec.volumes.compactMap(\.persistentVolumeClaim?.claimName).joined(separator: ", ")
        if message.contains("unbound immediate PersistentVolumeClaims") {
            return Finding(
                .unboundClaim, pod.objectName, "The pod waits for its claims to be bound: \(claims).",
                evidence: evidence, next: [pod.objectName.kubectl("describe pvc \(claims)")])
        }
        if message.contains("persistentvolumeclaim \"") && message.contains("not found") {
            return Finding(
                .missingClaim, pod.objectName, "The pod uses a claim that is not there: \(claims).",
                evidence: evidence, next: [pod.objectName.kubectl("get pvc")])
        }
        return nil
    }

    private static func empty(_ pod: Pod, _ message: String, _ evidence: [Evidence]) -> Finding? {
        guard message.contains("no nodes available") || message.hasPrefix("0/0 nodes") else { return nil }
        return Finding(
            .noNodes, pod.objectName, "The cluster has no node.", evidence: evidence, next: ["kubectl get nodes"])
    }

    private static func placement(
        _ pod: Pod, _ message: String, _ evidence: [Evidence], _ picture: ClusterPicture
    ) -> Finding {
        if let resource = extended(message) { return shortage(pod, resource, evidence, picture) }
        for (text, cause) in reasons where message.contains(text) {
            switch cause {
            case .insufficientCPU: return shortage(pod, "cpu", evidence, picture, cause)
            case .insufficientMemory: return shortage(pod, "memory", evidence, picture, cause)
            case .insufficientStorage: return shortage(pod, "ephemeral-storage", evidence, picture, cause)
            case .untoleratedTaint: return taint(pod, evidence, picture)
            case .nodeSelector: return selector(pod, evidence, picture)
            default:
                return Finding(cause, pod.objectName, words(cause), evidence: evidence, next: [pod.objectName.describe])
            }
        }
        return Finding(
            .unschedulable, pod.objectName, "No node takes the pod.", evidence: evidence,
            next: [pod.objectName.describe])
    }

    private static func words(_ cause: Cause) -> String {
        switch cause {
        case .tooManyPods: "The nodes have as many pods as they may."
        case .hostPort: "The pod's host port is taken on every node that it could be on."
        case .podAntiAffinity: "Pods that this one may not be with are on every node that it could be on."
        case .podAffinity: "No node has the pods that this one wants to be with."
        case .topologySpread: "Any node would leave the pods of this kind spread more unevenly than allowed."
        case .volumePlacement: "The pod's volume cannot be used from the nodes that it could be on."
        case .unboundClaim: "No volume fits the pod's claim on any node that it could be on."
        case .cordonedNodes: "The nodes that it could be on take no new pods: they are cordoned."
        default: "No node takes the pod."
        }
    }

    /// The name of the resource that is not cpu or memory, as in `2 Insufficient nvidia.com/gpu`.
    private static func extended(_ message: String) -> String? {
        for piece in message.split(separator: " Insufficient ", omittingEmptySubsequences: false).dropFirst() {
            let name = piece.prefix { $0 != "," && $0 != " " }
            let trimmed = name.hasSuffix(".") ? name.dropLast() : name
            if trimmed.contains("/") { return String(trimmed) }
        }
        return nil
    }

    private static func shortage(
        _ pod: Pod, _ resource: String, _ evidence: [Evidence], _ picture: ClusterPicture, _ known: Cause? = nil
    ) -> Finding {
        let wanted = PodDemand.requests(pod, resource)
        let largest = picture.nodes.compactMap { $0.status.allocatable[resource] }.max() ?? .zero
        let isGPU = resource.hasSuffix("/gpu") || resource.contains("gpu.")
        let hasAny = picture.nodes.contains { node in !(node.status.capacity[resource] ?? .zero).isZero }
        let cause = known ?? (!isGPU ? .insufficientResource : hasAny ? .insufficientGPU : .noGPUNode)
        let summary =
            cause == .noGPUNode
            ? "The pod asks for \(resource), which no node of the cluster has."
            : largest < wanted
                ? "The pod asks for \(resource) \(wanted), more than any node has (\(largest))."
                : "No node that it could be on has \(resource) \(wanted) left."
        return Finding(
            cause, pod.objectName, summary,
            evidence: evidence + [Evidence("requests", "\(resource): \(wanted)")]
                + PodDemand.nodes(picture, resource),
            next: [
                "kubectl describe nodes | grep -A8 'Allocated resources'",
                "kubectl get pods -A --field-selector=status.phase=Running -o wide",
            ])
    }

    private static func taint(_ pod: Pod, _ evidence: [Evidence], _ picture: ClusterPicture) -> Finding {
        let taints = picture.nodes.flatMap { node in
            node.spec.taints.filter { $0.effect != "PreferNoSchedule" }.map { taint in
                Evidence("node \(node.name)", "taint \(taint.key)=\(taint.value ?? ""):\(taint.effect)")
            }
        }
        return Finding(
            .untoleratedTaint, pod.objectName,
            "The nodes that it could be on have taints that the pod does not tolerate.",
            evidence: evidence + taints,
            next: [
                "kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints",
                pod.objectName.kubectl("get pod \(pod.name) -o jsonpath={.spec.tolerations}"),
            ])
    }

    private static func selector(_ pod: Pod, _ evidence: [Evidence], _ picture: ClusterPicture) -> Finding {
        let wanted = pod.spec.nodeSelector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let summary =
            wanted.isEmpty
            ? "No node fits the pod's node affinity." : "No node has the labels \(wanted.joined(separator: ", "))."
        return Finding(
            .nodeSelector, pod.objectName, summary,
            evidence: evidence + (wanted.isEmpty ? [] : [Evidence("nodeSelector", wanted.joined(separator: ","))]),
            next: [
                wanted.isEmpty
                    ? "kubectl get nodes --show-labels" : "kubectl get nodes -l '\(wanted.joined(separator: ","))'"
            ])
    }
}
