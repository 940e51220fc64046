import KubeAPI

/// Pods that need GPUs cannot land on general nodes.
enum NodePlacementCheck: Check {
    static let name = "NodePlacement"
    static let area = Review.Area.scheduling
    static let risk = "replicas run where they cannot do their work"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.services.isEmpty else { return nil }
        var judgement = Judgement()
        for workload in picture.workloads where workload.name.hasPrefix("deployment/") && isModel(workload, picture) {
            if let reason = reason(workload) {
                judgement.evidence.append("\(workload.name): \(reason)")
            } else {
                judgement.problems.append("\(workload.name) asks for no GPU and selects no nodes: any node may get it")
            }
        }
        for node in picture.nodes where node.status.capacity.keys.contains(where: Workload.isGPU) {
            let taints = node.spec.taints.map { "\($0.key)=\($0.value ?? ""):\($0.effect)" }
            judgement.evidence.append(
                "node/\(node.name) has GPUs, taints: \(taints.isEmpty ? "none" : taints.joined(separator: ", "))")
        }
        return judgement.problems.isEmpty && judgement.evidence.isEmpty ? nil : judgement
    }

    private static func isModel(_ workload: Workload, _ picture: ReviewPicture) -> Bool {
        picture.services.contains { service in
            service.currentRevision.map { "deployment/\($0)" == workload.name } ?? false
        }
    }

    private static func reason(_ workload: Workload) -> String? {
        if workload.asksForGPUs { return "asks for GPUs, which general nodes do not have" }
        let selector = workload.pod.nodeSelector
        if !selector.isEmpty {
            return "nodeSelector "
                + selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        }
        let required = workload.pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
        return required == nil ? nil : "requires nodes by affinity"
    }
}
