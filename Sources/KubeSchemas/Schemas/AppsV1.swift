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
          # A snapshot of the state of a StatefulSet or DaemonSet at one point of its history, used for updates and
          # rollbacks. The data cannot be changed once the object exists.
          data any @2  # The recorded state, in a form that only the owning controller interprets; immutable.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          revision! int64 @3  # Position in the history of the owner: a higher number is a newer state.

        type ControllerRevisionList kind  # A list of ControllerRevision objects.
          items! [ControllerRevision] @2  # The ControllerRevision objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type DaemonSet kind
          # Runs one copy of a pod on every node, or on every node that the pod template allows. Pods come and go with
          # the nodes.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec DaemonSetSpec @2  # The desired pods and how to update them.
          status DaemonSetStatus @3  # What the controller observed last; written by the system.

        type DaemonSetCondition  # One aspect of a DaemonSet's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition.

        type DaemonSetList kind  # A list of DaemonSet objects.
          items! [DaemonSet] @2  # The DaemonSet objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type DaemonSetSpec  # The desired state of a DaemonSet.
          minReadySeconds int32 @4  # Seconds a new pod has to stay ready before it counts as available. Defaults to 0.
          revisionHistoryLimit int32? @6 = 10  # How many old revisions to keep for rollbacks. Defaults to 10.
          selector! LabelSelector @1
            # Picks the pods that belong to this DaemonSet. It must match the labels of the template and cannot be
            # changed.
          template! core.v1.PodTemplateSpec @2
            # The pod to run on each eligible node. The only restartPolicy it may have is Always.
          updateStrategy DaemonSetUpdateStrategy @3 = {}
            # How running pods are replaced after a change of the template.

        type DaemonSetStatus  # The observed state of a DaemonSet, counted in nodes.
          collisionCount int32? @9
            # Number of name collisions so far; part of the hash that names the next ControllerRevision.
          conditions [DaemonSetCondition] @10 map(type) merge(type)  # The current conditions of the DaemonSet.
          currentNumberScheduled! int32 @1  # Nodes that should run the pod and do run at least one.
          desiredNumberScheduled! int32 @3  # Nodes that should run the pod, whether they do already or not.
          numberAvailable int32 @7
            # Nodes that should run the pod and have one that has been ready for minReadySeconds.
          numberMisscheduled! int32 @2  # Nodes that run the pod although they should not.
          numberReady! int32 @4  # Nodes that should run the pod and have one that is ready.
          numberUnavailable int32 @8  # Nodes that should run the pod but have none that is available.
          observedGeneration int64 @5  # The metadata.generation this status was computed for.
          updatedNumberScheduled int32 @6  # Nodes that run a pod of the current template.

        type DaemonSetUpdateStrategy  # How a DaemonSet replaces its pods.
          rollingUpdate RollingUpdateDaemonSet @2  # Limits of a rolling update; only used when type is RollingUpdate.
          type string @1 = "RollingUpdate"
            # RollingUpdate replaces pods gradually, OnDelete waits until somebody deletes them. Defaults to
            # RollingUpdate.

        type Deployment kind
          # Keeps a number of identical, interchangeable pods running and rolls out changes of their template step by
          # step, by way of ReplicaSets.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec DeploymentSpec @2  # The desired pods, their number, and how to update them.
          status DeploymentStatus @3  # What the controller observed last; written by the system.

        type DeploymentCondition  # One aspect of a Deployment's state, with the time and cause of its last change.
          lastTransitionTime time @7  # When the status last changed.
          lastUpdateTime time @6  # When the condition was last written, even if its status stayed the same.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition: Available, Progressing or ReplicaFailure.

        type DeploymentList kind  # A list of Deployment objects.
          items! [Deployment] @2  # The Deployment objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type DeploymentSpec  # The desired state of a Deployment.
          minReadySeconds int32 @5  # Seconds a new pod has to stay ready before it counts as available. Defaults to 0.
          paused bool @7  # Stops rolling out changes of the template until it is false again; scaling still works.
          progressDeadlineSeconds int32? @9 = 600
            # Seconds a rollout may take without progress before it is reported as failed in the Progressing condition.
            # The controller keeps trying. Defaults to 600; the time of a pause does not count.
          replicas int32? @1 = 1  # How many pods should run. Defaults to 1.
          revisionHistoryLimit int32? @6 = 10  # How many old ReplicaSets to keep for rollbacks. Defaults to 10.
          selector! LabelSelector @2
            # Picks the ReplicaSets and pods that belong to this Deployment. It must match the labels of the template
            # and cannot be changed.
          strategy DeploymentStrategy @4 retainKeys = {}  # How old pods are replaced by new ones.
          template! core.v1.PodTemplateSpec @3
            # The pods to run. The only restartPolicy they may have is Always. Every change starts a rollout.

        type DeploymentStatus
          # The observed state of a Deployment. Pods that are being deleted count only in terminatingReplicas.
          availableReplicas int32 @4  # Pods that have been ready for at least minReadySeconds.
          collisionCount int32? @8  # Number of name collisions so far; part of the hash that names the next ReplicaSet.
          conditions [DeploymentCondition] @6 map(type) merge(type)  # The current conditions of the Deployment.
          observedGeneration int64 @1  # The metadata.generation this status was computed for.
          readyReplicas int32 @7  # Pods that are ready.
          replicas int32 @2  # Pods of all revisions that exist.
          terminatingReplicas int32? @9  # Pods that are being deleted and have not finished yet.
          unavailableReplicas int32 @5
            # Pods still missing for full capacity, because they are not available yet or do not exist yet.
          updatedReplicas int32 @3  # Pods that were made from the current template.

        type DeploymentStrategy  # How a Deployment replaces old pods by new ones.
          rollingUpdate RollingUpdateDeployment @2
            # Limits of a rolling update; only allowed when type is RollingUpdate.
          type string @1 = "RollingUpdate"
            # RollingUpdate replaces pods gradually, Recreate ends all old pods before it starts new ones. Defaults to
            # RollingUpdate.

        type ReplicaSet kind
          # Keeps a number of identical pods running. Usually managed by a Deployment, which adds rollouts.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec ReplicaSetSpec @2  # The desired pods and their number.
          status ReplicaSetStatus @3  # What the controller observed last; written by the system.

        type ReplicaSetCondition  # One aspect of a ReplicaSet's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition, such as ReplicaFailure.

        type ReplicaSetList kind  # A list of ReplicaSet objects.
          items! [ReplicaSet] @2  # The ReplicaSet objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ReplicaSetSpec  # The desired state of a ReplicaSet.
          minReadySeconds int32 @4  # Seconds a new pod has to stay ready before it counts as available. Defaults to 0.
          replicas int32? @1 = 1  # How many pods should run. Defaults to 1.
          selector! LabelSelector @2
            # Picks the pods that belong to this ReplicaSet. It must match the labels of the template and cannot be
            # changed.
          template core.v1.PodTemplateSpec @3
            # The pod to create while there are too few. A change affects only pods created later.

        type ReplicaSetStatus
          # The observed state of a ReplicaSet. Pods that are being deleted count only in terminatingReplicas.
          availableReplicas int32 @5  # Pods that have been ready for at least minReadySeconds.
          conditions [ReplicaSetCondition] @6 map(type) merge(type)  # The current conditions of the ReplicaSet.
          fullyLabeledReplicas int32 @2  # Pods that carry all labels of the current template.
          observedGeneration int64 @3  # The metadata.generation this status was computed for.
          readyReplicas int32 @4  # Pods that are ready.
          replicas! int32 @1  # Pods that exist.
          terminatingReplicas int32? @7  # Pods that are being deleted and have not finished yet.

        type RollingUpdateDaemonSet  # How far the rolling update of a DaemonSet may deviate from one pod on each node.
          maxSurge intOrString @2
            # How many nodes may run a new pod beside the available old one, as a number or a percentage (rounded up).
            # Not 0 if maxUnavailable is 0. Defaults to 0.
          maxUnavailable intOrString @1
            # How many nodes may be without an available pod, as a number or a percentage (rounded up). Not 0 if
            # maxSurge is 0. Defaults to 1.

        type RollingUpdateDeployment
          # How far the rolling update of a Deployment may deviate from the desired number of pods.
          maxSurge intOrString @2
            # How many pods may exist beyond replicas, as a number or a percentage (rounded up). Not 0 if maxUnavailable
            # is 0. Defaults to 25%.
          maxUnavailable intOrString @1
            # How many pods may be unavailable, as a number or a percentage (rounded down). Not 0 if maxSurge is 0.
            # Defaults to 25%.

        type RollingUpdateStatefulSetStrategy  # Limits of the rolling update of a StatefulSet.
          maxUnavailable intOrString @2
            # How many pods may be unavailable during the update, as a number or a percentage (rounded up); at least 1.
            # Defaults to 1.
          partition int32? @1
            # Only pods with this ordinal or a higher one are updated; lower ones keep the old template. Defaults to 0.

        type StatefulSet kind
          # Runs pods that each have a lasting identity: a numbered name, a host name and their own volume claims, which
          # survive restarts and rescheduling.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec StatefulSetSpec @2  # The desired pods, their number, volume claims and update strategy.
          status StatefulSetStatus @3  # What the controller observed last; written by the system.

        type StatefulSetCondition  # One aspect of a StatefulSet's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition.

        type StatefulSetList kind  # A list of StatefulSet objects.
          items! [StatefulSet] @2  # The StatefulSet objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type StatefulSetOrdinals  # How the pods of a StatefulSet are numbered.
          start int32? @1
            # Number of the first pod; the pods then carry start up to start + replicas - 1. Defaults to 0.

        type StatefulSetPersistentVolumeClaimRetentionPolicy
          # What happens to claims made from volumeClaimTemplates when they are no longer needed.
          whenDeleted string @1  # Fate of the claims when the StatefulSet is deleted: Retain (default) or Delete.
          whenScaled string @2  # Fate of the claims of pods that scaling down removes: Retain (default) or Delete.

        type StatefulSetSpec  # The desired state of a StatefulSet.
          minReadySeconds int32 @9  # Seconds a new pod has to stay ready before it counts as available. Defaults to 0.
          ordinals StatefulSetOrdinals @11  # How pods are numbered. By default the first one is 0.
          persistentVolumeClaimRetentionPolicy StatefulSetPersistentVolumeClaimRetentionPolicy @10
            # Whether claims made from volumeClaimTemplates are deleted with the set or its pods. By default they are
            # kept.
          podManagementPolicy string @6
            # OrderedReady (default) creates pods one after another, each after its predecessor is ready, and removes
            # them in reverse order. Parallel does not wait. Immutable.
          replicas int32? @1  # How many pods should run. Defaults to 1.
          revisionHistoryLimit int32? @8  # How many old revisions to keep for rollbacks. Defaults to 10.
          selector! LabelSelector @2
            # Picks the pods that belong to this StatefulSet. It must match the labels of the template and cannot be
            # changed.
          serviceName string @5
            # The Service that gives the pods their DNS names, of the form pod.service.namespace.svc. It should exist
            # before the set. Immutable.
          template! core.v1.PodTemplateSpec @3
            # The pods to run, named after the set and their ordinal, such as web-3. The only restartPolicy they may
            # have is Always.
          updateStrategy StatefulSetUpdateStrategy @7  # How pods are replaced after a change of the template.
          volumeClaimTemplates [core.v1.PersistentVolumeClaim] @4
            # Claims that every pod gets a copy of its own of. They take precedence over volumes of the same name in the
            # template. Immutable.

        type StatefulSetStatus  # The observed state of a StatefulSet.
          availableReplicas int32? @11  # Pods that have been ready for at least minReadySeconds.
          collisionCount int32? @9
            # Number of name collisions so far; part of the hash that names the next ControllerRevision.
          conditions [StatefulSetCondition] @10 map(type) merge(type)  # The current conditions of the StatefulSet.
          currentReplicas int32 @4  # Pods that were made from currentRevision.
          currentRevision string @6  # The revision that pods with the low ordinals, not yet updated, are made from.
          observedGeneration int64 @1  # The metadata.generation this status was computed for.
          readyReplicas int32 @3  # Pods that are ready.
          replicas! int32 @2  # Pods that exist.
          updateRevision string @7  # The revision that updated pods, the ones with the high ordinals, are made from.
          updatedReplicas int32 @5  # Pods that were made from updateRevision.

        type StatefulSetUpdateStrategy  # How a StatefulSet replaces its pods.
          rollingUpdate RollingUpdateStatefulSetStrategy @2
            # Limits of a rolling update; only used when type is RollingUpdate.
          type string @1
            # RollingUpdate replaces pods from the highest ordinal down, OnDelete waits until somebody deletes them.
            # Defaults to RollingUpdate.
        """#
}
