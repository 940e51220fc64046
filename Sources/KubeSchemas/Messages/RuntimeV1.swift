/// The messages of `runtime.v1`, the container runtime interface; the text form is described in SchemaText.
///
/// Facts from cri-api's protocol definition: names in lower camel case, numbers as they are. Enumerations are integers
/// (RuntimeV1+Enumerations in CRI names their values); unsigned 32-bit numbers are wide, so that none is lost.
extension MessageSchemas {
    package static let runtimeV1 = MessageSchemas(
        text: #"""
            package runtime.v1
            version - v1
            type VersionRequest
              version! string @1

            type VersionResponse
              version! string @1
              runtimeName! string @2
              runtimeVersion! string @3
              runtimeApiVersion! string @4

            type DNSConfig
              servers [string] @1
              searches [string] @2
              options [string] @3

            type PortMapping
              protocol! int32 @1  # A value of Protocol.
              containerPort! int32 @2
              hostPort! int32 @3
              hostIp! string @4

            type Mount
              containerPath! string @1
              hostPath! string @2
              readonly! bool @3
              selinuxRelabel! bool @4
              propagation! int32 @5  # A value of MountPropagation.
              uidMappings [IDMapping] @6
              gidMappings [IDMapping] @7
              recursiveReadOnly! bool @8
              image ImageSpec @9
              imageSubPath! string @10
              mountOptions [string] @11

            type IDMapping
              hostId! int64 @1
              containerId! int64 @2
              length! int64 @3

            type UserNamespace
              mode! int32 @1  # A value of NamespaceMode.
              uids [IDMapping] @2
              gids [IDMapping] @3

            type NamespaceOption
              network! int32 @1  # A value of NamespaceMode.
              pid! int32 @2  # A value of NamespaceMode.
              ipc! int32 @3  # A value of NamespaceMode.
              targetId! string @4
              usernsOptions UserNamespace @5

            type Int64Value
              value! int64 @1

            type LinuxSandboxSecurityContext
              namespaceOptions NamespaceOption @1
              selinuxOptions SELinuxOption @2
              runAsUser Int64Value @3
              runAsGroup Int64Value @8
              readonlyRootfs! bool @4
              supplementalGroups [int64] @5
              supplementalGroupsPolicy! int32 @11  # A value of SupplementalGroupsPolicy.
              privileged! bool @6
              seccomp SecurityProfile @9
              apparmor SecurityProfile @10
              seccompProfilePath! string @7

            type SecurityProfile
              profileType! int32 @1  # A value of ProfileType.
              localhostRef! string @2

            type LinuxPodSandboxConfig
              cgroupParent! string @1
              securityContext LinuxSandboxSecurityContext @2
              sysctls {string} @3
              overhead LinuxContainerResources @4
              resources LinuxContainerResources @5

            type PodSandboxMetadata
              name! string @1
              uid! string @2
              namespace! string @3
              attempt! int64 @4

            type PodSandboxConfig
              metadata PodSandboxMetadata @1
              hostname! string @2
              logDirectory! string @3
              dnsConfig DNSConfig @4
              portMappings [PortMapping] @5
              labels {string} @6
              annotations {string} @7
              linux LinuxPodSandboxConfig @8

            type RunPodSandboxRequest
              config PodSandboxConfig @1
              runtimeHandler! string @2

            type RunPodSandboxResponse
              podSandboxId! string @1

            type StopPodSandboxRequest
              podSandboxId! string @1

            type StopPodSandboxResponse

            type RemovePodSandboxRequest
              podSandboxId! string @1

            type RemovePodSandboxResponse

            type PodSandboxStatusRequest
              podSandboxId! string @1
              verbose! bool @2

            type PodIP
              ip! string @1

            type PodSandboxNetworkStatus
              ip! string @1
              additionalIps [PodIP] @2

            type Namespace
              options NamespaceOption @2

            type LinuxPodSandboxStatus
              namespaces Namespace @1

            type PodSandboxStatus
              id! string @1
              metadata PodSandboxMetadata @2
              state! int32 @3  # A value of PodSandboxState.
              createdAt! int64 @4
              network PodSandboxNetworkStatus @5
              linux LinuxPodSandboxStatus @6
              labels {string} @7
              annotations {string} @8
              runtimeHandler! string @9

            type PodSandboxStatusResponse
              status PodSandboxStatus @1
              info {string} @2
              containersStatuses [ContainerStatus] @3
              timestamp! int64 @4

            type PodSandboxStateValue
              state! int32 @1  # A value of PodSandboxState.

            type PodSandboxFilter
              id! string @1
              state PodSandboxStateValue @2
              labelSelector {string} @3

            type ListPodSandboxRequest
              filter PodSandboxFilter @1

            type PodSandbox
              id! string @1
              metadata PodSandboxMetadata @2
              state! int32 @3  # A value of PodSandboxState.
              createdAt! int64 @4
              labels {string} @5
              annotations {string} @6
              runtimeHandler! string @7

            type ListPodSandboxResponse
              items [PodSandbox] @1

            type PodSandboxStatsRequest
              podSandboxId! string @1

            type PodSandboxStatsResponse
              stats PodSandboxStats @1

            type PodSandboxStatsFilter
              id! string @1
              labelSelector {string} @2

            type ListPodSandboxStatsRequest
              filter PodSandboxStatsFilter @1

            type ListPodSandboxStatsResponse
              stats [PodSandboxStats] @1

            type PodSandboxAttributes
              id! string @1
              metadata PodSandboxMetadata @2
              labels {string} @3
              annotations {string} @4

            type PodSandboxStats
              attributes PodSandboxAttributes @1
              linux LinuxPodSandboxStats @2

            type LinuxPodSandboxStats
              cpu CpuUsage @1
              memory MemoryUsage @2
              network NetworkUsage @3
              process ProcessUsage @4
              containers [ContainerStats] @5

            type NetworkUsage
              timestamp! int64 @1
              defaultInterface NetworkInterfaceUsage @2
              interfaces [NetworkInterfaceUsage] @3

            type NetworkInterfaceUsage
              name! string @1
              rxBytes UInt64Value @2
              rxErrors UInt64Value @3
              txBytes UInt64Value @4
              txErrors UInt64Value @5

            type ProcessUsage
              timestamp! int64 @1
              processCount UInt64Value @2

            type ImageSpec
              image! string @1
              annotations {string} @2
              userSpecifiedImage! string @18
              runtimeHandler! string @19
              imageRef! string @20

            type KeyValue
              key! string @1
              value! bytes @2

            type LinuxContainerResources
              cpuPeriod! int64 @1
              cpuQuota! int64 @2
              cpuShares! int64 @3
              memoryLimitInBytes! int64 @4
              oomScoreAdj! int64 @5
              cpusetCpus! string @6
              cpusetMems! string @7
              hugepageLimits [HugepageLimit] @8
              unified {string} @9
              memorySwapLimitInBytes! int64 @10

            type HugepageLimit
              pageSize! string @1
              limit! int64 @2

            type SELinuxOption
              user! string @1
              role! string @2
              type! string @3
              level! string @4

            type Capability
              addCapabilities [string] @1
              dropCapabilities [string] @2
              addAmbientCapabilities [string] @3

            type LinuxContainerSecurityContext
              capabilities Capability @1
              privileged! bool @2
              namespaceOptions NamespaceOption @3
              selinuxOptions SELinuxOption @4
              runAsUser Int64Value @5
              runAsGroup Int64Value @12
              runAsUsername! string @6
              readonlyRootfs! bool @7
              supplementalGroups [int64] @8
              supplementalGroupsPolicy! int32 @17  # A value of SupplementalGroupsPolicy.
              noNewPrivs! bool @11
              maskedPaths [string] @13
              readonlyPaths [string] @14
              seccomp SecurityProfile @15
              apparmor SecurityProfile @16
              apparmorProfile! string @9
              seccompProfilePath! string @10

            type LinuxContainerConfig
              resources LinuxContainerResources @1
              securityContext LinuxContainerSecurityContext @2

            type LinuxContainerUser
              uid! int64 @1
              gid! int64 @2
              supplementalGroups [int64] @3

            type ContainerMetadata
              name! string @1
              attempt! int64 @2

            type Device
              containerPath! string @1
              hostPath! string @2
              permissions! string @3

            type CDIDevice
              name! string @1

            type ContainerConfig
              metadata ContainerMetadata @1
              image ImageSpec @2
              command [string] @3
              args [string] @4
              workingDir! string @5
              envs [KeyValue] @6
              mounts [Mount] @7
              devices [Device] @8
              labels {string} @9
              annotations {string} @10
              logPath! string @11
              stdin! bool @12
              stdinOnce! bool @13
              tty! bool @14
              linux LinuxContainerConfig @15
              cDIDevices [CDIDevice] @17
              stopSignal! int32 @18  # A value of Signal.

            type CreateContainerRequest
              podSandboxId! string @1
              config ContainerConfig @2
              sandboxConfig PodSandboxConfig @3

            type CreateContainerResponse
              containerId! string @1

            type StartContainerRequest
              containerId! string @1

            type StartContainerResponse

            type StopContainerRequest
              containerId! string @1
              timeout! int64 @2

            type StopContainerResponse

            type RemoveContainerRequest
              containerId! string @1

            type RemoveContainerResponse

            type ContainerStateValue
              state! int32 @1  # A value of ContainerState.

            type ContainerFilter
              id! string @1
              state ContainerStateValue @2
              podSandboxId! string @3
              labelSelector {string} @4

            type ListContainersRequest
              filter ContainerFilter @1

            type Container
              id! string @1
              podSandboxId! string @2
              metadata ContainerMetadata @3
              image ImageSpec @4
              imageRef! string @5
              state! int32 @6  # A value of ContainerState.
              createdAt! int64 @7
              labels {string} @8
              annotations {string} @9
              imageId! string @10

            type ListContainersResponse
              containers [Container] @1

            type ContainerStatusRequest
              containerId! string @1
              verbose! bool @2

            type ContainerStatus
              id! string @1
              metadata ContainerMetadata @2
              state! int32 @3  # A value of ContainerState.
              createdAt! int64 @4
              startedAt! int64 @5
              finishedAt! int64 @6
              exitCode! int32 @7
              image ImageSpec @8
              imageRef! string @9
              reason! string @10
              message! string @11
              labels {string} @12
              annotations {string} @13
              mounts [Mount] @14
              logPath! string @15
              resources ContainerResources @16
              imageId! string @17
              user ContainerUser @18
              stopSignal! int32 @19  # A value of Signal.

            type ContainerStatusResponse
              status ContainerStatus @1
              info {string} @2

            type ContainerResources
              linux LinuxContainerResources @1

            type ContainerUser
              linux LinuxContainerUser @1

            type UpdateContainerResourcesRequest
              containerId! string @1
              linux LinuxContainerResources @2
              annotations {string} @4

            type UpdateContainerResourcesResponse

            type ExecSyncRequest
              containerId! string @1
              cmd [string] @2
              timeout! int64 @3

            type ExecSyncResponse
              stdout! bytes @1
              stderr! bytes @2
              exitCode! int32 @3

            type ExecRequest
              containerId! string @1
              cmd [string] @2
              tty! bool @3
              stdin! bool @4
              stdout! bool @5
              stderr! bool @6

            type ExecResponse
              url! string @1

            type AttachRequest
              containerId! string @1
              stdin! bool @2
              tty! bool @3
              stdout! bool @4
              stderr! bool @5

            type AttachResponse
              url! string @1

            type ImageFilter
              image ImageSpec @1

            type ListImagesRequest
              filter ImageFilter @1

            type Image
              id! string @1
              repoTags [string] @2
              repoDigests [string] @3
              size! int64 @4
              uid Int64Value @5
              username! string @6
              spec ImageSpec @7
              pinned! bool @8

            type ListImagesResponse
              images [Image] @1

            type ImageStatusRequest
              image ImageSpec @1
              verbose! bool @2

            type ImageStatusResponse
              image Image @1
              info {string} @2

            type AuthConfig
              username! string @1
              password! string @2
              auth! string @3
              serverAddress! string @4
              identityToken! string @5
              registryToken! string @6

            type PullImageRequest
              image ImageSpec @1
              auth AuthConfig @2
              sandboxConfig PodSandboxConfig @3

            type PullImageResponse
              imageRef! string @1

            type RemoveImageRequest
              image ImageSpec @1

            type RemoveImageResponse

            type NetworkConfig
              podCidr! string @1

            type RuntimeConfig
              networkConfig NetworkConfig @1

            type UpdateRuntimeConfigRequest
              runtimeConfig RuntimeConfig @1

            type UpdateRuntimeConfigResponse

            type RuntimeCondition
              type! string @1
              status! bool @2
              reason! string @3
              message! string @4

            type RuntimeStatus
              conditions [RuntimeCondition] @1

            type StatusRequest
              verbose! bool @1

            type RuntimeHandlerFeatures
              recursiveReadOnlyMounts! bool @1
              userNamespaces! bool @2

            type RuntimeHandler
              name! string @1
              features RuntimeHandlerFeatures @2

            type RuntimeFeatures
              supplementalGroupsPolicy! bool @1
              userNamespacesHostNetwork! bool @2
              mountOptions! bool @3

            type StatusResponse
              status RuntimeStatus @1
              info {string} @2
              runtimeHandlers [RuntimeHandler] @3
              features RuntimeFeatures @4

            type ImageFsInfoRequest

            type UInt64Value
              value! int64 @1

            type FilesystemIdentifier
              mountpoint! string @1

            type FilesystemUsage
              timestamp! int64 @1
              fsId FilesystemIdentifier @2
              usedBytes UInt64Value @3
              inodesUsed UInt64Value @4

            type ImageFsInfoResponse
              imageFilesystems [FilesystemUsage] @1
              containerFilesystems [FilesystemUsage] @2

            type ContainerStatsRequest
              containerId! string @1

            type ContainerStatsResponse
              stats ContainerStats @1

            type ListContainerStatsRequest
              filter ContainerStatsFilter @1

            type ContainerStatsFilter
              id! string @1
              podSandboxId! string @2
              labelSelector {string} @3

            type ListContainerStatsResponse
              stats [ContainerStats] @1

            type ContainerAttributes
              id! string @1
              metadata ContainerMetadata @2
              labels {string} @3
              annotations {string} @4

            type ContainerStats
              attributes ContainerAttributes @1
              cpu CpuUsage @2
              memory MemoryUsage @3
              writableLayer FilesystemUsage @4

            type CpuUsage
              timestamp! int64 @1
              usageCoreNanoSeconds UInt64Value @2
              usageNanoCores UInt64Value @3

            type MemoryUsage
              timestamp! int64 @1
              workingSetBytes UInt64Value @2
              availableBytes UInt64Value @3
              usageBytes UInt64Value @4
              rssBytes UInt64Value @5
              pageFaults UInt64Value @6
              majorPageFaults UInt64Value @7

            type ReopenContainerLogRequest
              containerId! string @1

            type ReopenContainerLogResponse

            type GetEventsRequest

            type ContainerEventResponse
              containerId! string @1
              containerEventType! int32 @2  # A value of ContainerEventType.
              createdAt! int64 @3
              podSandboxStatus PodSandboxStatus @4
              containersStatuses [ContainerStatus] @5

            type RuntimeConfigRequest

            type RuntimeConfigResponse
              linux LinuxRuntimeConfiguration @1

            type LinuxRuntimeConfiguration
              cgroupDriver! int32 @1  # A value of CgroupDriver.
            """#)
}
