import Client
import KubeAPI
import Machinery

extension DeploymentController {
    /// Follows a change of size, also while paused; a rollout in the middle keeps its proportions.
    func resize(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws -> ReconcileOutcome {
        try await refreshNewest(&deployment, &revisions)
        try await scaleSets(deployment, &revisions, arithmetic)
        if deployment.spec.paused == true { try await cleanUp(deployment, revisions) }
        return try await syncStatus(&deployment, &revisions)
    }

    private func scaleSets(
        _ deployment: Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws {
        let active = revisions.active
        if active.count <= 1, let only = active.first ?? revisions.newest ?? revisions.old.last {
            if only.replicas != arithmetic.replicas {
                try await scale(only, to: arithmetic.replicas, deployment, &revisions, arithmetic)
            }
            return
        }
        if let newest = revisions.newest, isSaturated(newest, arithmetic) {
            for set in revisions.old where set.replicas > 0 {
                try await scale(set, to: 0, deployment, &revisions, arithmetic)
            }
            return
        }
        guard arithmetic.isRolling else { return }
        let toAdd = (arithmetic.replicas > 0 ? arithmetic.maximumTotal : 0) - active.reduce(0) { $0 + $1.replicas }
        let ordered = active.sorted { left, right in
            if left.replicas != right.replicas { return left.replicas > right.replicas }
            // Of equally large ones the newer grows first and the older shrinks first.
            return toAdd > 0 ? RevisionSet.isOlder(right, left) : RevisionSet.isOlder(left, right)
        }
        let sizes = arithmetic.proportionalSizes(
            ordered.map { set in
                let annotated = DeploymentAnnotations.count(DeploymentAnnotations.maxReplicas, of: set) ?? 0
                return (set.replicas, annotated > 0 ? annotated : Int(deployment.status.replicas ?? 0))
            })
        for (set, size) in zip(ordered, sizes) {
            try await scale(set, to: size, deployment, &revisions, arithmetic)
        }
    }

    private func isSaturated(_ set: ReplicaSet, _ arithmetic: RolloutArithmetic) -> Bool {
        set.replicas == arithmetic.replicas && set.availableReplicas == arithmetic.replicas
            && DeploymentAnnotations.count(DeploymentAnnotations.desiredReplicas, of: set) == arithmetic.replicas
    }

    /// Gives a ReplicaSet its size and notes the Deployment's beside it; writes only on difference.
    /// - Returns: whether its size changed.
    @discardableResult
    func scale(
        _ set: ReplicaSet, to size: Int, _ deployment: Deployment, _ revisions: inout RevisionSet,
        _ arithmetic: RolloutArithmetic
    ) async throws -> Bool {
        let before = set.replicas
        var updated = set
        updated.spec.replicas = Int32(clamping: size)
        DeploymentAnnotations.setSizes(&updated.metadata.annotations, arithmetic)
        guard before != size || updated.metadata.annotations != set.metadata.annotations else { return false }
        updated = try await context.client.update(updated)
        revisions.replace(updated)
        guard before != size else { return false }
        recorder.event(
            deployment, reason: "ScalingReplicaSet",
            message: "Scaled \(before < size ? "up" : "down") replica set \(set.name) from \(before) to \(size)")
        return true
    }
}
