/// The messages of `v1beta1`, the device plugin interface between a node's agent and the drivers of its devices.
///
/// Facts from the kubelet's device plugin protocol: names in lower camel case, numbers as they are.
extension MessageSchemas {
    package static let devicePluginV1beta1 = MessageSchemas(
        text: #"""
            package v1beta1
            version - v1beta1
            type Empty

            type DevicePluginOptions
              preStartRequired! bool @1
              getPreferredAllocationAvailable! bool @2

            type RegisterRequest
              version! string @1
              endpoint! string @2  # The name of the plugin's socket, in the folder of the agent's.
              resourceName! string @3
              options DevicePluginOptions @4

            type ListAndWatchResponse
              devices [Device] @1

            type NUMANode
              id! int64 @1

            type TopologyInfo
              nodes [NUMANode] @1

            type Device
              id! string @1
              health! string @2  # `Healthy` or `Unhealthy`.
              topology TopologyInfo @3

            type PreferredAllocationRequest
              containerRequests [ContainerPreferredAllocationRequest] @1

            type ContainerPreferredAllocationRequest
              availableDeviceIDs [string] @1
              mustIncludeDeviceIDs [string] @2
              allocationSize! int32 @3

            type PreferredAllocationResponse
              containerResponses [ContainerPreferredAllocationResponse] @1

            type ContainerPreferredAllocationResponse
              deviceIDs [string] @1

            type AllocateRequest
              containerRequests [ContainerAllocateRequest] @1

            type ContainerAllocateRequest
              devicesIDs [string] @1

            type AllocateResponse
              containerResponses [ContainerAllocateResponse] @1

            type ContainerAllocateResponse
              envs {string} @1
              mounts [Mount] @2
              devices [DeviceSpec] @3
              annotations {string} @4
              cdiDevices [CDIDevice] @5

            type Mount
              containerPath! string @1
              hostPath! string @2
              readOnly! bool @3

            type DeviceSpec
              containerPath! string @1
              hostPath! string @2
              permissions! string @3  # Of r, w and m.

            type CDIDevice
              name! string @1

            type PreStartContainerRequest
              devicesIDs [string] @1

            type PreStartContainerResponse
            """#)
}
