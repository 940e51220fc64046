/// The types and resources of `metrics.k8s.io/v1beta1`, which Kubernetes leaves to a server of its own (metrics-server);
/// the text form is described in SchemaText.
extension BuiltinSchemas {
    static let metricsV1beta1 = #"""
        package io.k8s.metrics.pkg.apis.metrics.v1beta1
        version metrics.k8s.io v1beta1
        resource nodes NodeMetrics cluster verbs:get,list
        resource pods PodMetrics namespaced verbs:get,list

        type ContainerMetrics  # What a container uses.
          name! string @1  # The container's name, as in the pod's spec.
          usage! {quantity} @2  # CPU as a mean over the window, and the memory of the working set at its end.

        type NodeMetrics kind  # What a machine uses.
          metadata ObjectMeta @1  # The node's name and labels.
          timestamp! time @2  # The end of the window in which was measured.
          usage! {quantity} @4  # CPU as a mean over the window, and the memory of the working set at its end.
          window! duration @3  # How long was measured.

        type NodeMetricsList kind  # A list of NodeMetrics objects.
          items! [NodeMetrics] @2  # What each of the nodes uses.
          metadata ListMeta @1  # Metadata of the list; it has no resource version, as nothing of it is stored.

        type PodMetrics kind  # What the containers of a pod use.
          containers! [ContainerMetrics] @4 merge(name)  # What each running container uses.
          metadata ObjectMeta @1  # The pod's name, namespace and labels.
          timestamp! time @2  # The end of the window in which was measured.
          window! duration @3  # How long was measured.

        type PodMetricsList kind  # A list of PodMetrics objects.
          items! [PodMetrics] @2  # What each of the pods uses.
          metadata ListMeta @1  # Metadata of the list; it has no resource version, as nothing of it is stored.
        """#
}
