/// The types and resources of `node.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let nodeV1 = #"""
        package io.k8s.api.node.v1
        version node.k8s.io v1
        resource runtimeclasses RuntimeClass cluster singular:runtimeclass

        type Overhead
          podFixed {quantity} @1

        type RuntimeClass kind
          handler! string @2
          metadata ObjectMeta @1
          overhead Overhead @3
          scheduling Scheduling @4

        type RuntimeClassList kind
          items! [RuntimeClass] @2
          metadata ListMeta @1

        type Scheduling
          nodeSelector {string} @1 atomic
          tolerations [core.v1.Toleration] @2
        """#
}
