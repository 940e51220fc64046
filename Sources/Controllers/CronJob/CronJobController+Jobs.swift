import Client
import KubeAPI
import Machinery

extension CronJobController {
    /// Takes into the status what became of the Jobs.
    func follow(_ cronJob: inout CronJob, _ children: [Job]) async throws(StatusError) {
        for job in children.sorted(by: { $0.name < $1.name }) {
            let isActive = cronJob.hasActive(job)
            guard job.isFinished else {
                // Made by hand from the template, or by us just before we ended.
                if !isActive {
                    warn(
                        cronJob, "UnexpectedJob",
                        "Saw a job that the controller did not create or forgot: \(job.name)")
                }
                continue
            }
            let isComplete = job.condition("Complete")?.status == "True"
            if isActive {
                cronJob.status.active.removeAll { $0.uid == job.uid }
                recorder.event(
                    cronJob, reason: "SawCompletedJob",
                    message: "Saw completed job: \(job.name), condition: \(isComplete ? "Complete" : "Failed")")
            }
            if isComplete, let ended = job.status.completionTime,
                cronJob.status.lastSuccessfulTime.map({ ended > $0 }) ?? true
            {
                cronJob.status.lastSuccessfulTime = ended
            }
        }
        let known = Set(children.map(\.uid))
        for reference in cronJob.status.active where !known.contains(reference.uid ?? "") {
            // The copy may lack a Job that was just made: only the server knows.
            let key = ObjectKey(namespace: reference.namespace ?? "", name: reference.name ?? "")
            if case .failure(let error) = await find(key) {
                guard error.isNotFound else { throw error }
                recorder.event(cronJob, reason: "MissingJob", message: "Active job went missing: \(key.name)")
                cronJob.status.active.removeAll { $0.uid == reference.uid }
            }
        }
    }

    /// Deletes the oldest finished Jobs beyond the history limits.
    func removeOldJobs(of cronJob: inout CronJob, _ children: [Job]) async {
        let limits = [
            ("Complete", cronJob.spec.successfulJobsHistoryLimit), ("Failed", cronJob.spec.failedJobsHistoryLimit),
        ]
        for (type, limit) in limits {
            guard let limit else { continue }
            let finished = children.filter { $0.condition(type)?.status == "True" && !$0.isBeingDeleted }
            let surplus = finished.count - Int(limit)
            guard surplus > 0 else { continue }
            for job in finished.sorted(by: Self.startedBefore).prefix(surplus) {
                _ = await remove(job, from: &cronJob)
            }
        }
    }

    /// Those that never started come last.
    private static func startedBefore(_ left: Job, _ right: Job) -> Bool {
        switch (left.status.startTime, right.status.startTime) {
        case (nil, .some): false
        case (.some, nil): true
        case (let one, let other) where one != other: (one ?? Timestamp(seconds: 0)) < (other ?? Timestamp(seconds: 0))
        default: left.name < right.name
        }
    }

    /// Deletes a Job with its pods.
    /// - Returns: whether it is gone.
    func remove(_ job: Job, from cronJob: inout CronJob) async -> Bool {
        var options = DeleteOptions()
        options.propagationPolicy = "Background"
        do throws(StatusError) {
            try await context.client.delete(Job.self, job.key, options)
            recorder.event(cronJob, reason: "SuccessfulDelete", message: "Deleted job \(job.name)")
        } catch {
            guard error.isNotFound else {
                warn(cronJob, "FailedDelete", "Deleted job: \(error.message)")
                return false
            }
        }
        cronJob.status.active.removeAll { $0.uid == job.uid }
        return true
    }
}
