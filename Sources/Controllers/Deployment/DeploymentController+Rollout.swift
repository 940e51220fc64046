import Client
import KubeAPI
import Machinery

extension DeploymentController {
    /// One step of a rolling update: up with the new, down with the old, within what surge and availability allow.
    func roll(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws -> ReconcileOutcome {
        try await ensureNewest(&deployment, &revisions, arithmetic)
        if try await growNewest(deployment, &revisions, arithmetic) {
            return try await syncRolloutStatus(&deployment, &revisions, arithmetic)
        }
        if try await shrinkOld(deployment, &revisions, arithmetic) {
            return try await syncRolloutStatus(&deployment, &revisions, arithmetic)
        }
        if RolloutStatus(deployment, deployment.status).isComplete { try await cleanUp(deployment, revisions) }
        return try await syncRolloutStatus(&deployment, &revisions, arithmetic)
    }

    /// Stops all old pods before the first new one starts.
    func recreate(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws -> ReconcileOutcome {
        try await refreshNewest(&deployment, &revisions)
        var stopped = false
        for set in revisions.old where set.replicas > 0 {
            stopped = try await scale(set, to: 0, deployment, &revisions, arithmetic) || stopped
        }
        if stopped || oldPodsRemain(revisions) {
            return try await syncRolloutStatus(&deployment, &revisions, arithmetic)
        }
        if revisions.newest == nil { try await ensureNewest(&deployment, &revisions, arithmetic) }
        if let newest = revisions.newest {
            try await scale(newest, to: arithmetic.replicas, deployment, &revisions, arithmetic)
        }
        if RolloutStatus(deployment, deployment.status).isComplete { try await cleanUp(deployment, revisions) }
        return try await syncRolloutStatus(&deployment, &revisions, arithmetic)
    }

    private func growNewest(
        _ deployment: Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws -> Bool {
        guard let newest = revisions.newest, newest.replicas != arithmetic.replicas else { return false }
        let size =
            newest.replicas > arithmetic.replicas
            ? arithmetic.replicas
            : arithmetic.newReplicas(current: newest.replicas, totalOfAll: revisions.totalReplicas)
        return try await scale(newest, to: size, deployment, &revisions, arithmetic)
    }

    private func shrinkOld(
        _ deployment: Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws -> Bool {
        guard revisions.totalOldReplicas > 0 else { return false }
        let limit = arithmetic.removableOldPods(
            totalOfAll: revisions.totalReplicas, newReplicas: revisions.newest?.replicas ?? 0,
            newAvailable: revisions.newest?.availableReplicas ?? 0)
        guard limit > 0 else { return false }
        // Old pods that are not available serve nobody: they go first, whatever is available elsewhere.
        let unhealthy = try await shrink(
            revisions.old, by: limit, deployment, &revisions, arithmetic
        ) { $0.replicas - $0.availableReplicas }
        let surplus = arithmetic.removableAvailablePods(available: revisions.totalAvailable)
        let healthy = try await shrink(revisions.old, by: surplus, deployment, &revisions, arithmetic, \.replicas)
        return unhealthy + healthy > 0
    }

    /// Takes pods off the oldest ReplicaSets first; returns how many.
    private func shrink(
        _ sets: [ReplicaSet], by limit: Int, _ deployment: Deployment, _ revisions: inout RevisionSet,
        _ arithmetic: RolloutArithmetic, _ removable: (ReplicaSet) -> Int
    ) async throws -> Int {
        var removed = 0
        for set in sets where removed < limit {
            let count = min(limit - removed, removable(set), set.replicas)
            guard count > 0 else { continue }
            try await scale(set, to: set.replicas - count, deployment, &revisions, arithmetic)
            removed += count
        }
        return removed
    }

    /// Whether pods of old revisions still run, be it that they take their time to end.
    private func oldPodsRemain(_ revisions: RevisionSet) -> Bool {
        revisions.old.contains { set in
            set.status.replicas > 0 || OwnerIndex.children(of: set, in: pods).contains { !$0.isTerminal }
        }
    }

    /// Deletes old, empty ReplicaSets beyond the history limit, lowest revision first.
    func cleanUp(_ deployment: Deployment, _ revisions: RevisionSet) async throws {
        guard let limit = deployment.spec.revisionHistoryLimit, limit != .max else { return }
        let candidates = revisions.old.filter { !$0.isBeingDeleted }
        let excess = candidates.count - Int(limit)
        guard excess > 0 else { return }
        let byRevision = candidates.sorted {
            DeploymentAnnotations.revision(of: $0) < DeploymentAnnotations.revision(of: $1)
        }
        for set in byRevision.prefix(excess) {
            let isIdle = set.status.replicas == 0 && set.replicas == 0
            guard isIdle, (set.metadata.generation ?? 0) <= (set.status.observedGeneration ?? 0) else { continue }
            do throws(StatusError) {
                try await context.client.delete(ReplicaSet.self, set.key)
            } catch {
                if !error.isNotFound { throw error }
            }
        }
    }
}
