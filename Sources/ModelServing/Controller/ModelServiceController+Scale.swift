import Client
import Inference
import KubeAPI
import Machinery

/// Replicas by load, and away without losing requests.
extension ModelServiceController {
    static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"
    private static let cheapest = "-1000000"

    func scale(_ pass: inout ServingPass) async throws(StatusError) {
        for deployment in pass.deployments.values.sorted(by: { $0.name < $1.name }) {
            let pool = pass.key(deployment.name)
            let current = Int(deployment.spec.replicas ?? 1)
            memory.know(pool, of: pass.service.key, replicas: current, at: pass.moment)
            let role = pass.role(of: deployment.name)
            let wanted: Int
            switch role {
            case .current:
                wanted = decide(&pass, pool, current, bounds: currentBounds(pass, pool, current))
                pass.desired = wanted
            case .candidate:
                let spec = pass.service.spec
                wanted = decide(&pass, pool, current, bounds: pass.needed...max(spec.maximum, pass.needed))
            case .retired: wanted = retire(&pass, pool, current)
            }
            if role != .retired { memory.unretire(pool) }
            try await resize(&pass, deployment, from: current, to: wanted, drains: role != .retired)
        }
    }

    /// While another version is rolled out, what serves keeps its replicas: it may have to serve all again at any time.
    private func currentBounds(_ pass: ServingPass, _ pool: ObjectKey, _ current: Int) -> ClosedRange<Int> {
        let spec = pass.service.spec
        guard pass.status.rollout?.fromRevision != nil else { return spec.minimum...spec.maximum }
        let idle = memory.withRecord(of: pool) { $0.idleTime(at: pass.moment) } ?? .zero
        if spec.minimum == 0, idle >= spec.scaling.idleTime { return 0...spec.maximum }
        return max(spec.minimum, current)...max(spec.maximum, current)
    }

    private func decide(
        _ pass: inout ServingPass, _ pool: ObjectKey, _ current: Int, bounds: ClosedRange<Int>
    ) -> Int {
        let load = loads[pool]
        let rules = pass.service.spec.scaling
        let moment = pass.moment
        let decision = memory.withRecord(of: pool) { record in
            let wanted = record.decide(load, current: current, bounds: bounds, rules: rules, at: moment)
            return (wanted, record.nextChange(rules: rules, current: wanted, bounds: bounds, at: moment))
        }
        if !load.isIdle { pass.lookAgain(after: Self.pace) }
        if let next = decision?.1 { pass.lookAgain(after: next) }
        return decision?.0 ?? current
    }

    /// A version that gets no requests any more goes when those that it has are answered.
    private func retire(_ pass: inout ServingPass, _ pool: ObjectKey, _ current: Int) -> Int {
        guard current > 0 else { return 0 }
        let since = memory.retirement(of: pool, at: pass.moment)
        let load = loads[pool]
        if load.isIdle, since >= DrainPlan.notice { return 0 }
        if since >= pass.service.spec.scaling.drainTimeout { return 0 }
        pass.lookAgain(after: load.isIdle ? DrainPlan.notice - since : Self.pace)
        return current
    }

    private func resize(
        _ pass: inout ServingPass, _ deployment: Deployment, from current: Int, to wanted: Int, drains: Bool
    ) async throws(StatusError) {
        var next = wanted
        if drains {
            let plan = DrainPlan(
                replicas(pass, deployment.name), current: current, wanted: wanted,
                timeout: pass.service.spec.scaling.drainTimeout, now: pass.now)
            try await carryOut(plan, pass)
            next = plan.replicas
            if wanted < current { pass.lookAgain(after: Self.pace) }
        }
        guard next != current else { return }
        let result = try await client.patch(
            Deployment.self, deployment.key, .merge(["spec": ["replicas": .int(Int64(next))]]))
        applied.changed(result.json, Deployment.resource)
        let load = loads[deployment.key]
        let down = !drains ? "Retired" : next == 0 ? "ScaledToZero" : "ScaledDown"
        recorder.event(
            pass.service, reason: next > current ? "ScaledUp" : down,
            message: "\(deployment.name) goes from \(current) to \(next) replicas: \(load.queued) requests wait, "
                + "\(load.running) are worked on, \(load.tokensInFlight) tokens in flight")
    }

    private func replicas(_ pass: ServingPass, _ revision: String) -> [DrainPlan.Replica] {
        let running = loads.replicas(of: pass.key(revision)) ?? [:]
        let selector = RevisionObjects.selector(pass.service.name, revision)
        return pods.list(namespace: pass.service.namespace, labels: selector).filter { !$0.isBeingDeleted }.map { pod in
            var replica = DrainPlan.Replica(key: pod.key)
            replica.isReady = pod.status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
            let since = pod.annotations[InferenceNames.drainingAnnotation]
            replica.drainingSince = since.map { Timestamp(json: .string($0)) ?? pass.now }
            replica.isCondemned = pod.annotations[Self.deletionCost] == Self.cheapest
            replica.running = running[pod.key] ?? 0
            return replica
        }
    }

    private func carryOut(_ plan: DrainPlan, _ pass: ServingPass) async throws(StatusError) {
        for pod in plan.mark { try await annotate(pod, [InferenceNames.drainingAnnotation: pass.now.inSeconds.json]) }
        for pod in plan.release {
            try await annotate(pod, [InferenceNames.drainingAnnotation: .null, Self.deletionCost: .null])
        }
        for pod in plan.condemn { try await annotate(pod, [Self.deletionCost: .string(Self.cheapest)]) }
    }

    private func annotate(_ pod: ObjectKey, _ annotations: JSONObject) async throws(StatusError) {
        do throws(StatusError) {
            _ = try await client.patch(Pod.self, pod, .merge(["metadata": ["annotations": .object(annotations)]]))
        } catch {
            // It went by itself.
            guard error.isNotFound else { throw error }
        }
    }
}
