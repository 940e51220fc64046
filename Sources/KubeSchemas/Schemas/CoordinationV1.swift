/// The types and resources of `coordination.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let coordinationV1 = #"""
        package io.k8s.api.coordination.v1
        version coordination.k8s.io v1
        resource leases Lease namespaced singular:lease

        type Lease kind
          # A claim on something that only one holder may have at a time, such as leadership; also used as heartbeat of
          # nodes.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec LeaseSpec @2  # Who holds the lease, and for how long.

        type LeaseList kind  # A list of Lease objects.
          items! [Lease] @2  # The Lease objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type LeaseSpec  # Who holds a lease, and for how long.
          acquireTime microtime @3  # When the holder obtained the lease.
          holderIdentity string? @1
            # Who holds the lease. With coordinated election the name of the elected LeaseCandidate.
          leaseDurationSeconds int32? @2  # Seconds after renewTime from which others may take the lease.
          leaseTransitions int32? @5  # How often the lease has changed hands.
          preferredHolder string? @7
            # A better holder, for which the present one should give up the lease. Only with strategy.
          renewTime microtime @4  # When the holder last confirmed the lease.
          strategy string? @6
            # How a holder is chosen among candidates, such as OldestEmulationVersion. Unset means no coordinated
            # election.
        """#
}
