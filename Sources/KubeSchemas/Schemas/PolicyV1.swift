/// The types and resources of `policy/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let policyV1 = #"""
        package io.k8s.api.policy.v1
        version policy v1
        resource poddisruptionbudgets PodDisruptionBudget namespaced singular:poddisruptionbudget short:pdb
        subresource poddisruptionbudgets/status PodDisruptionBudget verbs:get,patch,update

        type Eviction kind
          deleteOptions DeleteOptions @2
          metadata ObjectMeta @1

        type PodDisruptionBudget kind
          metadata ObjectMeta @1
          spec PodDisruptionBudgetSpec @2
          status PodDisruptionBudgetStatus @3

        type PodDisruptionBudgetList kind
          items! [PodDisruptionBudget] @2
          metadata ListMeta @1

        type PodDisruptionBudgetSpec
          maxUnavailable intOrString @3
          minAvailable intOrString @1
          selector LabelSelector @2
          unhealthyPodEvictionPolicy string @4

        type PodDisruptionBudgetStatus
          conditions [Condition] @7 map(type) merge(type)
          currentHealthy int32 @4
          desiredHealthy int32 @5
          disruptedPods {time} @2
          disruptionsAllowed int32 @3
          expectedPods int32 @6
          observedGeneration int64 @1
        """#
}
