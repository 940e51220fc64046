import Client
import KubeAPI
import Machinery

/// Deletes Jobs their `ttlSecondsAfterFinished` after they ended.
struct TTLAfterFinishedController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let jobs: Informer<Job>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(name: "ttl_jobs_to_delete")
        jobs = context.informers.informer(Job.self)
        jobs.onChange { [queue] change in
            if case .deleted = change { return }
            if Self.isDue(change.object) { queue.add(change.object.key) }
        }
    }

    var name: String { "ttl-after-finished" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [jobs] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let job = jobs.get(key), let left = timeLeft(of: job) else { return .done }
        if left > .zero { return .requeue(after: left) }
        // The copy may be old, and the TTL may have been lengthened since.
        let live: Job
        do throws(StatusError) {
            live = try await context.client.get(Job.self, key)
        } catch {
            if error.isNotFound { return .done }
            throw error
        }
        guard live.uid == job.uid, let left = timeLeft(of: live) else { return .done }
        if left > .zero { return .requeue(after: left) }
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = live.uid
        preconditions.resourceVersion = live.metadata.resourceVersion
        options.preconditions = preconditions
        options.propagationPolicy = "Foreground"
        do throws(StatusError) {
            try await context.client.delete(Job.self, key, options)
        } catch {
            if !error.isNotFound { throw error }
        }
        return .done
    }

    private static func isDue(_ job: Job) -> Bool {
        job.spec.ttlSecondsAfterFinished != nil && job.isFinished && !job.isBeingDeleted
    }

    private func timeLeft(of job: Job) -> Duration? {
        guard Self.isDue(job), let seconds = job.spec.ttlSecondsAfterFinished, let finished = job.finishTime else {
            return nil
        }
        return finished + .seconds(Int64(seconds)) - context.now
    }
}
