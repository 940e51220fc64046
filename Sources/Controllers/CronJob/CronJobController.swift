import Client
import KubeAPI
import Machinery

/// Starts Jobs at set times.
///
/// A CronJob waits in the queue until its next start; nothing looks at it meanwhile. A schedule without a time zone
/// goes by UTC.
struct CronJobController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let cronJobs: Informer<CronJob>
    let jobs: Informer<Job>
    let recorder: EventRecorder
    let barrier = WriteBarrier()

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        cronJobs = context.informers.informer(CronJob.self)
        jobs = context.informers.informer(Job.self)
        recorder = context.recorder.named("cronjob-controller")
        OwnerIndex.add(to: jobs)
        cronJobs.onChange { [queue, context] change in
            if case .updated(let old, let new) = change, !Self.hasSameSchedule(old, new),
                let times = try? Self.startTimes(of: new), let wait = times.untilNext(now: context.now)
            {
                // What a new schedule would have started before it was written is not made up for.
                return queue.addAfter(new.key, wait)
            }
            queue.add(change.object.key)
        }
        let triggers = ChildTriggers<Job>(owner: CronJob.kind, queue: queue, expectations: nil)
        jobs.onChange { triggers.handle($0) { _ in [] } }
    }

    var name: String { "cronjob" }

    var sources: [any InformerSource] { [cronJobs, jobs] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let cronJob = cronJobs.get(key) else {
            barrier.forget(key)
            return .done
        }
        if barrier.isBehind(cronJob) { return .done }
        var updated = cronJob
        let children = OwnerIndex.children(of: cronJob, in: jobs)
        await removeOldJobs(of: &updated, children)
        var outcome = Result<ReconcileOutcome, any Error>.success(.done)
        do {
            try await follow(&updated, children)
            if !updated.isBeingDeleted { outcome = .success(try await start(&updated)) }
        } catch {
            outcome = .failure(error)
        }
        if updated.status != cronJob.status { barrier.note(try await context.client.updateStatus(updated)) }
        return try outcome.get()
    }

    private static func hasSameSchedule(_ left: CronJob, _ right: CronJob) -> Bool {
        left.spec.schedule == right.spec.schedule && left.spec.timeZone == right.spec.timeZone
    }

    /// Why there are no start times.
    enum ScheduleProblem: Error {
        case zone(String)
        case schedule(String)
    }

    static func startTimes(of cronJob: CronJob) throws(ScheduleProblem) -> StartTimes {
        let schedule: CronSchedule
        do throws(CronSchedule.Failure) {
            schedule = try CronSchedule(parsing: cronJob.spec.schedule)
        } catch {
            throw .schedule(error.description)
        }
        // A zone in front of the schedule is what old clients wrote; it wins, as it did.
        guard let name = schedule.timeZone ?? cronJob.spec.timeZone, !["", "UTC"].contains(name) else {
            return StartTimes(cronJob, schedule, nil)
        }
        guard let zone = ZoneRules(named: name) else { throw .zone(name) }
        return StartTimes(cronJob, schedule, zone)
    }
}
