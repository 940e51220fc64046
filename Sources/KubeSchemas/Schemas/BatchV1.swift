/// The types and resources of `batch/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let batchV1 = #"""
        package io.k8s.api.batch.v1
        version batch v1
        resource cronjobs CronJob namespaced singular:cronjob short:cj categories:all
        subresource cronjobs/status CronJob verbs:get,patch,update
        resource jobs Job namespaced singular:job categories:all
        subresource jobs/status Job verbs:get,patch,update

        type CronJob kind
          metadata ObjectMeta @1
          spec! CronJobSpec @2
          status CronJobStatus @3

        type CronJobList kind
          items! [CronJob] @2
          metadata ListMeta @1

        type CronJobSpec
          concurrencyPolicy string @3
          failedJobsHistoryLimit int32 @7
          jobTemplate! JobTemplateSpec @5
          schedule! string @1
          startingDeadlineSeconds int64 @2
          successfulJobsHistoryLimit int32 @6
          suspend bool @4
          timeZone string @8

        type CronJobStatus
          active [core.v1.ObjectReference] @1
          lastScheduleTime time @4
          lastSuccessfulTime time @5

        type Job kind
          metadata ObjectMeta @1
          spec JobSpec @2
          status JobStatus @3

        type JobCondition
          lastProbeTime time @3
          lastTransitionTime time @4
          message string @6
          reason string @5
          status! string @2
          type! string @1

        type JobList kind
          items! [Job] @2
          metadata ListMeta @1

        type JobSpec
          activeDeadlineSeconds int64 @3
          backoffLimit int32 @7
          backoffLimitPerIndex int32 @12
          completionMode string @9 = "NonIndexed"
          completions int32 @2
          managedBy string @15
          manualSelector bool @5 = false
          maxFailedIndexes int32 @13
          parallelism int32 @1
          podFailurePolicy PodFailurePolicy @11
          podReplacementPolicy string @14
          selector LabelSelector @4
          successPolicy SuccessPolicy @16
          suspend bool @10 = false
          template! core.v1.PodTemplateSpec @6
          ttlSecondsAfterFinished int32 @8

        type JobStatus
          active int32 @4
          completedIndexes string @7
          completionTime time @3
          conditions [JobCondition] @1 merge(type)
          failed int32 @6
          failedIndexes string @10
          ready int32 @9
          startTime time @2
          succeeded int32 @5
          terminating int32 @11
          uncountedTerminatedPods UncountedTerminatedPods @8

        type JobTemplateSpec
          metadata ObjectMeta @1
          spec JobSpec @2

        type PodFailurePolicy
          rules! [PodFailurePolicyRule] @1

        type PodFailurePolicyOnExitCodesRequirement
          containerName string @1
          operator! string @2
          values! [int32] @3 set

        type PodFailurePolicyOnPodConditionsPattern
          status string @2
          type! string @1

        type PodFailurePolicyRule
          action! string @1
          onExitCodes PodFailurePolicyOnExitCodesRequirement @2
          onPodConditions [PodFailurePolicyOnPodConditionsPattern] @3

        type SuccessPolicy
          rules! [SuccessPolicyRule] @1

        type SuccessPolicyRule
          succeededCount int32 @2
          succeededIndexes string @1

        type UncountedTerminatedPods
          failed [string] @2 set
          succeeded [string] @1 set
        """#
}
