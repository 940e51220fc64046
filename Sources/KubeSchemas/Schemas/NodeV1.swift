/// The types and resources of `node.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let nodeV1 = #"""
        package io.k8s.api.node.v1
        version node.k8s.io v1
        resource runtimeclasses RuntimeClass cluster singular:runtimeclass

        type Overhead  # Resources a runtime needs for a pod besides those of its containers.
          podFixed {quantity} @1  # The amounts for each pod, by resource.

        type RuntimeClass kind
          # Names a way to run containers, such as a sandbox, that pods can ask for by runtimeClassName.
          handler! string @2
            # Name of the handler in the configuration of the container runtime; a DNS label. Immutable.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          overhead Overhead @3  # Resources the runtime needs for each pod, counted when scheduling.
          scheduling Scheduling @4  # Nodes that support the class. Unset means all.

        type RuntimeClassList kind  # A list of RuntimeClass objects.
          items! [RuntimeClass] @2  # The RuntimeClass objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type Scheduling  # Where pods of a RuntimeClass can run.
          nodeSelector {string} @1 atomic
            # Labels of the nodes that support the class; added to the selector of the pod.
          tolerations [core.v1.Toleration] @2  # Tolerations added to those of the pod.
        """#
}
