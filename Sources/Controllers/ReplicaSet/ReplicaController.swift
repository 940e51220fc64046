import Client
import KubeAPI
import Machinery

/// Keeps as many pods of a template as asked for, for ReplicaSets and for ReplicationControllers.
struct ReplicaController<Workload: ReplicatedWorkload>: QueueController {
    let context: ControllerContext
    let name: String
    let queue: WorkQueue<ObjectKey>
    let workloads: Informer<Workload>
    let pods: Informer<Pod>
    let expectations: Expectations
    let writer: PodWriter

    /// - Parameters:
    ///   - name: what turns this controller on and off.
    ///   - component: whom its Events name as their source.
    init(_ context: ControllerContext, name: String, component: String) {
        self.context = context
        self.name = name
        queue = context.queue(name: name)
        workloads = context.informers.informer(Workload.self)
        pods = context.informers.informer(Pod.self)
        expectations = Expectations(clock: context.clock)
        writer = PodWriter(
            client: context.client, recorder: context.recorder.named(component), expectations: expectations)
        OwnerIndex.add(to: workloads)
        workloads.wake(queue)
        workloads.wake(queue, by: pods, expectations: expectations)
    }

    var sources: [any InformerSource] { [workloads, pods] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let workload = workloads.get(key) else {
            expectations.forget(key)
            return .done
        }
        let selector = try workload.childSelector()
        let claim = ChildClaim<Workload, Pod>(client: context.client, owner: workload, selector: selector)
        let owned = OwnerIndex.children(of: workload, in: pods)
        let claimed = try await claim.claim(
            owned: owned, orphans: OwnerIndex.orphans(namespace: key.namespace, in: pods), canAdopt: \.isActive)
        let active = claimed.filter(\.isActive)

        var failure: ScalingFailure?
        if !workload.isBeingDeleted, expectations.isSatisfied(key) {
            failure = await scale(workload, active: active)
        }
        let terminating = claimed.count { $0.isBeingDeleted && !$0.isTerminal }
        try await updateStatus(of: workload, active: active, terminating: terminating, failure: failure)
        if let failure { throw failure.error }
        return nextLook(at: workload, active: active)
    }

    /// Pods become available by the passing of time alone.
    private func nextLook(at workload: Workload, active: [Pod]) -> ReconcileOutcome {
        let seconds = workload.minReadySeconds
        let waits = active.compactMap { $0.untilAvailable(minReadySeconds: seconds, now: context.now) }
        if let shortest = waits.min() { return .requeue(after: shortest) }
        // Should what is expected never show, it is not waited for forever.
        return expectations.isSatisfied(workload.key) ? .done : .requeue(after: Expectations.patience)
    }
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
