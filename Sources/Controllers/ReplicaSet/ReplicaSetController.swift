import Client
import KubeAPI
import Machinery

/// Keeps as many pods of a template as asked for.
struct ReplicaSetController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let replicaSets: Informer<ReplicaSet>
    let pods: Informer<Pod>
    let expectations: Expectations
    let writer: PodWriter

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        replicaSets = context.informers.informer(ReplicaSet.self)
        pods = context.informers.informer(Pod.self)
        expectations = Expectations(clock: context.clock)
        writer = PodWriter(
            client: context.client, recorder: context.recorder.named("replicaset-controller"),
            expectations: expectations)
        OwnerIndex.add(to: pods)
        OwnerIndex.add(to: replicaSets)
        replicaSets.onChange { [queue] in queue.add($0.object.key) }
        let triggers = ChildTriggers<Pod>(owner: ReplicaSet.kind, queue: queue, expectations: expectations)
        let ownersOfOrphan: @Sendable (Pod) -> [ObjectKey] = { [replicaSets] pod in
            replicaSets.list(namespace: pod.namespace).filter { $0.selects(pod) }.map(\.key)
        }
        pods.onChange { triggers.handle($0, ownersOfOrphan: ownersOfOrphan) }
    }

    var name: String { "replicaset" }

    func waitForSync() async throws {
        try await replicaSets.waitForSync()
        try await pods.waitForSync()
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let replicaSet = replicaSets.get(key) else {
            expectations.forget(key)
            return .done
        }
        let selector = try Selector(labelSelector: replicaSet.spec.selector.json)
        let claim = ChildClaim<ReplicaSet, Pod>(client: context.client, owner: replicaSet, selector: selector)
        let owned = OwnerIndex.children(of: replicaSet, in: pods)
        let claimed = try await claim.claim(
            owned: owned, orphans: OwnerIndex.orphans(namespace: key.namespace, in: pods), canAdopt: \.isActive)
        let active = claimed.filter(\.isActive)

        var failure: ScalingFailure?
        if !replicaSet.isBeingDeleted, expectations.isSatisfied(key) {
            failure = await scale(replicaSet, active: active)
        }
        let terminating = claimed.count { $0.isBeingDeleted && !$0.isTerminal }
        try await updateStatus(of: replicaSet, active: active, terminating: terminating, failure: failure)
        if let failure { throw failure.error }
        return nextLook(at: replicaSet, active: active)
    }

    /// Pods become available by the passing of time alone.
    private func nextLook(at replicaSet: ReplicaSet, active: [Pod]) -> ReconcileOutcome {
        let seconds = replicaSet.spec.minReadySeconds ?? 0
        let waits = active.compactMap { $0.untilAvailable(minReadySeconds: seconds, now: context.now) }
        if let shortest = waits.min() { return .requeue(after: shortest) }
        // Should what is expected never show, it is not waited for forever.
        return expectations.isSatisfied(replicaSet.key) ? .done : .requeue(after: Expectations.patience)
    }
}

extension ReplicaSet {
    /// Whether the selector takes the pod; an unreadable selector takes none.
    func selects(_ pod: Pod) -> Bool {
        guard let selector = try? Selector(labelSelector: spec.selector.json) else { return false }
        return selector.matches(pod.json["metadata"]?["labels"]?.objectValue ?? JSONObject())
    }

    var replicas: Int { Int(spec.replicas ?? 1) }
}

/// The last attempt to create or delete pods failed.
struct ScalingFailure: Sendable {
    enum Action: String, Sendable {
        case create = "FailedCreate"
        case delete = "FailedDelete"
    }

    let action: Action
    let error: StatusError
}
