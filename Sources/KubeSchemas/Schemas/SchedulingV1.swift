/// The types and resources of `scheduling.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let schedulingV1 = #"""
        package io.k8s.api.scheduling.v1
        version scheduling.k8s.io v1
        resource priorityclasses PriorityClass cluster singular:priorityclass short:pc

        type PriorityClass kind
          description string @4
          globalDefault bool @3
          metadata ObjectMeta @1
          preemptionPolicy string @5
          value int32 @2

        type PriorityClassList kind
          items! [PriorityClass] @2
          metadata ListMeta @1
        """#
}
