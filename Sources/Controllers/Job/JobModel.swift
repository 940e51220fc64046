import KubeAPI
import Machinery

/// Names and readings of Jobs and their pods.
enum JobNames {
    static let finalizer = "batch.kubernetes.io/job-tracking"
    static let completionIndex = "batch.kubernetes.io/job-completion-index"
    static let indexFailureCount = "batch.kubernetes.io/job-index-failure-count"
    static let indexVariable = "JOB_COMPLETION_INDEX"
    static let managedBy = "kubernetes.io/job-controller"
}

extension Job {
    var isIndexed: Bool { spec.completionMode == "Indexed" }
    var isSuspended: Bool { spec.suspend == true }
    var parallelism: Int { Int(spec.parallelism ?? 1) }
    var completions: Int? { spec.completions.map(Int.init) }
    var backoffLimit: Int32 { spec.backoffLimit ?? (spec.backoffLimitPerIndex == nil ? 6 : .max) }

    /// Replace pods only once they have failed, not already while they end.
    var onlyReplacesFailedPods: Bool {
        spec.podReplacementPolicy == "Failed" || (spec.podReplacementPolicy == nil && spec.podFailurePolicy != nil)
    }

    func condition(_ type: String) -> JobCondition? {
        status.conditions.first { $0.type == type }
    }

    var isFinished: Bool {
        condition("Complete")?.status == "True" || condition("Failed")?.status == "True"
    }

    /// When it finished.
    var finishTime: Timestamp? {
        status.conditions.first { ($0.type == "Complete" || $0.type == "Failed") && $0.status == "True" }?
            .lastTransitionTime
    }
}

extension Pod {
    var hasJobFinalizer: Bool { metadata.finalizers.contains(JobNames.finalizer) }

    var completionIndex: Int? {
        json["metadata"]?["annotations"]?[JobNames.completionIndex]?.stringValue.flatMap { Int($0) }
    }

    /// Counts as a failure of its Job.
    func isFailed(for job: Job) -> Bool {
        if isFailed { return true }
        if job.onlyReplacesFailedPods { return false }
        return isBeingDeleted && !isSucceeded
    }

    /// When its containers ended, as far as it is known.
    var finishTime: Timestamp? {
        let statuses = status.containerStatuses + status.initContainerStatuses
        let times = statuses.compactMap { $0.state?.terminated?.finishedAt }
        return times.max() ?? condition("Ready")?.lastTransitionTime ?? metadata.deletionTimestamp
            ?? metadata.creationTimestamp
    }
}
