import KubeAPI
import Machinery

/// Judges how far a rollout is, from a Deployment and a status of it.
struct RolloutStatus: Sendable {
    let deployment: Deployment
    let status: DeploymentStatus

    init(_ deployment: Deployment, _ status: DeploymentStatus) {
        self.deployment = deployment
        self.status = status
    }

    /// Every pod is of the newest template and available.
    var isComplete: Bool {
        let wanted = deployment.spec.replicas ?? 1
        return (status.updatedReplicas ?? 0) == wanted && (status.replicas ?? 0) == wanted
            && (status.availableReplicas ?? 0) == wanted
            && (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
    }

    /// Something moved since the status before.
    func isProgressing(since old: DeploymentStatus) -> Bool {
        let updated = status.updatedReplicas ?? 0
        let oldUpdated = old.updatedReplicas ?? 0
        return updated > oldUpdated
            || (status.replicas ?? 0) - updated < (old.replicas ?? 0) - oldUpdated
            || (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0)
            || (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
    }

    /// Nothing moved for longer than the deadline allows.
    func hasTimedOut(now: Timestamp) -> Bool {
        guard let deadline = deployment.progressDeadline,
            let condition = status.conditions.first(where: { $0.type == "Progressing" }),
            condition.reason != "NewReplicaSetAvailable"
        else { return false }
        if condition.reason == "ProgressDeadlineExceeded" { return true }
        guard let last = condition.lastUpdateTime else { return false }
        return last + deadline < now
    }
}
