import Client
import KubeAPI
import Machinery

/// Keeps pods that have a lasting name and storage each: `db-0`, `db-1` and so on.
///
/// A pod is only made when the one before it of the same name is gone from the API, so there are never two of one
/// ordinal. In order (the default) each step waits until the pods before it are available.
struct StatefulSetController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let sets: Informer<StatefulSet>
    let pods: Informer<Pod>
    let claims: Informer<PersistentVolumeClaim>
    let revisions: Informer<ControllerRevision>
    let recorder: EventRecorder
    let expectations: Expectations
    /// The feature MaxUnavailableStatefulSet.
    let updatesSeveral: Bool

    init(_ context: ControllerContext, features: ControllerFeatures) {
        self.context = context
        updatesSeveral = features.maxUnavailableStatefulSet
        queue = context.queue()
        sets = context.informers.informer(StatefulSet.self)
        pods = context.informers.informer(Pod.self)
        claims = context.informers.informer(PersistentVolumeClaim.self)
        revisions = context.informers.informer(ControllerRevision.self)
        recorder = context.recorder.named("statefulset-controller")
        expectations = Expectations(clock: context.clock)
        OwnerIndex.add(to: revisions)
        sets.wake(queue)
        sets.wake(queue, by: pods, expectations: expectations)
        // A claim that goes may be what a new pod waits for, or lack to one that is there.
        claims.onChange { [sets, queue] change in
            guard case .deleted(let claim) = change else { return }
            for set in sets.list(namespace: claim.namespace)
            where set.spec.volumeClaimTemplates.contains(where: { claim.name.hasPrefix("\($0.name)-\(set.name)-") }) {
                queue.add(set.key)
            }
        }
    }

    var name: String { "statefulset" }

    var sources: [any InformerSource] { [sets, pods, claims, revisions] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let set = sets.get(key) else {
            expectations.forget(key)
            return .done
        }
        let selector = try set.childSelector()
        let history = try await StatefulSetHistory.construct(self, set)
        let claim = ChildClaim<StatefulSet, Pod>(client: context.client, owner: set, selector: selector)
        let claimed = try await claim.claim(
            owned: OwnerIndex.children(of: set, in: pods),
            orphans: OwnerIndex.orphans(namespace: key.namespace, in: pods),
            canBelong: { set.ordinal(of: $0) != nil })
        var pass = StatefulSetPass(set: set, history: history, pods: claimed, now: context.now)
        guard expectations.isSatisfied(key) else { return .requeue(after: Expectations.patience) }

        var failure: StatusError?
        if !set.isBeingDeleted { failure = await act(&pass) }
        try await updateStatus(pass)
        try await history.cleanUp(self, set, pods: claimed)
        if let failure { throw failure }
        if let wait = pass.untilAvailable { return .requeue(after: wait) }
        return expectations.isSatisfied(key) ? .done : .requeue(after: Expectations.patience)
    }

    private func updateStatus(_ pass: StatefulSetPass) async throws(StatusError) {
        var updated = pass.set
        updated.status = pass.status()
        guard updated.status != pass.set.status else { return }
        do throws(StatusError) {
            _ = try await context.client.updateStatus(updated)
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}
