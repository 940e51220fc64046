/// The types and resources of `policy/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let policyV1 = #"""
        package io.k8s.api.policy.v1
        version policy v1
        resource poddisruptionbudgets PodDisruptionBudget namespaced singular:poddisruptionbudget short:pdb
        subresource poddisruptionbudgets/status PodDisruptionBudget verbs:get,patch,update

        type Eviction kind
          # Asks to remove a pod while respecting PodDisruptionBudgets. It is sent to the eviction subresource of the
          # pod.
          deleteOptions DeleteOptions @2  # How to delete the pod, such as the grace period.
          metadata ObjectMeta @1  # Name and namespace of the pod to evict.

        type PodDisruptionBudget kind
          # Limits how many pods of a set voluntary disruptions, such as draining a node, may take down at once.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec PodDisruptionBudgetSpec @2  # Which pods are guarded and how many must remain.
          status PodDisruptionBudgetStatus @3
            # What the controller observed last; written by the system. It can lag behind.

        type PodDisruptionBudgetList kind  # A list of PodDisruptionBudget objects.
          items! [PodDisruptionBudget] @2  # The PodDisruptionBudget objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type PodDisruptionBudgetSpec  # The desired budget. At most one of minAvailable and maxUnavailable is set.
          maxUnavailable intOrString @3
            # How many pods may be unavailable after an eviction, as a number or a percentage; 0 forbids all evictions.
          minAvailable intOrString @1
            # How many pods must stay available after an eviction, as a number or a percentage; 100% forbids all
            # evictions.
          selector LabelSelector @2 replace
            # Picks the guarded pods of the namespace. Unset picks none, an empty one picks all.
          unhealthyPodEvictionPolicy string? @4
            # Whether running pods that are not ready can be evicted: IfHealthyBudget (default) only while the budget is
            # met, AlwaysAllow at any time.

        type PodDisruptionBudgetStatus
          # The observed state of a budget. Valid only if observedGeneration equals metadata.generation.
          conditions [Condition] @7 map(type) merge(type)
            # The DisruptionAllowed condition, with the reason SufficientPods, InsufficientPods or SyncFailed.
          currentHealthy int32? @4  # Guarded pods that are healthy now.
          desiredHealthy int32? @5  # Guarded pods that have to be healthy.
          disruptedPods {time} @2
            # Pods whose eviction was granted but whose deletion is not seen yet, with the time it was granted. Usually
            # empty.
          disruptionsAllowed int32? @3  # How many more pods may be disrupted now.
          expectedPods int32? @6  # Guarded pods in total.
          observedGeneration int64 @1  # The metadata.generation this status was computed for.
        """#
}
