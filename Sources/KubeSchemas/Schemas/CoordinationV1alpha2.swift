/// The types and resources of `coordination.k8s.io/v1alpha2`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let coordinationV1alpha2 = #"""
        package io.k8s.api.coordination.v1alpha2
        version coordination.k8s.io v1alpha2
        resource leasecandidates LeaseCandidate namespaced singular:leasecandidate

        type LeaseCandidate kind
          metadata ObjectMeta @1
          spec! LeaseCandidateSpec @2

        type LeaseCandidateList kind
          items! [LeaseCandidate] @2
          metadata ListMeta @1

        type LeaseCandidateSpec
          binaryVersion! string @4
          emulationVersion string @5
          leaseName! string @1
          pingTime microtime @2
          renewTime microtime @3
          strategy! string @6
        """#
}
