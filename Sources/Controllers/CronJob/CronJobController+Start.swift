import Client
import KubeAPI
import Machinery

extension CronJobController {
    /// Starts the Job that is due, if one is.
    func start(_ cronJob: inout CronJob) async throws -> ReconcileOutcome {
        guard cronJob.spec.suspend != true, let times = readSchedule(of: cronJob) else { return .done }
        let now = context.now
        let wait: ReconcileOutcome = times.untilNext(now: now).map { .requeue(after: $0) } ?? .done
        let due: (time: Timestamp, missed: StartTimes.Missed)?
        do throws(StartTimes.Impossible) {
            due = try times.due(now: now)
        } catch {
            warn(cronJob, "InvalidSchedule", "invalid schedule: \(cronJob.spec.schedule) : \(error)")
            return .done
        }
        guard let due else { return wait }
        if due.missed == .many {
            warn(
                cronJob, "TooManyMissedTimes",
                "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew")
        }
        if let seconds = cronJob.spec.startingDeadlineSeconds, due.time + .seconds(seconds) < now {
            warn(
                cronJob, "MissSchedule",
                "Missed scheduled time to start a job: \(CronJob.rfc1123(due.time))")
            return wait
        }
        let name = cronJob.jobName(at: due.time)
        guard !cronJob.status.active.contains(where: { $0.name == name && $0.namespace == cronJob.namespace }),
            cronJob.status.lastScheduleTime != due.time
        else { return wait }
        if cronJob.spec.concurrencyPolicy == "Forbid", !cronJob.status.active.isEmpty {
            recorder.event(
                cronJob, reason: "JobAlreadyActive",
                message: "Not starting job because prior execution is running and concurrency policy is Forbid")
            return wait
        }
        if cronJob.spec.concurrencyPolicy == "Replace" { try await replaceActive(&cronJob) }
        guard let job = try await create(cronJob.job(at: due.time, times.zone), cronJob) else { return .done }
        cronJob.status.active.append(job.reference)
        cronJob.status.lastScheduleTime = due.time
        return StartTimes(cronJob, times.schedule, times.zone).untilNext(now: now).map { .requeue(after: $0) } ?? .done
    }

    private func readSchedule(of cronJob: CronJob) -> StartTimes? {
        if cronJob.spec.schedule.contains("TZ") {
            warn(
                cronJob, "UnsupportedSchedule",
                "CRON_TZ or TZ used in schedule \(GoQuote.quote(cronJob.spec.schedule)) is not officially supported, "
                    + "see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details")
        }
        do throws(ScheduleProblem) {
            return try Self.startTimes(of: cronJob)
        } catch {
            switch error {
            case .zone(let zone):
                warn(
                    cronJob, "UnknownTimeZone",
                    "invalid timeZone: \(GoQuote.quote(zone)): unknown time zone \(zone)")
            case .schedule(let why):
                warn(
                    cronJob, "UnparseableSchedule",
                    "unparseable schedule: \(GoQuote.quote(cronJob.spec.schedule)) : \(why)")
            }
            return nil
        }
    }

    /// - Returns: the Job, unless somebody else has taken its name or the namespace goes away.
    private func create(_ job: Job, _ cronJob: CronJob) async throws(StatusError) -> Job? {
        do throws(StatusError) {
            let created = try await context.client.create(job)
            recorder.event(cronJob, reason: "SuccessfulCreate", message: "Created job \(created.name)")
            return created
        } catch {
            if error.isNamespaceTerminating { return nil }
            guard error.isAlreadyExists else {
                warn(cronJob, "FailedCreate", "Error creating job: \(error.message)")
                throw error
            }
        }
        // Made by us before we could say so in the status, or somebody else's.
        let present = try await context.client.get(Job.self, job.key)
        guard present.controllerOwner?.uid == cronJob.uid, !cronJob.hasActive(present) else { return nil }
        return present
    }

    private func replaceActive(_ cronJob: inout CronJob) async throws(StatusError) {
        for reference in cronJob.status.active {
            let key = ObjectKey(namespace: reference.namespace ?? "", name: reference.name ?? "")
            let job: Job
            switch await find(key) {
            case .success(let found): job = found
            case .failure(let error):
                warn(cronJob, "FailedGet", "Get job: \(error.message)")
                throw error
            }
            guard await remove(job, from: &cronJob) else {
                throw StatusError.internalError("could not replace job \(key)")
            }
        }
    }

    func find(_ key: ObjectKey) async -> Result<Job, StatusError> {
        do throws(StatusError) {
            return .success(try await context.client.get(Job.self, key))
        } catch {
            return .failure(error)
        }
    }

    func warn(_ cronJob: CronJob, _ reason: String, _ message: String) {
        recorder.event(cronJob, type: .warning, reason: reason, message: message)
    }
}
