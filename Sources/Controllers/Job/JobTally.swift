import KubeAPI
import Machinery

/// A Job's pods counted, together with what its status already counted and then let go.
///
/// Counting is exact although pods vanish: a finished pod keeps a finalizer until its uid stands in the status'
/// `uncountedTerminatedPods`; once the finalizer is gone, the uid moves into the counters. Each step is one write,
/// and doing one twice changes nothing.
struct JobTally: Sendable {
    let job: Job
    let pods: [Pod]
    let active: [Pod]
    let terminating: Int
    let ready: Int
    /// Finished pods that hold the finalizer and are not in the status yet.
    let newSucceeded: [Pod]
    let newFailed: [Pod]
    let succeededIndexes: IndexIntervals
    let failedIndexes: IndexIntervals
    let succeeded: Int
    let failed: Int

    init(job: Job, pods: [Pod]) {
        self.job = job
        self.pods = pods
        active = pods.filter(\.isActive)
        terminating = pods.count { $0.isBeingDeleted && !$0.isTerminal }
        ready = active.count { $0.isReady }
        let uncounted = job.status.uncountedTerminatedPods ?? UncountedTerminatedPods()
        let knownSucceeded = Set(uncounted.succeeded)
        let knownFailed = Set(uncounted.failed)
        let completions = job.completions ?? 0

        func isNew(_ pod: Pod, _ known: Set<String>) -> Bool { pod.hasJobFinalizer && !known.contains(pod.uid) }
        var indexes = IndexIntervals(parsing: job.status.completedIndexes ?? "", completions: completions)
        var succeededPods = pods.filter { $0.isSucceeded && isNew($0, knownSucceeded) }
        if job.isIndexed {
            // Of an index that is done, further successes count for nothing.
            var seen: Set<Int> = []
            succeededPods = succeededPods.filter { pod in
                guard let index = pod.completionIndex, index < completions else { return false }
                return !indexes.contains(index) && seen.insert(index).inserted
            }
            indexes = indexes.inserting(succeededPods.compactMap(\.completionIndex))
        }
        newSucceeded = succeededPods
        newFailed = pods.filter { $0.isFailed(for: job) && !$0.isSucceeded && isNew($0, knownFailed) }
        succeededIndexes = indexes
        failedIndexes = Self.failedIndexes(job, pods, completions: completions)
        succeeded =
            job.isIndexed
            ? indexes.count : Int(job.status.succeeded ?? 0) + uncounted.succeeded.count + newSucceeded.count
        failed = Int(job.status.failed ?? 0) + uncounted.failed.count + newFailed.count
    }

    /// With a limit per index: those that used it up.
    private static func failedIndexes(_ job: Job, _ pods: [Pod], completions: Int) -> IndexIntervals {
        let known = IndexIntervals(parsing: job.status.failedIndexes ?? "", completions: completions)
        guard let limit = job.spec.backoffLimitPerIndex else { return known }
        let exhausted = pods.filter { pod in
            guard pod.isFailed(for: job), pod.hasJobFinalizer else { return false }
            if case .failIndex = PodFailureRules.verdict(for: pod, job: job) { return true }
            return pod.indexFailures >= Int(limit)
        }
        return known.inserting(exhausted.compactMap(\.completionIndex))
    }

    /// The restarts of containers that run or wait: with `OnFailure` they count like failed pods.
    var restarts: Int {
        active.reduce(0) { sum, pod in
            let statuses = pod.status.containerStatuses + pod.status.initContainerStatuses
            return sum + statuses.reduce(0) { $0 + Int($1.restartCount) }
        }
    }
}

extension Pod {
    /// How often its index had failed before it.
    var indexFailures: Int {
        json["metadata"]?["annotations"]?[JobNames.indexFailureCount]?.stringValue.flatMap { Int($0) } ?? 0
    }
}
