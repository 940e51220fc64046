import Client
import KubeAPI
import Machinery

extension DeploymentController {
    /// Writes the counts, without judging progress.
    func syncStatus(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet
    ) async throws -> ReconcileOutcome {
        let status = counts(deployment, revisions, try RolloutArithmetic(deployment.spec))
        guard status != deployment.status else { return .done }
        deployment.status = status
        deployment = try await updateStatus(deployment)
        return .done
    }

    /// Writes the counts and how the rollout goes.
    func syncRolloutStatus(
        _ deployment: inout Deployment, _ revisions: inout RevisionSet, _ arithmetic: RolloutArithmetic
    ) async throws -> ReconcileOutcome {
        var status = counts(deployment, revisions, arithmetic)
        if deployment.progressDeadline == nil {
            status.conditions = ProgressConditions.removing("Progressing", from: status.conditions)
        } else {
            judgeProgress(deployment, &status, newest: revisions.newest)
        }
        status.conditions = replicaFailure(revisions, in: status.conditions)
        let outcome = nextLook(at: deployment, status)
        guard status != deployment.status else { return outcome }
        deployment.status = status
        deployment = try await updateStatus(deployment)
        return outcome
    }

    func counts(
        _ deployment: Deployment, _ revisions: RevisionSet, _ arithmetic: RolloutArithmetic
    ) -> DeploymentStatus {
        func count(_ value: Int) -> Int32? { value == 0 ? nil : Int32(clamping: value) }
        let all = revisions.all
        let available = revisions.totalAvailable
        var status = deployment.status
        status.observedGeneration = deployment.metadata.generation
        status.replicas = count(all.reduce(0) { $0 + Int($1.status.replicas) })
        status.updatedReplicas = count(Int(revisions.newest?.status.replicas ?? 0))
        status.readyReplicas = count(all.reduce(0) { $0 + Int($1.status.readyReplicas ?? 0) })
        status.availableReplicas = count(available)
        status.unavailableReplicas = count(max(revisions.totalReplicas - available, 0))
        status.terminatingReplicas = Int32(clamping: all.reduce(0) { $0 + Int($1.status.terminatingReplicas ?? 0) })
        let isAvailable = available >= arithmetic.minimumAvailable
        status.conditions = ProgressConditions.setting(
            .init(
                type: "Available", status: isAvailable,
                reason: isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                message: isAvailable
                    ? "Deployment has minimum availability." : "Deployment does not have minimum availability."),
            in: status.conditions, now: context.now)
        return status
    }

    private func judgeProgress(_ deployment: Deployment, _ status: inout DeploymentStatus, newest: ReplicaSet?) {
        let rollout = RolloutStatus(deployment, status)
        let known = deployment.condition("Progressing")
        let isSettled =
            (status.replicas ?? 0) == (status.updatedReplicas ?? 0) && known?.reason == "NewReplicaSetAvailable"
        guard !isSettled else { return }
        let subject = newest.map { "ReplicaSet \"\($0.name)\"" } ?? "Deployment \"\(deployment.name)\""
        let now = context.now
        if rollout.isComplete {
            status.conditions = ProgressConditions.setting(
                .init(
                    type: "Progressing", status: true, reason: "NewReplicaSetAvailable",
                    message: "\(subject) has successfully progressed."), in: status.conditions, now: now)
        } else if rollout.isProgressing(since: deployment.status) {
            status.conditions = ProgressConditions.renewing(
                .init(
                    type: "Progressing", status: true, reason: "ReplicaSetUpdated",
                    message: "\(subject) is progressing."), in: status.conditions, now: now)
        } else if rollout.hasTimedOut(now: now) {
            status.conditions = ProgressConditions.setting(
                .init(
                    type: "Progressing", status: false, reason: "ProgressDeadlineExceeded",
                    message: "\(subject) has timed out progressing."), in: status.conditions, now: now)
        }
    }

    /// Takes over the failure of a ReplicaSet to make its pods, the newest one's first.
    private func replicaFailure(
        _ revisions: RevisionSet, in present: [DeploymentCondition]
    ) -> [DeploymentCondition] {
        let sets = (revisions.newest.map { [$0] } ?? []) + revisions.old
        let failure = sets.lazy.compactMap { set in
            set.status.conditions.first { $0.type == "ReplicaFailure" }
        }.first
        guard let failure else { return ProgressConditions.removing("ReplicaFailure", from: present) }
        return ProgressConditions.setting(
            .init(
                type: "ReplicaFailure", status: failure.status == "True", reason: failure.reason ?? "",
                message: failure.message ?? ""), in: present, now: context.now)
    }

    /// A rollout that is stuck must be noticed by the passing of time alone.
    private func nextLook(at deployment: Deployment, _ status: DeploymentStatus) -> ReconcileOutcome {
        guard let deadline = deployment.progressDeadline,
            let condition = status.conditions.first(where: { $0.type == "Progressing" }),
            condition.reason != "ProgressDeadlineExceeded", !RolloutStatus(deployment, status).isComplete,
            let last = condition.lastUpdateTime
        else { return .done }
        return .requeue(after: max(last + deadline - context.now, .zero) + .seconds(1))
    }

    /// Notes that the rollout was paused or resumed, so that pauses do not count against the deadline.
    func notePause(_ deployment: inout Deployment) async throws {
        guard deployment.progressDeadline != nil else { return }
        let condition = deployment.condition("Progressing")
        if condition?.reason == "ProgressDeadlineExceeded" { return }
        let isPaused = deployment.spec.paused == true
        let wasPaused = condition?.reason == "DeploymentPaused"
        guard isPaused != wasPaused else { return }
        deployment.status.conditions = ProgressConditions.setting(
            .init(
                type: "Progressing", status: nil, reason: isPaused ? "DeploymentPaused" : "DeploymentResumed",
                message: isPaused ? "Deployment is paused" : "Deployment is resumed"),
            in: deployment.status.conditions, now: context.now)
        deployment = try await updateStatus(deployment)
    }
}
