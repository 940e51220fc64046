import Client
import KubeAPI
import Machinery

/// One look at a Job: what its pods say, what is to come of it, and the status to be written.
///
/// Pure: it decides, the controller acts.
struct JobPass: Sendable {
    /// How a Job ends.
    struct Finish: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case complete
            case failed
        }

        let kind: Kind
        let reason: String
        let message: String
    }

    let job: Job
    let tally: JobTally
    let now: Timestamp
    var status: JobStatus
    /// Active pods after this pass' creations and deletions.
    var active: Int
    private(set) var finish: Finish?
    private(set) var nextLook = ReconcileOutcome.done
    /// Events to be sent once the status is written.
    private(set) var events: [(type: EventRecorder.EventType, reason: String, message: String)] = []

    init(job: Job, tally: JobTally, now: Timestamp) {
        self.job = job
        self.tally = tally
        self.now = now
        status = job.status
        active = tally.active.count
    }

    mutating func lookAgain(after delay: Duration) {
        if case .requeue(let present) = nextLook, present <= delay { return }
        nextLook = .requeue(after: delay)
    }

    /// With a limit per index: failed pods that alone know how often their index failed. They are held until they are
    /// replaced, so that whoever deletes them does not give the index more tries.
    var failureCarriers: Set<String> {
        guard job.spec.backoffLimitPerIndex != nil, finish == nil, !job.isBeingDeleted else { return [] }
        var last: [Int: Pod] = [:]
        for pod in tally.pods where pod.hasJobFinalizer {
            guard let index = pod.completionIndex, !tally.failedIndexes.contains(index),
                !tally.succeededIndexes.contains(index), pod.indexFailures >= last[index]?.indexFailures ?? 0
            else { continue }
            last[index] = pod
        }
        return Set(last.values.filter { $0.isFailed(for: job) }.map(\.uid))
    }

    mutating func start() {
        if status.startTime == nil, !job.isSuspended { status.startTime = now }
    }

    /// Decides whether the Job is over.
    mutating func judge() {
        finish = pendingFinish ?? failure ?? success
        guard finish == nil, let left = untilDeadline else { return }
        lookAgain(after: left)
    }

    /// A finish that was announced while its pods were still being counted.
    private var pendingFinish: Finish? {
        for condition in job.status.conditions where condition.status == "True" {
            if condition.type == "FailureTarget" {
                return Finish(kind: .failed, reason: condition.reason ?? "", message: condition.message ?? "")
            }
            if condition.type == "SuccessCriteriaMet" {
                return Finish(kind: .complete, reason: condition.reason ?? "", message: condition.message ?? "")
            }
        }
        return nil
    }

    private var failure: Finish? {
        for pod in tally.pods where pod.isFailed && pod.hasJobFinalizer {
            if case .failJob(let message) = PodFailureRules.verdict(for: pod, job: job) {
                return Finish(kind: .failed, reason: "PodFailurePolicy", message: message)
            }
        }
        if exceedsBackoffLimit {
            return Finish(
                kind: .failed, reason: "BackoffLimitExceeded",
                message: "Job has reached the specified backoff limit")
        }
        if let left = untilDeadline, left <= .zero {
            return Finish(
                kind: .failed, reason: "DeadlineExceeded",
                message: "Job was active longer than specified deadline")
        }
        guard job.spec.backoffLimitPerIndex != nil, let completions = job.completions else { return nil }
        if let limit = job.spec.maxFailedIndexes, tally.failedIndexes.count > Int(limit) {
            return Finish(
                kind: .failed, reason: "MaxFailedIndexesExceeded",
                message: "Job has exceeded the specified maximal number of failed indexes")
        }
        if !tally.failedIndexes.isEmpty, tally.failedIndexes.count + tally.succeededIndexes.count >= completions {
            return Finish(kind: .failed, reason: "FailedIndexes", message: "Job has failed indexes")
        }
        return nil
    }

    private var exceedsBackoffLimit: Bool {
        let ignored = tally.newFailed.count { PodFailureRules.verdict(for: $0, job: job) == .ignore }
        if tally.failed - ignored > Int(job.backoffLimit) { return true }
        guard job.spec.template.spec.restartPolicy == "OnFailure" else { return false }
        return job.backoffLimit == 0 ? tally.restarts > 0 : tally.restarts >= Int(job.backoffLimit)
    }

    private var untilDeadline: Duration? {
        guard let seconds = job.spec.activeDeadlineSeconds, let start = status.startTime, !job.isSuspended else {
            return nil
        }
        return start + .seconds(seconds) - now
    }

    private var success: Finish? {
        let reached = Finish(
            kind: .complete, reason: "CompletionsReached", message: "Reached expected number of succeeded pods")
        if let early = earlySuccess { return early }
        if let completions = job.completions {
            guard tally.succeeded >= completions, tally.active.isEmpty || job.isIndexed || completions == 0 else {
                return nil
            }
            return reached
        }
        // A work queue is done when one pod said so and the others have ended.
        return tally.succeeded > 0 && tally.active.isEmpty ? reached : nil
    }

    private var earlySuccess: Finish? {
        guard job.isIndexed, let policy = job.spec.successPolicy, let completions = job.completions else { return nil }
        for (index, rule) in policy.rules.enumerated() {
            let wanted = rule.succeededIndexes.map { IndexIntervals(parsing: $0, completions: completions) }
            let succeeded =
                wanted.map { wanted in
                    wanted.ranges.reduce(0) { $0 + $1.count { tally.succeededIndexes.contains($0) } }
                } ?? tally.succeededIndexes.count
            let needed = rule.succeededCount.map(Int.init) ?? wanted?.count ?? completions
            if succeeded >= needed {
                return Finish(
                    kind: .complete, reason: "SuccessPolicy", message: "Matched rules at index \(index)")
            }
        }
        return nil
    }

    /// Sets the condition of suspending and resuming, with its Event.
    mutating func noteSuspension() {
        guard finish == nil else { return }
        if job.isSuspended {
            guard set("Suspended", "True", reason: "JobSuspended", message: "Job suspended") else { return }
            events.append((.normal, "Suspended", "Job suspended"))
            status.startTime = nil
        } else if job.condition("Suspended") != nil {
            guard set("Suspended", "False", reason: "JobResumed", message: "Job resumed") else { return }
            events.append((.normal, "Resumed", "Job resumed"))
            // The deadline counts from the resumption.
            status.startTime = now
            if let seconds = job.spec.activeDeadlineSeconds { lookAgain(after: .seconds(seconds)) }
        }
    }

    /// - Returns: whether the condition's status changed.
    @discardableResult
    mutating func set(_ type: String, _ value: String, reason: String, message: String) -> Bool {
        var conditions = status.conditions
        if let known = conditions.first(where: { $0.type == type }), known.status == value { return false }
        conditions.removeAll { $0.type == type }
        var condition = JobCondition()
        condition.type = type
        condition.status = value
        condition.reason = reason
        condition.message = message
        condition.lastProbeTime = now
        condition.lastTransitionTime = now
        conditions.append(condition)
        status.conditions = conditions
        return true
    }

    mutating func addEvent(_ type: EventRecorder.EventType, _ reason: String, _ message: String) {
        events.append((type, reason, message))
    }
}
