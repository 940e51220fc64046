import KubeAPI
import Machinery

/// Disruption budgets that keep nodes from being emptied.
enum DisruptionRules {
    static func examine(_ budget: PodDisruptionBudget, in picture: ClusterPicture) -> [Finding] {
        let status = budget.status
        guard (status.disruptionsAllowed ?? 0) == 0, (status.expectedPods ?? 0) > 0 else { return [] }
        let evidence = [
            Evidence(
                "status",
                "disruptionsAllowed 0: \(status.currentHealthy ?? 0) of \(status.expectedPods ?? 0) pods are healthy, "
                    + "\(status.desiredHealthy ?? 0) must be")
        ]
        let pods = picture.pods(budget.namespace, matching: budget.spec.selector)
        let cordoned = Set(picture.nodes.filter { $0.spec.unschedulable == true }.map(\.name))
        let stuck = pods.filter { cordoned.contains($0.spec.nodeName ?? "") }
        if let pod = stuck.first {
            return [
                Finding(
                    .budgetBlocks, budget.objectName,
                    "Node \(pod.spec.nodeName ?? "") cannot be emptied: no more pods of this budget may go.",
                    evidence: evidence
                        + stuck.prefix(3).map { Evidence("pod", "\($0.name) on \($0.spec.nodeName ?? "")") },
                    next: [
                        budget.objectName.kubectl("describe pdb \(budget.name)"),
                        budget.objectName.kubectl("get pods -o wide"),
                    ])
            ]
        }
        guard (status.desiredHealthy ?? 0) >= (status.expectedPods ?? 0) else { return [] }
        return [
            Finding(
                .budgetNeverAllows, budget.objectName,
                "The budget wants all of its pods at all times: a node with one of them can never be emptied.",
                evidence: evidence, next: [budget.objectName.kubectl("describe pdb \(budget.name)")])
        ]
    }
}
