/// The types and resources of `apps/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let appsV1 = #"""
        package io.k8s.api.apps.v1
        version apps v1
        resource controllerrevisions ControllerRevision namespaced singular:controllerrevision
        resource daemonsets DaemonSet namespaced singular:daemonset short:ds categories:all
        subresource daemonsets/status DaemonSet verbs:get,patch,update
        resource deployments Deployment namespaced singular:deployment short:deploy categories:all
        subresource deployments/scale autoscaling/v1/Scale verbs:get,patch,update
        subresource deployments/status Deployment verbs:get,patch,update
        resource replicasets ReplicaSet namespaced singular:replicaset short:rs categories:all
        subresource replicasets/scale autoscaling/v1/Scale verbs:get,patch,update
        subresource replicasets/status ReplicaSet verbs:get,patch,update
        resource statefulsets StatefulSet namespaced singular:statefulset short:sts categories:all
        subresource statefulsets/scale autoscaling/v1/Scale verbs:get,patch,update
        subresource statefulsets/status StatefulSet verbs:get,patch,update

        type ControllerRevision kind
          data any @2
          metadata ObjectMeta @1
          revision! int64 @3

        type ControllerRevisionList kind
          items! [ControllerRevision] @2
          metadata ListMeta @1

        type DaemonSet kind
          metadata ObjectMeta @1
          spec DaemonSetSpec @2
          status DaemonSetStatus @3

        type DaemonSetCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status! string @2
          type! string @1

        type DaemonSetList kind
          items! [DaemonSet] @2
          metadata ListMeta @1

        type DaemonSetSpec
          minReadySeconds int32 @4
          revisionHistoryLimit int32 @6 = 10
          selector! LabelSelector @1
          template! core.v1.PodTemplateSpec @2
          updateStrategy DaemonSetUpdateStrategy @3 = {}

        type DaemonSetStatus
          collisionCount int32 @9
          conditions [DaemonSetCondition] @10 map(type) merge(type)
          currentNumberScheduled! int32 @1
          desiredNumberScheduled! int32 @3
          numberAvailable int32 @7
          numberMisscheduled! int32 @2
          numberReady! int32 @4
          numberUnavailable int32 @8
          observedGeneration int64 @5
          updatedNumberScheduled int32 @6

        type DaemonSetUpdateStrategy
          rollingUpdate RollingUpdateDaemonSet @2
          type string @1 = "RollingUpdate"

        type Deployment kind
          metadata ObjectMeta @1
          spec DeploymentSpec @2
          status DeploymentStatus @3

        type DeploymentCondition
          lastTransitionTime time @7
          lastUpdateTime time @6
          message string @5
          reason string @4
          status! string @2
          type! string @1

        type DeploymentList kind
          items! [Deployment] @2
          metadata ListMeta @1

        type DeploymentSpec
          minReadySeconds int32 @5
          paused bool @7
          progressDeadlineSeconds int32 @9 = 600
          replicas int32 @1 = 1
          revisionHistoryLimit int32 @6 = 10
          selector! LabelSelector @2
          strategy DeploymentStrategy @4 retainKeys = {}
          template! core.v1.PodTemplateSpec @3

        type DeploymentStatus
          availableReplicas int32 @4
          collisionCount int32 @8
          conditions [DeploymentCondition] @6 map(type) merge(type)
          observedGeneration int64 @1
          readyReplicas int32 @7
          replicas int32 @2
          terminatingReplicas int32 @9
          unavailableReplicas int32 @5
          updatedReplicas int32 @3

        type DeploymentStrategy
          rollingUpdate RollingUpdateDeployment @2
          type string @1 = "RollingUpdate"

        type ReplicaSet kind
          metadata ObjectMeta @1
          spec ReplicaSetSpec @2
          status ReplicaSetStatus @3

        type ReplicaSetCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status! string @2
          type! string @1

        type ReplicaSetList kind
          items! [ReplicaSet] @2
          metadata ListMeta @1

        type ReplicaSetSpec
          minReadySeconds int32 @4
          replicas int32 @1 = 1
          selector! LabelSelector @2
          template core.v1.PodTemplateSpec @3

        type ReplicaSetStatus
          availableReplicas int32 @5
          conditions [ReplicaSetCondition] @6 map(type) merge(type)
          fullyLabeledReplicas int32 @2
          observedGeneration int64 @3
          readyReplicas int32 @4
          replicas! int32 @1
          terminatingReplicas int32 @7

        type RollingUpdateDaemonSet
          maxSurge intOrString @2
          maxUnavailable intOrString @1

        type RollingUpdateDeployment
          maxSurge intOrString @2
          maxUnavailable intOrString @1

        type RollingUpdateStatefulSetStrategy
          maxUnavailable intOrString @2
          partition int32 @1

        type StatefulSet kind
          metadata ObjectMeta @1
          spec StatefulSetSpec @2
          status StatefulSetStatus @3

        type StatefulSetCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status! string @2
          type! string @1

        type StatefulSetList kind
          items! [StatefulSet] @2
          metadata ListMeta @1

        type StatefulSetOrdinals
          start int32 @1

        type StatefulSetPersistentVolumeClaimRetentionPolicy
          whenDeleted string @1
          whenScaled string @2

        type StatefulSetSpec
          minReadySeconds int32 @9
          ordinals StatefulSetOrdinals @11
          persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy @10
          podManagementPolicy string @6
          replicas int32 @1
          revisionHistoryLimit int32 @8
          selector! LabelSelector @2
          serviceName string @5
          template! core.v1.PodTemplateSpec @3
          updateStrategy StatefulSetUpdateStrategy @7
          volumeClaimTemplates [core.v1.PersistentVolumeClaim] @4

        type StatefulSetStatus
          availableReplicas int32 @11
          collisionCount int32 @9
          conditions [StatefulSetCondition] @10 map(type) merge(type)
          currentReplicas int32 @4
          currentRevision string @6
          observedGeneration int64 @1
          readyReplicas int32 @3
          replicas! int32 @2
          updateRevision string @7
          updatedReplicas int32 @5

        type StatefulSetUpdateStrategy
          rollingUpdate RollingUpdateStatefulSetStrategy @2
          type string @1
        """#
}
