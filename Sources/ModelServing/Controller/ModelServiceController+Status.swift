import Client
import Inference
import KubeAPI
import Machinery

/// What a look came to, as status and Events.
extension ModelServiceController {
    func record(_ pass: inout ServingPass, _ news: [RolloutNews]) async throws(StatusError) {
        fill(&pass)
        if pass.status.rollout != nil { paceRollout(&pass) }
        if pass.status != pass.service.status {
            var updated = pass.service
            updated.status = pass.status
            memory.wrote(try await client.updateStatus(updated))
        }
        for item in news {
            recorder.event(
                pass.service, type: item.isWarning ? .warning : .normal, reason: item.reason, message: item.message)
        }
    }

    /// A rollout goes on without anything else happening: time and requests pass.
    private func paceRollout(_ pass: inout ServingPass) {
        guard let rollout = pass.status.rollout else { return }
        switch rollout.phase {
        case .judging: pass.lookAgain(after: Self.pace)
        case .starting:
            let deadline = rollout.startedAt + pass.service.spec.rollout.progressDeadline
            let left = deadline - pass.now
            if left > .zero { pass.lookAgain(after: left) }
        }
    }

    private func fill(_ pass: inout ServingPass) {
        let service = pass.service
        pass.status.observedGeneration = service.metadata.generation
        pass.status.modelName = service.modelName
        pass.status.url = gatewayURL
        pass.status.desiredReplicas = Int32(clamping: pass.desired)
        let all = pass.deployments.values
        pass.status.replicas = all.reduce(0) { $0 + ($1.status.replicas ?? 0) }
        pass.status.readyReplicas = all.reduce(0) { $0 + ($1.status.readyReplicas ?? 0) }
        let weights = Dictionary(pass.weights.map { ($0.revision, $0.weight) }) { first, _ in first }
        let ranks: [String: Int] = Dictionary(
            pass.weights.enumerated().map { ($1.revision, $0) }
        ) { first, _ in first }
        pass.status.versions = all.sorted { left, right in
            (ranks[left.name] ?? .max, left.name) < (ranks[right.name] ?? .max, right.name)
        }.prefix(32).map { deployment in
            let version = deployment.labels[InferenceNames.versionLabel] ?? ""
            return VersionStatus(
                revision: Revision(name: deployment.name, version: version), weight: weights[deployment.name] ?? 0,
                replicas: deployment.status.replicas ?? 0, ready: deployment.status.readyReplicas ?? 0)
        }
        setConditions(&pass)
    }

    private func setConditions(_ pass: inout ServingPass) {
        let generation = pass.service.metadata.generation
        let now = pass.now
        func set(_ type: String, _ holds: Bool, _ reason: String, _ message: String, _ pass: inout ServingPass) {
            pass.status.set(type, holds, reason, message, generation: generation, now: now)
        }
        let ready = readiness(pass)
        set("Ready", ready.holds, ready.reason, ready.message, &pass)
        let progress = progress(pass)
        set("Progressing", progress.holds, progress.reason, progress.message, &pass)
        if pass.status.rolledBackRevision == pass.wanted.name {
            let past = pass.status.history.first { $0.outcome == .rolledBack }
            set("RolledBack", true, past?.reason ?? "RolledBack", past?.message ?? "", &pass)
        } else {
            pass.status.removeCondition("RolledBack")
        }
        if ready.reason == "ScaledToZero" {
            set("ScaledToZero", true, "Idle", "nobody asks for the model; the first who does wakes it", &pass)
        } else {
            pass.status.removeCondition("ScaledToZero")
        }
    }

    private func readiness(_ pass: ServingPass) -> (holds: Bool, reason: String, message: String) {
        guard let current = pass.status.currentRevision else {
            let obstacle = obstacle(pass, pass.wanted.name).map { ": \($0)" } ?? ""
            return (false, "NoVersionReady", "no version has been ready yet\(obstacle)")
        }
        let ready = pass.ready(current)
        if ready > 0 { return (true, "Serving", "version \(pass.status.currentVersion ?? "") serves") }
        if pass.desired == 0 { return (true, "ScaledToZero", "the first request starts a replica") }
        return (false, "NoReadyReplica", obstacle(pass, current) ?? "no replica is ready")
    }

    private func progress(_ pass: ServingPass) -> (holds: Bool, reason: String, message: String) {
        if let refusal = pass.refusal { return (false, "ObjectsRefused", refusal) }
        if pass.status.rolledBackRevision == pass.wanted.name {
            return (false, "RolledBack", "version \(pass.wanted.version) was rolled back; change the spec to try again")
        }
        guard let rollout = pass.status.rollout else {
            return (true, "RolloutComplete", "version \(pass.status.currentVersion ?? "") serves all requests")
        }
        switch rollout.phase {
        case .starting:
            let deadline = pass.service.spec.rollout.progressDeadline
            guard pass.now - rollout.startedAt >= deadline else {
                return (true, "Starting", "version \(rollout.revision.version) has no ready replica yet")
            }
            let obstacle = obstacle(pass, rollout.revision.name) ?? "no replica is ready"
            return (false, "ProgressDeadlineExceeded", obstacle)
        case .judging:
            return (true, "Judging", "version \(rollout.revision.version) gets \(rollout.percent) % of the requests")
        }
    }
}
