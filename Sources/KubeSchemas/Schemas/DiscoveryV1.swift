/// The types and resources of `discovery.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let discoveryV1 = #"""
        package io.k8s.api.discovery.v1
        version discovery.k8s.io v1
        resource endpointslices EndpointSlice namespaced singular:endpointslice

        type Endpoint
          addresses! [string] @1 set
          conditions EndpointConditions @2
          deprecatedTopology {string} @5
          hints EndpointHints @8
          hostname string @3
          nodeName string @6
          targetRef core.v1.ObjectReference @4
          zone string @7

        type EndpointConditions
          ready bool @1
          serving bool @2
          terminating bool @3

        type EndpointHints
          forNodes [ForNode] @2
          forZones [ForZone] @1

        type EndpointPort atomic
          appProtocol string @4
          name string @1 = ""
          port int32 @3
          protocol string @2 = "TCP"

        type EndpointSlice kind
          addressType! string @4
          endpoints [Endpoint] @2
          metadata ObjectMeta @1
          ports [EndpointPort] @3

        type EndpointSliceList kind
          items! [EndpointSlice] @2
          metadata ListMeta @1

        type ForNode
          name! string @1

        type ForZone
          name! string @1
        """#
}
