/// The types and resources of `scheduling.k8s.io/v1alpha2`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let schedulingV1alpha2 = #"""
        package io.k8s.api.scheduling.v1alpha2
        version scheduling.k8s.io v1alpha2
        resource podgroups PodGroup namespaced singular:podgroup
        subresource podgroups/status PodGroup verbs:get,patch,update
        resource workloads Workload namespaced singular:workload

        type BasicSchedulingPolicy  # Schedules the pods of a group one by one, as if they were not in a group.

        type GangSchedulingPolicy  # Schedules the pods of a group all together or not at all.
          minCount! int32 @1  # How many pods must fit at the same time for the group to be admitted; at least 1.

        type PodGroup kind
          # A set of pods that are scheduled as a unit. Controllers create it from a template in a Workload.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! PodGroupSpec @2  # How the group is scheduled.
          status PodGroupStatus @3  # Whether the group is scheduled, and its claims; written by the system.

        type PodGroupList kind  # A list of PodGroup objects.
          items! [PodGroup] @2  # The PodGroup objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type PodGroupResourceClaim
          # A ResourceClaim shared by the pods of the group. Exactly one of resourceClaimName and
          # resourceClaimTemplateName is set; pods use it by a claim with the same name and source.
          name! string @1  # Identifies the claim within the group; a DNS label.
          resourceClaimName string? @2  # An existing ResourceClaim of the namespace, reserved for the group as a whole.
          resourceClaimTemplateName string? @3
            # A ResourceClaimTemplate of the namespace from which a claim is created for the group; it is deleted with
            # the group. Immutable.

        type PodGroupResourceClaimStatus  # The ResourceClaim that was generated for one entry of the group's claims.
          name! string @1  # The entry of spec.resourceClaims this belongs to.
          resourceClaimName string? @2  # Name of the generated ResourceClaim. Unset if none was needed.

        type PodGroupSchedulingConstraints  # Where the pods of a group may be placed relative to each other.
          topology [TopologyConstraint] @1
            # Topology domains the pods have to share. Only one constraint can be given at present.

        type PodGroupSchedulingPolicy  # How the pods of a group are scheduled. Exactly one field is set.
          basic BasicSchedulingPolicy @1  # Pods are scheduled one by one, as usual.
          gang GangSchedulingPolicy @2  # Pods are scheduled all together or not at all.

        type PodGroupSpec  # The desired scheduling of a group. Controllers copy most of it from the template.
          disruptionMode string? @5
            # Whether the group is disrupted Pod by pod (default) or as a whole (PodGroup). Immutable.
          podGroupTemplateRef PodGroupTemplateReference @1  # The template the group was created from. Immutable.
          priority int32? @7
            # Priority of the group, filled in from priorityClassName at admission; higher comes first. Immutable.
          priorityClassName string @6
            # The PriorityClass of the group. Unset means the global default class, or priority 0 without one.
            # Immutable.
          resourceClaims [PodGroupResourceClaim] @4 map(name) merge(name) retainKeys
            # ResourceClaims that the pods of the group share. Immutable.
          schedulingConstraints PodGroupSchedulingConstraints @3
            # Where the pods may be placed relative to each other. Immutable.
          schedulingPolicy! PodGroupSchedulingPolicy @2  # How the pods are scheduled. Immutable.

        type PodGroupStatus  # The observed state of a group.
          conditions [Condition] @1 map(type) merge(type)
            # PodGroupScheduled tells whether the group is placed, DisruptionTarget that it is about to be ended.
          resourceClaimStatuses [PodGroupResourceClaimStatus] @2 map(name) merge(name) retainKeys
            # Names of the ResourceClaims generated for the group.

        type PodGroupTemplate  # A kind of PodGroup that a Workload consists of.
          disruptionMode string? @5  # Whether groups are disrupted Pod by pod or as a whole (PodGroup).
          name! string @1  # Identifies the template within the Workload; a DNS label. Immutable.
          priority int32? @7
            # Priority of the groups, filled in from priorityClassName at admission; higher comes first.
          priorityClassName string @6
            # The PriorityClass of the groups. Unset means the global default class, or priority 0 without one.
          resourceClaims [PodGroupResourceClaim] @4 map(name) merge(name) retainKeys
            # ResourceClaims that the pods of each group share. Immutable.
          schedulingConstraints PodGroupSchedulingConstraints @3
            # Where the pods of a group may be placed relative to each other.
          schedulingPolicy! PodGroupSchedulingPolicy @2  # How the pods of a group are scheduled.

        type PodGroupTemplateReference  # Names the template a PodGroup was created from. Exactly one field is set.
          workload WorkloadPodGroupTemplateReference @1  # A template within a Workload.

        type TopologyConstraint  # Keeps the pods of a group within one topology domain.
          key! string @1  # Node label whose value names the domain, such as topology.kubernetes.io/rack.

        type TypedLocalObjectReference  # Names an object of any kind in the same namespace.
          apiGroup string @1  # API group of the object; empty for the core group.
          kind! string @2  # Kind of the object.
          name! string @3  # Name of the object.

        type Workload kind
          # Describes to the scheduler what groups of pods an application consists of, so that they are placed and
          # disrupted as units.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! WorkloadSpec @2  # The groups of the application.

        type WorkloadList kind  # A list of Workload objects.
          items! [Workload] @2  # The Workload objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type WorkloadPodGroupTemplateReference  # Names a template within a Workload.
          podGroupTemplateName! string @2  # Name of the template in the Workload.
          workloadName! string @1  # Name of the Workload.

        type WorkloadSpec  # The groups that make up an application.
          controllerRef TypedLocalObjectReference @1
            # The object that runs the application, such as a Job; a hint for tools. Immutable.
          podGroupTemplates! [PodGroupTemplate] @2 map(name)  # The kinds of groups, at most 8. Immutable.
        """#
}
