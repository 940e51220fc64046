/// The types and resources of `coordination.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let coordinationV1 = #"""
        package io.k8s.api.coordination.v1
        version coordination.k8s.io v1
        resource leases Lease namespaced singular:lease

        type Lease kind
          metadata ObjectMeta @1
          spec LeaseSpec @2

        type LeaseList kind
          items! [Lease] @2
          metadata ListMeta @1

        type LeaseSpec
          acquireTime microtime @3
          holderIdentity string @1
          leaseDurationSeconds int32 @2
          leaseTransitions int32 @5
          preferredHolder string @7
          renewTime microtime @4
          strategy string @6
        """#
}
