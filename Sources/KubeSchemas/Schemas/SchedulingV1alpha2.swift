/// The types and resources of `scheduling.k8s.io/v1alpha2`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let schedulingV1alpha2 = #"""
        package io.k8s.api.scheduling.v1alpha2
        version scheduling.k8s.io v1alpha2
        resource podgroups PodGroup namespaced singular:podgroup
        subresource podgroups/status PodGroup verbs:get,patch,update
        resource workloads Workload namespaced singular:workload

        type BasicSchedulingPolicy

        type GangSchedulingPolicy
          minCount! int32 @1

        type PodGroup kind
          metadata ObjectMeta @1
          spec! PodGroupSpec @2
          status PodGroupStatus @3

        type PodGroupList kind
          items! [PodGroup] @2
          metadata ListMeta @1

        type PodGroupResourceClaim
          name! string @1
          resourceClaimName string @2
          resourceClaimTemplateName string @3

        type PodGroupResourceClaimStatus
          name! string @1
          resourceClaimName string @2

        type PodGroupSchedulingConstraints
          topology [TopologyConstraint] @1

        type PodGroupSchedulingPolicy
          basic BasicSchedulingPolicy @1
          gang GangSchedulingPolicy @2

        type PodGroupSpec
          disruptionMode string @5
          podGroupTemplateRef PodGroupTemplateReference @1
          priority int32 @7
          priorityClassName string @6
          resourceClaims [PodGroupResourceClaim] @4 map(name) merge(name) retainKeys
          schedulingConstraints PodGroupSchedulingConstraints @3
          schedulingPolicy! PodGroupSchedulingPolicy @2

        type PodGroupStatus
          conditions [Condition] @1 map(type) merge(type)
          resourceClaimStatuses [PodGroupResourceClaimStatus] @2 map(name) merge(name) retainKeys

        type PodGroupTemplate
          disruptionMode string @5
          name! string @1
          priority int32 @7
          priorityClassName string @6
          resourceClaims [PodGroupResourceClaim] @4 map(name) merge(name) retainKeys
          schedulingConstraints PodGroupSchedulingConstraints @3
          schedulingPolicy! PodGroupSchedulingPolicy @2

        type PodGroupTemplateReference
          workload WorkloadPodGroupTemplateReference @1

        type TopologyConstraint
          key! string @1

        type TypedLocalObjectReference
          apiGroup string @1
          kind! string @2
          name! string @3

        type Workload kind
          metadata ObjectMeta @1
          spec! WorkloadSpec @2

        type WorkloadList kind
          items! [Workload] @2
          metadata ListMeta @1

        type WorkloadPodGroupTemplateReference
          podGroupTemplateName! string @2
          workloadName! string @1

        type WorkloadSpec
          controllerRef TypedLocalObjectReference @1
          podGroupTemplates! [PodGroupTemplate] @2 map(name)
        """#
}
