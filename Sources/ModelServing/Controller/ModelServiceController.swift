import Client
import Inference
import KubeAPI
import Machinery

/// Makes ModelServices true: objects for each version, replicas by load, new versions step by step.
///
/// What it decides by is in pure types (`RolloutMachine`, `RolloutJudge`, `LoadRecord`, `DrainPlan`); here are only the
/// reads and writes. It is to run in one process of a cluster at a time, the one whose gateway relays the requests.
struct ModelServiceController: Controller {
    let client: Client
    let loads: PoolLoads
    let samples: RequestSamples
    let gatewayURL: String?
    let clock: DelayClock
    let wallClock: any WallClock
    let recorder: EventRecorder
    let queue: WorkQueue<ObjectKey>
    let memory = ServingMemory()
    let applied: AppliedObjects
    let services: Informer<ModelService>
    let deployments: Informer<Deployment>
    let clusterServices: Informer<Service>
    let budgets: Informer<PodDisruptionBudget>
    let pods: Informer<Pod>
    let pools: Informer<ServedPool>
    let routes: Informer<ServedRoute>

    /// How often a service is looked at while requests or a rollout are under way.
    static let pace = Duration.seconds(1)

    var name: String { "modelservice" }

    func waitForSync() async throws {
        try await services.waitForSync()
        try await deployments.waitForSync()
        try await clusterServices.waitForSync()
        try await budgets.waitForSync()
        try await pods.waitForSync()
        try await pools.waitForSync()
        try await routes.waitForSync()
    }

    /// Has changes of the objects wake the services they belong to.
    func connect() {
        services.onChange { [queue] in queue.add($0.object.key) }
        wake(by: deployments)
        wake(by: clusterServices)
        wake(by: budgets)
        wake(by: pools)
        wake(by: routes)
    }

    private func wake<T: KubeObject>(by informer: Informer<T>) {
        informer.onChange { [queue] change in
            let object = change.object
            guard let service = object.labels[InferenceNames.serviceLabel] else { return }
            queue.add(ObjectKey(namespace: object.namespace, name: service))
        }
    }

    /// Wakes services whose pools' queues begin.
    func followLoads() async {
        for await pool in loads.changes() {
            if let service = memory.changed(pool, at: clock.now) { queue.add(service) }
        }
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let service = services.get(key), !service.isBeingDeleted else {
            for pool in memory.forget(service: key) { samples.forget(pool) }
            return .done
        }
        guard !memory.isStale(service) else { return .requeue(after: .milliseconds(50)) }
        var pass = ServingPass(
            service, deployments.list(namespace: key.namespace, labels: [InferenceNames.serviceLabel: key.name]),
            now: wallClock.now, moment: clock.now)
        try await applyObjects(&pass)
        let news = advance(&pass)
        try await scale(&pass)
        try await applyRoute(&pass)
        try await prune(&pass)
        try await record(&pass, news)
        return pass.outcome
    }

    // MARK: Objects

    /// What the spec asks for, unless it was rolled back. Older revisions are left as they are.
    private func applyObjects(_ pass: inout ServingPass) async throws(StatusError) {
        guard pass.service.status.rolledBackRevision != pass.wanted.name else { return }
        let objects = RevisionObjects(service: pass.service, revision: pass.wanted)
        let key = pass.key(pass.wanted.name)
        do throws(StatusError) {
            try await applied.apply(
                objects.deployment, Deployment.resource, live: pass.deployments[pass.wanted.name]?.json)
            try await applied.apply(
                objects.clusterService, Service.resource, live: clusterServices.get(key)?.json)
            try await applied.apply(
                objects.disruptionBudget, PodDisruptionBudget.resource, live: budgets.get(key)?.json)
            try await applied.apply(objects.pool, ServedPool.resource, live: pools.get(key)?.json)
        } catch {
            // What the server refuses is the user's to mend; versions that serve go on meanwhile.
            guard [.invalid, .forbidden, .badRequest].contains(error.reason) else { throw error }
            pass.refusal = error.message
        }
    }

    private func applyRoute(_ pass: inout ServingPass) async throws(StatusError) {
        let weights = pass.weights
        guard !weights.isEmpty else { return }
        let service = pass.service
        try await applied.apply(
            service.route(weights), ServedRoute.resource, live: routes.get(service.key)?.json)
    }

