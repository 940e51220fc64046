/// The messages of `v1`, by which a node's agent tells monitoring which pod has which device.
///
/// Facts from the kubelet's pod resources protocol; processors, memory and claims of it are not told of.
extension MessageSchemas {
    package static let podResourcesV1 = MessageSchemas(
        text: #"""
            package v1
            version - v1
            type ListPodResourcesRequest

            type ListPodResourcesResponse
              podResources [PodResources] @1

            type AllocatableResourcesRequest

            type AllocatableResourcesResponse
              devices [ContainerDevices] @1

            type GetPodResourcesRequest
              podName! string @1
              podNamespace! string @2

            type GetPodResourcesResponse
              podResources PodResources @1

            type PodResources
              name! string @1
              namespace! string @2
              containers [ContainerResources] @3

            type ContainerResources
              name! string @1
              devices [ContainerDevices] @2

            type ContainerDevices
              resourceName! string @1
              deviceIDs [string] @2
              topology TopologyInfo @3

            type TopologyInfo
              nodes [NUMANode] @1

            type NUMANode
              id! int64 @1
            """#)
}
