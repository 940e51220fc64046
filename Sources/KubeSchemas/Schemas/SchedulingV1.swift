/// The types and resources of `scheduling.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let schedulingV1 = #"""
        package io.k8s.api.scheduling.v1
        version scheduling.k8s.io v1
        resource priorityclasses PriorityClass cluster singular:priorityclass short:pc

        type PriorityClass kind
          # Gives a name to a priority that pods can ask for. Pods of high priority are scheduled first and may displace
          # others.
          description string @4  # What the class is meant for.
          globalDefault bool @3
            # Makes this the class of pods that name none. There should be at most one; if there are more the lowest
            # value applies.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          preemptionPolicy string? @5
            # Whether pods of this class may displace pods of lower priority: PreemptLowerPriority (default) or Never.
            # Immutable.
          value int32? @2  # The priority; higher comes first. Up to one billion for classes made by users. Immutable.

        type PriorityClassList kind  # A list of PriorityClass objects.
          items! [PriorityClass] @2  # The PriorityClass objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.
        """#
}