    /// Deletes versions that nobody will go back to.
    private func prune(_ pass: inout ServingPass) async throws(StatusError) {
        for revision in pass.forgotten {
            let key = pass.key(revision)
            try await applied.delete(Deployment.resource, key)
            try await applied.delete(Service.resource, key)
            try await applied.delete(PodDisruptionBudget.resource, key)
            try await applied.delete(ServedPool.resource, key)
            memory.forget(key)
            samples.forget(key)
        }
    }

    // MARK: Rollout

    private func advance(_ pass: inout ServingPass) -> [RolloutNews] {
        var facts = RolloutFacts(now: pass.now, wanted: pass.wanted)
        facts.ready = pass.ready(pass.wanted.name)
        facts.needed = pass.needed
        if facts.ready == 0 { facts.obstacle = pass.refusal ?? obstacle(pass, pass.wanted.name) }
        compare(&pass, &facts)
        var machine = RolloutMachine(rules: pass.service.spec.rollout, status: pass.status)
        let news = machine.advance(facts)
        pass.status = machine.status
        watch(pass)
        return news
    }

    private func compare(_ pass: inout ServingPass, _ facts: inout RolloutFacts) {
        guard let rollout = pass.status.rollout, rollout.phase == .judging, let from = rollout.fromRevision,
            let began = rollout.stepStartedAt
        else { return }
        let elapsed = max(pass.now - began, .zero)
        let rules = pass.service.spec.rollout
        let candidate = samples.samples(of: pass.key(rollout.revision.name), last: elapsed)
        var baseline = samples.samples(of: pass.key(from), last: elapsed)
        // With everything on the new version, the old one's share of the rollout so far is what there is to compare.
        if baseline.requests < rules.minimumSamples {
            baseline = samples.samples(of: pass.key(from), last: max(pass.now - rollout.startedAt, elapsed))
        }
        facts.candidate = Figures(candidate)
        facts.baseline = Figures(baseline)
        let judge = RolloutJudge(objectives: pass.service.spec.objectives, rules: rules)
        facts.verdict = judge.judge(candidate: candidate, baseline: baseline, elapsed: elapsed)
        // Nobody asks for a model that sleeps: waiting longer would bring nothing.
        let isAsleep = pass.replicas(from) == 0 && candidate.isEmpty && baseline.isEmpty
        if isAsleep, elapsed >= rules.stepDuration { facts.verdict = .inconclusive("nobody asks for the model") }
    }

    /// Requests are remembered while there is something to compare.
    private func watch(_ pass: ServingPass) {
        let compared = pass.status.rollout.flatMap { rollout in
            rollout.fromRevision.map { [rollout.revision.name, $0] }
        }
        for revision in pass.deployments.keys where compared?.contains(revision) != true {
            samples.forget(pass.key(revision))
        }
        for revision in compared ?? [] { samples.watch(pass.key(revision)) }
    }

    /// What keeps a revision's replicas from being ready, in the words of the first that says anything.
    func obstacle(_ pass: ServingPass, _ revision: String) -> String? {
        let selector = RevisionObjects.selector(pass.service.name, revision)
        for pod in pods.list(namespace: pass.service.namespace, labels: selector) where !pod.isBeingDeleted {
            if let condition = pod.status.conditions.first(where: { $0.type == "PodScheduled" && $0.status == "False" })
            {
                return "pod \(pod.name) is not placed: \(condition.message ?? condition.reason ?? "")"
            }
            for container in pod.status.containerStatuses where container.ready != true {
                if let waiting = container.state?.waiting, let reason = waiting.reason {
                    return "container \(container.name) of pod \(pod.name): \(reason) \(waiting.message ?? "")"
                }
                if let ended = container.lastState?.terminated {
                    return "container \(container.name) of pod \(pod.name) ended: \(ended.reason ?? "") "
                        + "(\(ended.exitCode))"
                }
            }
        }
        let failure = pass.deployments[revision]?.condition("ReplicaFailure")
        return failure?.message
    }
}

extension Deployment {
    fileprivate func condition(_ type: String) -> DeploymentCondition? {
        status.conditions.first { $0.type == type && $0.status == "True" }
    }
}
