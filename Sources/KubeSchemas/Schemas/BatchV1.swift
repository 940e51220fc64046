/// The types and resources of `batch/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let batchV1 = #"""
        package io.k8s.api.batch.v1
        version batch v1
        resource cronjobs CronJob namespaced singular:cronjob short:cj categories:all
        subresource cronjobs/status CronJob verbs:get,patch,update
        resource jobs Job namespaced singular:job categories:all
        subresource jobs/status Job verbs:get,patch,update

        type CronJob kind  # Creates Jobs on a schedule.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! CronJobSpec @2  # The schedule and the Job to create.
          status CronJobStatus @3  # Which Jobs run and when the last ones started and succeeded; written by the system.

        type CronJobList kind  # A list of CronJob objects.
          items! [CronJob] @2  # The CronJob objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type CronJobSpec  # The desired behaviour of a CronJob.
          concurrencyPolicy string @3
            # What to do when a run is due while another is active: Allow both (default), Forbid the new one, or Replace
            # the old one.
          failedJobsHistoryLimit int32? @7  # How many failed Jobs to keep. Defaults to 1.
          jobTemplate! JobTemplateSpec @5  # The Job that each run creates.
          schedule! string @1
            # When to run, in cron format: minute, hour, day of month, month, day of week. Macros such as @hourly are
            # allowed.
          startingDeadlineSeconds int64? @2
            # Seconds after the scheduled time within which a delayed run may still start; later it counts as missed.
            # Unset means no deadline.
          successfulJobsHistoryLimit int32? @6  # How many successful Jobs to keep. Defaults to 3.
          suspend bool? @4  # Skips all runs while true; active Jobs go on. Defaults to false.
          timeZone string? @8
            # Name of the time zone the schedule is read in, such as Europe/Berlin. Unset means that of the controller.

        type CronJobStatus  # The observed state of a CronJob.
          active [core.v1.ObjectReference] @1  # The Jobs that are running now.
          lastScheduleTime time @4  # When a Job was last created by the schedule.
          lastSuccessfulTime time @5  # When a Job last finished successfully.

        type Job kind  # Runs pods until a number of them has finished successfully, and replaces those that fail.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec JobSpec @2  # The pods to run, how many, and what to do with failures.
          status JobStatus @3  # What the controller observed last; written by the system.

        type JobCondition  # One aspect of a Job's state, with the time and cause of its last change.
          lastProbeTime time @3  # When the condition was last checked.
          lastTransitionTime time @4  # When the status last changed.
          message string @6  # What happened, for people.
          reason string @5  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition: Suspended, Complete, Failed, FailureTarget or SuccessCriteriaMet.

        type JobList kind  # A list of Job objects.
          items! [Job] @2  # The Job objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type JobSpec  # The desired behaviour of a Job.
          activeDeadlineSeconds int64? @3
            # Seconds the Job may be active before all its pods are ended and it fails. The clock restarts when a
            # suspended Job resumes.
          backoffLimit int32? @7
            # How many pod failures to tolerate before the Job fails. Defaults to 6, or to 2147483647 with
            # backoffLimitPerIndex.
          backoffLimitPerIndex int32? @12
            # How many failures to tolerate within one index before that index fails. Only for Indexed Jobs whose pods
            # have the restartPolicy Never. Immutable.
          completionMode string? @9 = "NonIndexed"
            # NonIndexed (default) counts successful pods. Indexed gives pods the indexes 0 to completions - 1 and needs
            # one success for each; it requires completions. Immutable.
          completions int32? @2
            # How many pods have to succeed. Unset means that the success of any pod completes the Job. Changeable only
            # for Indexed Jobs, together with parallelism.
          managedBy string? @15
            # The controller responsible for the Job, such as example.com/queue. Unset or kubernetes.io/job-controller
            # means the built-in one; it ignores all others. At most 63 characters, immutable.
          manualSelector bool? @5 = false
            # Takes selector and pod labels as given instead of generating unique ones. Leave it unset unless you make
            # sure yourself that the labels are unique.
          maxFailedIndexes int32? @13
            # How many indexes may fail before the whole Job fails. Requires backoffLimitPerIndex, and is required with
            # it if completions exceeds 100000. Unset means no limit.
          parallelism int32? @1
            # How many pods may run at the same time; fewer run when less work is left. Defaults to 1.
          podFailurePolicy PodFailurePolicy @11
            # Rules that decide by exit codes or conditions how a failed pod is treated. Requires the restartPolicy
            # Never; immutable. Without it each failure counts against backoffLimit.
          podReplacementPolicy string? @14
            # When a pod is replaced: TerminatingOrFailed as soon as it terminates, Failed only after it has ended.
            # Defaults to Failed with podFailurePolicy, which allows nothing else, and to TerminatingOrFailed otherwise.
          selector LabelSelector @4  # Picks the pods of the Job. Normally generated by the system; immutable.
          successPolicy SuccessPolicy @16
            # Lets an Indexed Job succeed before all indexes have. Remaining pods are then ended. Immutable.
          suspend bool? @10 = false
            # While true no pods are created and active ones are deleted. Resuming restarts startTime and the deadline.
            # Defaults to false.
          template! core.v1.PodTemplateSpec @6  # The pods to run. Their restartPolicy must be Never or OnFailure.
          ttlSecondsAfterFinished int32? @8
            # Seconds after its end at which the Job is deleted automatically; 0 means at once. Unset means never.

        type JobStatus  # The observed state of a Job.
          active int32 @4  # Pods that are pending or running and not being deleted.
          completedIndexes string @7
            # Indexes that succeeded, as numbers and ranges such as 1,3-5,7. Only for Indexed Jobs.
          completionTime time @3  # When the Job finished successfully; unset if it failed.
          conditions [JobCondition] @1 merge(type)
            # The current conditions of the Job. A finished Job has either Complete or Failed.
          failed int32 @6  # Pods that ended in the phase Failed.
          failedIndexes string? @10
            # Indexes that failed, as numbers and ranges such as 1,3-5,7. Only with backoffLimitPerIndex.
          ready int32? @9  # Active pods that are ready.
          startTime time @2  # When the controller began to work on the Job; set anew whenever a suspended Job resumes.
          succeeded int32 @5  # Pods that ended in the phase Succeeded.
          terminating int32? @11  # Pods that are being deleted and have not ended yet.
          uncountedTerminatedPods UncountedTerminatedPods @8
            # Pods that have ended but are not in the counters yet; keeps the counting exact.

        type JobTemplateSpec  # The Job that a CronJob creates.
          metadata ObjectMeta @1  # Labels and annotations of the created Jobs.
          spec JobSpec @2  # The desired behaviour of the created Jobs.

        type PodFailurePolicy  # How failed pods influence the Job.
          rules! [PodFailurePolicyRule] @1
            # Rules tried in order; the first that matches decides. A failure that none matches counts against
            # backoffLimit. At most 20.

        type PodFailurePolicyOnExitCodesRequirement
          # Matches a failed pod by the exit codes of its containers. Exit code 0 is never looked at.
          containerName string? @1  # Looks only at the container or init container of this name. Unset means all.
          operator! string @2  # In matches if a container's exit code is among the values, NotIn if one is not.
          values! [int32] @3 set
            # Exit codes to compare with, ascending and without duplicates, 1 to 255 of them. 0 is not allowed with In.

        type PodFailurePolicyOnPodConditionsPattern  # Matches a failed pod by one of its conditions.
          status string @2  # The status the condition must have. Defaults to True.
          type! string @1  # The type of the condition, such as DisruptionTarget.

        type PodFailurePolicyRule
          # What to do with a failed pod that meets a requirement. Exactly one of onExitCodes and onPodConditions is
          # set.
          action! string @1
            # FailJob fails the Job, FailIndex fails the pod's index, Ignore replaces the pod without counting the
            # failure, Count counts it against backoffLimit.
          onExitCodes PodFailurePolicyOnExitCodesRequirement @2  # Matches by the exit codes of the containers.
          onPodConditions [PodFailurePolicyOnPodConditionsPattern] @3
            # Matches if any of these patterns fits a condition of the pod. At most 20.

        type SuccessPolicy  # When an Indexed Job counts as successful before all its indexes have succeeded.
          rules! [SuccessPolicyRule] @1
            # Alternatives, tried in order: the Job succeeds once any of them is met. At most 20.

        type SuccessPolicyRule
          # A set or number of successful indexes that is enough. At least one of the two fields is set.
          succeededCount int32? @2  # How many indexes, of succeededIndexes if that is set, have to succeed. At least 1.
          succeededIndexes string? @1  # The indexes that have to succeed, as numbers and ranges such as 1,3-5,7.

        type UncountedTerminatedPods  # Pods that have ended but are not part of the counters yet.
          failed [string] @2 set  # UIDs of failed pods.
          succeeded [string] @1 set  # UIDs of successful pods.
        """#
}
