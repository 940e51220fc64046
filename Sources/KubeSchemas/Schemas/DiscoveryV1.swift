/// The types and resources of `discovery.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let discoveryV1 = #"""
        package io.k8s.api.discovery.v1
        version discovery.k8s.io v1
        resource endpointslices EndpointSlice namespaced singular:endpointslice

        type Endpoint  # One backend of a Service, usually a pod.
          addresses! [string] @1 set
            # Addresses of the backend, 1 to 100 and usually one; only the first has a defined meaning.
          conditions EndpointConditions @2  # Whether the backend is ready, serving or terminating.
          deprecatedTopology {string} @5
            # Topology labels of an older version; cannot be written. Use zone and nodeName.
          hints EndpointHints @8  # Who should use this backend.
          hostname string? @3  # Host name of the backend, a DNS label. Backends with the same one are interchangeable.
          nodeName string? @6  # The node the backend runs on.
          targetRef core.v1.ObjectReference @4  # The object behind the backend, usually a pod.
          zone string? @7  # The zone the backend is in.

        type EndpointConditions  # The state of a backend.
          ready bool? @1  # Whether to send traffic; normally serving and not terminating. Unset means true.
          serving bool? @2  # Whether the backend can answer, even while it terminates. Unset means true.
          terminating bool? @3  # Whether the backend is being shut down. Unset means false.

        type EndpointHints  # Who should use a backend when traffic is to stay near.
          forNodes [ForNode] @2  # Nodes that should use the backend. At most 8.
          forZones [ForZone] @1  # Zones that should use the backend. At most 8.

        type EndpointPort atomic  # A port that all backends of a slice offer.
          appProtocol string? @4
            # Protocol spoken on the port, as a hint: an IANA service name, or one such as kubernetes.io/h2c,
            # kubernetes.io/ws or example.com/mine.
          name string? @1 = ""
            # Name of the port, as in the Service; empty or a DNS label, unique within the slice. Defaults to the empty
            # name.
          port int32? @3  # Port number of the backends. Unset means that the consumer has to know.
          protocol string? @2 = "TCP"  # TCP (default), UDP or SCTP.

        type EndpointSlice kind
          # A part of the backends of a Service. Slices of one Service share the label kubernetes.io/service-name and
          # have to be put together.
          addressType! string @4  # Kind of the addresses: IPv4, IPv6, or FQDN (deprecated). Immutable.
          endpoints [Endpoint] @2  # The backends. At most 1000.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          ports [EndpointPort] @3  # Ports that each backend offers, with unique names. At most 100.

        type EndpointSliceList kind  # A list of EndpointSlice objects.
          items! [EndpointSlice] @2  # The EndpointSlice objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ForNode  # A node that should use a backend.
          name! string @1  # Name of the node.

        type ForZone  # A zone that should use a backend.
          name! string @1  # Name of the zone.
        """#
}
