import Client
import KubeAPI
import Machinery

/// Runs pods until enough of them succeeded, or too many failed.
struct JobController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let jobs: Informer<Job>
    let pods: Informer<Pod>
    let recorder: EventRecorder
    let expectations: Expectations
    let writer: PodWriter
    let barrier = WriteBarrier()

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        jobs = context.informers.informer(Job.self)
        pods = context.informers.informer(Pod.self)
        recorder = context.recorder.named("job-controller")
        expectations = Expectations(clock: context.clock)
        writer = PodWriter(client: context.client, recorder: recorder, expectations: expectations)
        pods.addIndex(Self.tracked) { pod in
            guard pod.hasJobFinalizer, let owner = pod.controllerOwner, owner.kind == "Job" else { return [] }
            return [ObjectKey(namespace: pod.namespace, name: owner.name).description]
        }
        jobs.wake(queue)
        jobs.wake(queue, by: pods, expectations: expectations)
    }

    /// Index: tracked pods by the key of their Job.
    private static let tracked = "tracked-by-job"

    var name: String { "job" }

    var sources: [any InformerSource] { [jobs, pods] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        let copy = jobs.get(key)
        try await releaseOrphans(of: key, living: copy?.uid)
        guard let job = copy else {
            expectations.forget(key)
            barrier.forget(key)
            return .done
        }
        if barrier.isBehind(job) { return .done }
        if let manager = job.spec.managedBy, manager != JobNames.managedBy { return .done }
        let selector = try job.childSelector()
        let claim = ChildClaim<Job, Pod>(client: context.client, owner: job, selector: selector)
        let claimed = try await claim.claim(
            owned: OwnerIndex.children(of: job, in: pods),
            orphans: OwnerIndex.orphans(namespace: key.namespace, in: pods))
        if job.isFinished || job.isBeingDeleted {
            try await release(claimed)
            return .done
        }
        guard expectations.isSatisfied(key) else { return .requeue(after: Expectations.patience) }
        var pass = JobPass(job: job, tally: JobTally(job: job, pods: claimed), now: context.now)
        pass.start()
        pass.judge()
        pass.noteSuspension()
        if let error = await act(&pass) {
            try await record(&pass)
            throw error
        }
        try await record(&pass)
        return pass.nextLook
    }

    /// Pods of a Job that is gone must not be held by its finalizer.
    private func releaseOrphans(of key: ObjectKey, living uid: String?) async throws {
        let orphans = pods.byIndex(Self.tracked, key.description).filter { $0.controllerOwner?.uid != uid }
        guard !orphans.isEmpty else { return }
        // The copy may lack a Job that was just made: only the server knows.
        var livingUID: String?
        do throws(StatusError) {
            livingUID = try await context.client.get(Job.self, key).uid
        } catch {
            if !error.isNotFound { throw error }
        }
        try await release(orphans.filter { $0.controllerOwner?.uid != livingUID })
    }
}

extension Job: SelectingOwner {
    func childSelector() throws -> Selector { try Selector(labelSelector: spec.selector?.json) }
}
