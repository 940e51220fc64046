/// The types and resources of `coordination.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let coordinationV1beta1 = #"""
        package io.k8s.api.coordination.v1beta1
        version coordination.k8s.io v1beta1
        resource leasecandidates LeaseCandidate namespaced singular:leasecandidate

        type LeaseCandidate kind  # Somebody who offers to hold a Lease in coordinated election.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! LeaseCandidateSpec @2  # The Lease, the candidate's versions, and signs of life.

        type LeaseCandidateList kind  # A list of LeaseCandidate objects.
          items! [LeaseCandidate] @2  # The LeaseCandidate objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type LeaseCandidateSpec  # What a candidate offers.
          binaryVersion! string @4  # Version of the program, such as 1.36.0, without v.
          emulationVersion string @5
            # Version whose behaviour the program shows, not above binaryVersion. Required for the strategy
            # OldestEmulationVersion.
          leaseName! string @1
            # Name of the Lease the candidate competes for. Several candidates may name the same. Immutable.
          pingTime microtime @2
            # When the election last asked for a sign of life; the candidate answers by setting renewTime.
          renewTime microtime @3  # Last sign of life of the candidate. Candidates silent for hours are removed.
          strategy! string @6
            # How the candidate wants the holder chosen. If candidates differ, that with the latest binaryVersion
            # decides.
        """#
}
