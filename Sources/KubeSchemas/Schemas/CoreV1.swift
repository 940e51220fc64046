/// The types and resources of `core/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let coreV1 = #"""
        package io.k8s.api.core.v1
        version core v1
        resource bindings Binding namespaced singular:binding verbs:create
        resource componentstatuses ComponentStatus cluster singular:componentstatus short:cs verbs:get,list
        resource configmaps ConfigMap namespaced singular:configmap short:cm
        resource endpoints Endpoints namespaced singular:endpoints short:ep
        resource events Event namespaced singular:event short:ev
        resource limitranges LimitRange namespaced singular:limitrange short:limits
        resource namespaces Namespace cluster singular:namespace short:ns verbs:create,delete,get,list,patch,update,watch
        subresource namespaces/finalize Namespace verbs:update
        subresource namespaces/status Namespace verbs:get,patch,update
        resource nodes Node cluster singular:node short:no
        subresource nodes/proxy NodeProxyOptions verbs:create,delete,get,patch,update
        subresource nodes/status Node verbs:get,patch,update
        resource persistentvolumeclaims PersistentVolumeClaim namespaced singular:persistentvolumeclaim short:pvc
        subresource persistentvolumeclaims/status PersistentVolumeClaim verbs:get,patch,update
        resource persistentvolumes PersistentVolume cluster singular:persistentvolume short:pv
        subresource persistentvolumes/status PersistentVolume verbs:get,patch,update
        resource pods Pod namespaced singular:pod short:po categories:all
        subresource pods/attach PodAttachOptions verbs:create,get
        subresource pods/binding Binding verbs:create
        subresource pods/ephemeralcontainers Pod verbs:get,patch,update
        subresource pods/eviction policy/v1/Eviction verbs:create
        subresource pods/exec PodExecOptions verbs:create,get
        subresource pods/log Pod verbs:get
        subresource pods/portforward PodPortForwardOptions verbs:create,get
        subresource pods/proxy PodProxyOptions verbs:create,delete,get,patch,update
        subresource pods/resize Pod verbs:get,patch,update
        subresource pods/status Pod verbs:get,patch,update
        resource podtemplates PodTemplate namespaced singular:podtemplate
        resource replicationcontrollers ReplicationController namespaced singular:replicationcontroller short:rc categories:all
        subresource replicationcontrollers/scale autoscaling/v1/Scale verbs:get,patch,update
        subresource replicationcontrollers/status ReplicationController verbs:get,patch,update
        resource resourcequotas ResourceQuota namespaced singular:resourcequota short:quota
        subresource resourcequotas/status ResourceQuota verbs:get,patch,update
        resource secrets Secret namespaced singular:secret
        resource serviceaccounts ServiceAccount namespaced singular:serviceaccount short:sa
        subresource serviceaccounts/token authentication.k8s.io/v1/TokenRequest verbs:create
        resource services Service namespaced singular:service short:svc categories:all
        subresource services/proxy ServiceProxyOptions verbs:create,delete,get,patch,update
        subresource services/status Service verbs:get,patch,update

        type AWSElasticBlockStoreVolumeSource
          fsType string @2
          partition int32 @3
          readOnly bool @4
          volumeID! string @1

        type Affinity
          nodeAffinity NodeAffinity @1
          podAffinity PodAffinity @2
          podAntiAffinity PodAntiAffinity @3

        type AppArmorProfile
          localhostProfile string @2
          type! string @1

        type AttachedVolume
          devicePath! string @2
          name! string @1

        type AzureDiskVolumeSource
          cachingMode string @3 = "ReadWrite"
          diskName! string @1
          diskURI! string @2
          fsType string @4 = "ext4"
          kind string @6 = "Shared"
          readOnly bool @5

        type AzureFilePersistentVolumeSource
          readOnly bool @3
          secretName! string @1
          secretNamespace string @4
          shareName! string @2

        type AzureFileVolumeSource
          readOnly bool @3
          secretName! string @1
          shareName! string @2

        type Binding kind
          metadata ObjectMeta @1
          target! ObjectReference @2

        type CSIPersistentVolumeSource
          controllerExpandSecretRef SecretReference @9
          controllerPublishSecretRef SecretReference @6
          driver! string @1
          fsType string @4
          nodeExpandSecretRef SecretReference @10
          nodePublishSecretRef SecretReference @8
          nodeStageSecretRef SecretReference @7
          readOnly bool @3
          volumeAttributes {string} @5
          volumeHandle! string @2

        type CSIVolumeSource
          driver! string @1
          fsType string @3
          nodePublishSecretRef LocalObjectReference @5
          readOnly bool @2
          volumeAttributes {string} @4

        type Capabilities
          add [string] @1
          drop [string] @2

        type CephFSPersistentVolumeSource
          monitors! [string] @1
          path string @2
          readOnly bool @6
          secretFile string @4
          secretRef SecretReference @5
          user string @3

        type CephFSVolumeSource
          monitors! [string] @1
          path string @2
          readOnly bool @6
          secretFile string @4
          secretRef LocalObjectReference @5
          user string @3

        type CinderPersistentVolumeSource
          fsType string @2
          readOnly bool @3
          secretRef SecretReference @4
          volumeID! string @1

        type CinderVolumeSource
          fsType string @2
          readOnly bool @3
          secretRef LocalObjectReference @4
          volumeID! string @1

        type ClientIPConfig
          timeoutSeconds int32 @1

        type ClusterTrustBundleProjection
          labelSelector LabelSelector @3
          name string @1
          optional bool @5
          path! string @4
          signerName string @2

        type ComponentCondition
          error string @4
          message string @3
          status! string @2
          type! string @1

        type ComponentStatus kind
          conditions [ComponentCondition] @2 map(type) merge(type)
          metadata ObjectMeta @1

        type ComponentStatusList kind
          items! [ComponentStatus] @2
          metadata ListMeta @1

        type ConfigMap kind
          binaryData {bytes} @3
          data {string} @2
          immutable bool @4
          metadata ObjectMeta @1

        type ConfigMapEnvSource
          name string @1/1
          optional bool @2

        type ConfigMapKeySelector atomic
          key! string @2
          name string @1/1
          optional bool @3

        type ConfigMapList kind
          items! [ConfigMap] @2
          metadata ListMeta @1

        type ConfigMapNodeConfigSource
          kubeletConfigKey! string @5
          name! string @2
          namespace! string @1
          resourceVersion string @4
          uid string @3

        type ConfigMapProjection
          items [KeyToPath] @2
          name string @1/1
          optional bool @4

        type ConfigMapVolumeSource
          defaultMode int32 @3 = 420
          items [KeyToPath] @2
          name string @1/1
          optional bool @4

        type Container
          args [string] @4
          command [string] @3
          env [EnvVar] @7 map(name) merge(name)
          envFrom [EnvFromSource] @19
          image string @2
          imagePullPolicy string @14
          lifecycle Lifecycle @12
          livenessProbe Probe @10
          name! string @1
          ports [ContainerPort] @6 map(containerPort,protocol) merge(containerPort)
          readinessProbe Probe @11
          resizePolicy [ContainerResizePolicy] @23
          resources ResourceRequirements @8 = {}
          restartPolicy string @24
          restartPolicyRules [ContainerRestartRule] @25
          securityContext SecurityContext @15
          startupProbe Probe @22
          stdin bool @16
          stdinOnce bool @17
          terminationMessagePath string @13 = "/dev/termination-log"
          terminationMessagePolicy string @20 = "File"
          tty bool @18
          volumeDevices [VolumeDevice] @21 map(devicePath) merge(devicePath)
          volumeMounts [VolumeMount] @9 map(mountPath) merge(mountPath)
          workingDir string @5

        type ContainerExtendedResourceRequest
          containerName! string @1
          requestName! string @3
          resourceName! string @2

        type ContainerImage
          names [string] @1
          sizeBytes int64 @2

        type ContainerPort
          containerPort! int32 @3
          hostIP string @5
          hostPort int32 @2
          name string @1
          protocol string @4 = "TCP"

        type ContainerResizePolicy
          resourceName! string @1
          restartPolicy! string @2

        type ContainerRestartRule
          action! string @1
          exitCodes ContainerRestartRuleOnExitCodes @2

        type ContainerRestartRuleOnExitCodes
          operator! string @1
          values [int32] @2 set

        type ContainerState
          running ContainerStateRunning @2
          terminated ContainerStateTerminated @3
          waiting ContainerStateWaiting @1

        type ContainerStateRunning
          startedAt time @1

        type ContainerStateTerminated
          containerID string @7
          exitCode! int32 @1
          finishedAt time @6
          message string @4
          reason string @3
          signal int32 @2
          startedAt time @5

        type ContainerStateWaiting
          message string @2
          reason string @1

        type ContainerStatus
          allocatedResources {quantity} @10
          allocatedResourcesStatus [ResourceStatus] @14 map(name) merge(name)
          containerID string @8
          image! string @6
          imageID! string @7
          lastState ContainerState @3
          name! string @1
          ready! bool @4
          resources ResourceRequirements @11
          restartCount! int32 @5
          started bool @9
          state ContainerState @2
          stopSignal string @15
          user ContainerUser @13
          volumeMounts [VolumeMountStatus] @12 map(mountPath) merge(mountPath)

        type ContainerUser
          linux LinuxContainerUser @1

        type DaemonEndpoint
          Port! int32 @1

        type DownwardAPIProjection
          items [DownwardAPIVolumeFile] @1

        type DownwardAPIVolumeFile
          fieldRef ObjectFieldSelector @2
          mode int32 @4
          path! string @1
          resourceFieldRef ResourceFieldSelector @3

        type DownwardAPIVolumeSource
          defaultMode int32 @2 = 420
          items [DownwardAPIVolumeFile] @1

        type EmptyDirVolumeSource
          medium string @1
          sizeLimit quantity @2

        type EndpointAddress atomic
          hostname string @3
          ip! string @1
          nodeName string @4
          targetRef ObjectReference @2

        type EndpointPort atomic
          appProtocol string @4
          name string @1
          port! int32 @2
          protocol string @3 = "TCP"

        type EndpointSubset
          addresses [EndpointAddress] @1
          notReadyAddresses [EndpointAddress] @2
          ports [EndpointPort] @3

        type Endpoints kind
          metadata ObjectMeta @1
          subsets [EndpointSubset] @2

        type EndpointsList kind
          items! [Endpoints] @2
          metadata ListMeta @1

        type EnvFromSource
          configMapRef ConfigMapEnvSource @2
          prefix string @1
          secretRef SecretEnvSource @3

        type EnvVar
          name! string @1
          value string @2
          valueFrom EnvVarSource @3

        type EnvVarSource
          configMapKeyRef ConfigMapKeySelector @3
          fieldRef ObjectFieldSelector @1
          fileKeyRef FileKeySelector @5
          resourceFieldRef ResourceFieldSelector @2
          secretKeyRef SecretKeySelector @4

        type EphemeralContainer
          args [string] @1/4
          command [string] @1/3
          env [EnvVar] @1/7 map(name) merge(name)
          envFrom [EnvFromSource] @1/19
          image string @1/2
          imagePullPolicy string @1/14
          lifecycle Lifecycle @1/12
          livenessProbe Probe @1/10
          name! string @1/1
          ports [ContainerPort] @1/6 map(containerPort,protocol) merge(containerPort)
          readinessProbe Probe @1/11
          resizePolicy [ContainerResizePolicy] @1/23
          resources ResourceRequirements @1/8 = {}
          restartPolicy string @1/24
          restartPolicyRules [ContainerRestartRule] @1/25
          securityContext SecurityContext @1/15
          startupProbe Probe @1/22
          stdin bool @1/16
          stdinOnce bool @1/17
          targetContainerName string @2
          terminationMessagePath string @1/13 = "/dev/termination-log"
          terminationMessagePolicy string @1/20 = "File"
          tty bool @1/18
          volumeDevices [VolumeDevice] @1/21 map(devicePath) merge(devicePath)
          volumeMounts [VolumeMount] @1/9 map(mountPath) merge(mountPath)
          workingDir string @1/5

        type EphemeralVolumeSource
          volumeClaimTemplate PersistentVolumeClaimTemplate @1

        type Event kind
          action string @12
          count int32 @8
          eventTime microtime @10
          firstTimestamp time @6
          involvedObject! ObjectReference @2
          lastTimestamp time @7
          message string @4
          metadata! ObjectMeta @1
          reason string @3
          related ObjectReference @13
          reportingComponent string @14
          reportingInstance string @15
          series EventSeries @11
          source EventSource @5
          type string @9

        type EventList kind
          items! [Event] @2
          metadata ListMeta @1

        type EventSeries
          count int32 @1
          lastObservedTime microtime @2

        type EventSource
          component string @1
          host string @2

        type ExecAction
          command [string] @1

        type FCVolumeSource
          fsType string @3
          lun int32 @2
          readOnly bool @4
          targetWWNs [string] @1
          wwids [string] @5

        type FileKeySelector atomic
          key! string @3
          optional bool @4
          path! string @2
          volumeName! string @1

        type FlexPersistentVolumeSource
          driver! string @1
          fsType string @2
          options {string} @5
          readOnly bool @4
          secretRef SecretReference @3

        type FlexVolumeSource
          driver! string @1
          fsType string @2
          options {string} @5
          readOnly bool @4
          secretRef LocalObjectReference @3

        type FlockerVolumeSource
          datasetName string @1
          datasetUUID string @2

        type GCEPersistentDiskVolumeSource
          fsType string @2
          partition int32 @3
          pdName! string @1
          readOnly bool @4

        type GRPCAction
          port! int32 @1
          service string @2 = ""

        type GitRepoVolumeSource
          directory string @3
          repository! string @1
          revision string @2

        type GlusterfsPersistentVolumeSource
          endpoints! string @1
          endpointsNamespace string @4
          path! string @2
          readOnly bool @3

        type GlusterfsVolumeSource
          endpoints! string @1
          path! string @2
          readOnly bool @3

        type HTTPGetAction
          host string @3
          httpHeaders [HTTPHeader] @5
          path string @1 = "/"
          port! intOrString @2
          scheme string @4 = "HTTP"

        type HTTPHeader
          name! string @1
          value! string @2

        type HostAlias
          hostnames [string] @2
          ip! string @1

        type HostIP
          ip! string @1

        type HostPathVolumeSource
          path! string @1
          type string @2 = ""

        type ISCSIPersistentVolumeSource
          chapAuthDiscovery bool @8
          chapAuthSession bool @11
          fsType string @5
          initiatorName string @12
          iqn! string @2
          iscsiInterface string @4 = "default"
          lun! int32 @3
          portals [string] @7
          readOnly bool @6
          secretRef SecretReference @10
          targetPortal! string @1

        type ISCSIVolumeSource
          chapAuthDiscovery bool @8
          chapAuthSession bool @11
          fsType string @5
          initiatorName string @12
          iqn! string @2
          iscsiInterface string @4 = "default"
          lun! int32 @3
          portals [string] @7
          readOnly bool @6
          secretRef LocalObjectReference @10
          targetPortal! string @1

        type ImageVolumeSource
          pullPolicy string @2
          reference string @1

        type ImageVolumeStatus
          imageRef! string @1

        type KeyToPath
          key! string @1
          mode int32 @3
          path! string @2

        type Lifecycle
          postStart LifecycleHandler @1
          preStop LifecycleHandler @2
          stopSignal string @3

        type LifecycleHandler
          exec ExecAction @1
          httpGet HTTPGetAction @2
          sleep SleepAction @4
          tcpSocket TCPSocketAction @3

        type LimitRange kind
          metadata ObjectMeta @1
          spec LimitRangeSpec @2

        type LimitRangeItem
          default {quantity} @4
          defaultRequest {quantity} @5
          max {quantity} @2
          maxLimitRequestRatio {quantity} @6
          min {quantity} @3
          type! string @1

        type LimitRangeList kind
          items! [LimitRange] @2
          metadata ListMeta @1

        type LimitRangeSpec
          limits! [LimitRangeItem] @1

        type LinuxContainerUser
          gid! int64 @2
          supplementalGroups [int64] @3
          uid! int64 @1

        type LoadBalancerIngress
          hostname string @2
          ip string @1
          ipMode string @3
          ports [PortStatus] @4

        type LoadBalancerStatus
          ingress [LoadBalancerIngress] @1

        type LocalObjectReference atomic
          name string @1

        type LocalVolumeSource
          fsType string @2
          path! string @1

        type ModifyVolumeStatus
          status! string @2
          targetVolumeAttributesClassName string @1

        type NFSVolumeSource
          path! string @2
          readOnly bool @3
          server! string @1

        type Namespace kind
          metadata ObjectMeta @1
          spec NamespaceSpec @2
          status NamespaceStatus @3

        type NamespaceCondition
          lastTransitionTime time @4
          message string @6
          reason string @5
          status! string @2
          type! string @1

        type NamespaceList kind
          items! [Namespace] @2
          metadata ListMeta @1

        type NamespaceSpec
          finalizers [string] @1

        type NamespaceStatus
          conditions [NamespaceCondition] @2 map(type) merge(type)
          phase string @1

        type Node kind
          metadata ObjectMeta @1
          spec NodeSpec @2
          status NodeStatus @3

        type NodeAddress
          address! string @2
          type! string @1

        type NodeAffinity
          preferredDuringSchedulingIgnoredDuringExecution [PreferredSchedulingTerm] @2
          requiredDuringSchedulingIgnoredDuringExecution NodeSelector @1

        type NodeAllocatableResourceClaimStatus
          containers [string] @2 set
          resourceClaimName! string @1
          resources! {quantity} @3

        type NodeCondition
          lastHeartbeatTime time @3
          lastTransitionTime time @4
          message string @6
          reason string @5
          status! string @2
          type! string @1

        type NodeConfigSource
          configMap ConfigMapNodeConfigSource @2

        type NodeConfigStatus
          active NodeConfigSource @2
          assigned NodeConfigSource @1
          error string @4
          lastKnownGood NodeConfigSource @3

        type NodeDaemonEndpoints
          kubeletEndpoint DaemonEndpoint @1

        type NodeFeatures
          supplementalGroupsPolicy bool @1

        type NodeList kind
          items! [Node] @2
          metadata ListMeta @1

        type NodeRuntimeHandler
          features NodeRuntimeHandlerFeatures @2
          name string @1

        type NodeRuntimeHandlerFeatures
          recursiveReadOnlyMounts bool @1
          userNamespaces bool @2

        type NodeSelector atomic
          nodeSelectorTerms! [NodeSelectorTerm] @1

        type NodeSelectorRequirement
          key! string @1
          operator! string @2
          values [string] @3

        type NodeSelectorTerm atomic
          matchExpressions [NodeSelectorRequirement] @1
          matchFields [NodeSelectorRequirement] @2

        type NodeSpec
          configSource NodeConfigSource @6
          externalID string @2
          podCIDR string @1
          podCIDRs [string] @7 set merge()
          providerID string @3
          taints [Taint] @5
          unschedulable bool @4

        type NodeStatus
          addresses [NodeAddress] @5 map(type) merge(type)
          allocatable {quantity} @2
          capacity {quantity} @1
          conditions [NodeCondition] @4 map(type) merge(type)
          config NodeConfigStatus @11
          daemonEndpoints NodeDaemonEndpoints @6
          declaredFeatures [string] @14
          features NodeFeatures @13
          images [ContainerImage] @8
          nodeInfo NodeSystemInfo @7
          phase string @3
          runtimeHandlers [NodeRuntimeHandler] @12
          volumesAttached [AttachedVolume] @10
          volumesInUse [string] @9

        type NodeSwapStatus
          capacity int64 @1

        type NodeSystemInfo
          architecture! string @10
          bootID! string @3
          containerRuntimeVersion! string @6
          kernelVersion! string @4
          kubeProxyVersion! string @8
          kubeletVersion! string @7
          machineID! string @1
          operatingSystem! string @9
          osImage! string @5
          swap NodeSwapStatus @11
          systemUUID! string @2

        type ObjectFieldSelector atomic
          apiVersion string @1 = "v1"
          fieldPath! string @2

        type ObjectReference atomic
          apiVersion string @5
          fieldPath string @7
          kind string @1
          name string @3
          namespace string @2
          resourceVersion string @6
          uid string @4

        type PersistentVolume kind
          metadata ObjectMeta @1
          spec PersistentVolumeSpec @2
          status PersistentVolumeStatus @3

        type PersistentVolumeClaim kind
          metadata ObjectMeta @1
          spec PersistentVolumeClaimSpec @2
          status PersistentVolumeClaimStatus @3

        type PersistentVolumeClaimCondition
          lastProbeTime time @3
          lastTransitionTime time @4
          message string @6
          reason string @5
          status! string @2
          type! string @1

        type PersistentVolumeClaimList kind
          items! [PersistentVolumeClaim] @2
          metadata ListMeta @1

        type PersistentVolumeClaimSpec
          accessModes [string] @1
          dataSource TypedLocalObjectReference @7
          dataSourceRef TypedObjectReference @8
          resources VolumeResourceRequirements @2
          selector LabelSelector @4
          storageClassName string @5
          volumeAttributesClassName string @9
          volumeMode string @6 = "Filesystem"
          volumeName string @3

        type PersistentVolumeClaimStatus
          accessModes [string] @2
          allocatedResourceStatuses {string} @7
          allocatedResources {quantity} @5
          capacity {quantity} @3
          conditions [PersistentVolumeClaimCondition] @4 map(type) merge(type)
          currentVolumeAttributesClassName string @8
          modifyVolumeStatus ModifyVolumeStatus @9
          phase string @1

        type PersistentVolumeClaimTemplate
          metadata ObjectMeta @1
          spec! PersistentVolumeClaimSpec @2

        type PersistentVolumeClaimVolumeSource
          claimName! string @1
          readOnly bool @2

        type PersistentVolumeList kind
          items! [PersistentVolume] @2
          metadata ListMeta @1

        type PersistentVolumeSpec
          accessModes [string] @3
          awsElasticBlockStore AWSElasticBlockStoreVolumeSource @2/2
          azureDisk AzureDiskVolumeSource @2/16
          azureFile AzureFilePersistentVolumeSource @2/13
          capacity {quantity} @1
          cephfs CephFSPersistentVolumeSource @2/9
          cinder CinderPersistentVolumeSource @2/8
          claimRef ObjectReference @4
          csi CSIPersistentVolumeSource @2/22
          fc FCVolumeSource @2/10
          flexVolume FlexPersistentVolumeSource @2/12
          flocker FlockerVolumeSource @2/11
          gcePersistentDisk GCEPersistentDiskVolumeSource @2/1
          glusterfs GlusterfsPersistentVolumeSource @2/4
          hostPath HostPathVolumeSource @2/3
          iscsi ISCSIPersistentVolumeSource @2/7
          local LocalVolumeSource @2/20
          mountOptions [string] @7
          nfs NFSVolumeSource @2/5
          nodeAffinity VolumeNodeAffinity @9
          persistentVolumeReclaimPolicy string @5
          photonPersistentDisk PhotonPersistentDiskVolumeSource @2/17
          portworxVolume PortworxVolumeSource @2/18
          quobyte QuobyteVolumeSource @2/15
          rbd RBDPersistentVolumeSource @2/6
          scaleIO ScaleIOPersistentVolumeSource @2/19
          storageClassName string @6
          storageos StorageOSPersistentVolumeSource @2/21
          volumeAttributesClassName string @10
          volumeMode string @8
          vsphereVolume VsphereVirtualDiskVolumeSource @2/14

        type PersistentVolumeStatus
          lastPhaseTransitionTime time @4
          message string @2
          phase string @1
          reason string @3

        type PhotonPersistentDiskVolumeSource
          fsType string @2
          pdID! string @1

        type Pod kind
          metadata ObjectMeta @1
          spec PodSpec @2
          status PodStatus @3

        type PodAffinity
          preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm] @2
          requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm] @1

        type PodAffinityTerm
          labelSelector LabelSelector @1
          matchLabelKeys [string] @5
          mismatchLabelKeys [string] @6
          namespaceSelector LabelSelector @4
          namespaces [string] @2
          topologyKey! string @3

        type PodAntiAffinity
          preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm] @2
          requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm] @1

        type PodCertificateProjection
          certificateChainPath string @6
          credentialBundlePath string @4
          keyPath string @5
          keyType! string @2
          maxExpirationSeconds int32 @3
          signerName! string @1
          userAnnotations {string} @7

        type PodCondition
          lastProbeTime time @3
          lastTransitionTime time @4
          message string @6
          observedGeneration int64 @7
          reason string @5
          status! string @2
          type! string @1

        type PodDNSConfig
          nameservers [string] @1
          options [PodDNSConfigOption] @3
          searches [string] @2

        type PodDNSConfigOption
          name string @1
          value string @2

        type PodExtendedResourceClaimStatus
          requestMappings! [ContainerExtendedResourceRequest] @1
          resourceClaimName! string @2

        type PodIP
          ip! string @1

        type PodList kind
          items! [Pod] @2
          metadata ListMeta @1

        type PodOS
          name! string @1

        type PodReadinessGate
          conditionType! string @1

        type PodResourceClaim
          name! string @1
          resourceClaimName string @3
          resourceClaimTemplateName string @4

        type PodResourceClaimStatus
          name! string @1
          resourceClaimName string @2

        type PodSchedulingGate
          name! string @1

        type PodSchedulingGroup
          podGroupName string @1

        type PodSecurityContext
          appArmorProfile AppArmorProfile @11
          fsGroup int64 @5
          fsGroupChangePolicy string @9
          runAsGroup int64 @6
          runAsNonRoot bool @3
          runAsUser int64 @2
          seLinuxChangePolicy string @13
          seLinuxOptions SELinuxOptions @1
          seccompProfile SeccompProfile @10
          supplementalGroups [int64] @4
          supplementalGroupsPolicy string @12
          sysctls [Sysctl] @7
          windowsOptions WindowsSecurityContextOptions @8

        type PodSpec
          activeDeadlineSeconds int64 @5
          affinity Affinity @18
          automountServiceAccountToken bool @21
          containers! [Container] @2 map(name) merge(name)
          dnsConfig PodDNSConfig @26
          dnsPolicy string @6 = "ClusterFirst"
          enableServiceLinks bool @30
          ephemeralContainers [EphemeralContainer] @34 map(name) merge(name)
          hostAliases [HostAlias] @23 map(ip) merge(ip)
          hostIPC bool @13
          hostNetwork bool @11
          hostPID bool @12
          hostUsers bool @37
          hostname string @16
          hostnameOverride string @41
          imagePullSecrets [LocalObjectReference] @15 map(name) merge(name)
          initContainers [Container] @20 map(name) merge(name)
          nodeName string @10
          nodeSelector {string} @7 atomic
          os PodOS @36
          overhead {quantity} @32
          preemptionPolicy string @31
          priority int32 @25
          priorityClassName string @24
          readinessGates [PodReadinessGate] @28
          resourceClaims [PodResourceClaim] @39 map(name) merge(name) retainKeys
          resources ResourceRequirements @40
          restartPolicy string @3 = "Always"
          runtimeClassName string @29
          schedulerName string @19 = "default-scheduler"
          schedulingGates [PodSchedulingGate] @38 map(name) merge(name)
          schedulingGroup PodSchedulingGroup @43
          securityContext PodSecurityContext @14 = {}
          serviceAccount string @9
          serviceAccountName string @8
          setHostnameAsFQDN bool @35
          shareProcessNamespace bool @27
          subdomain string @17
          terminationGracePeriodSeconds int64 @4 = 30
          tolerations [Toleration] @22
          topologySpreadConstraints [TopologySpreadConstraint] @33 map(topologyKey,whenUnsatisfiable) merge(topologyKey)
          volumes [Volume] @1 map(name) merge(name) retainKeys

        type PodStatus
          allocatedResources {quantity} @19
          conditions [PodCondition] @2 map(type) merge(type)
          containerStatuses [ContainerStatus] @8
          ephemeralContainerStatuses [ContainerStatus] @13
          extendedResourceClaimStatus PodExtendedResourceClaimStatus @18
          hostIP string @5
          hostIPs [HostIP] @16 merge(ip)
          initContainerStatuses [ContainerStatus] @10
          message string @3
          nodeAllocatableResourceClaimStatuses [NodeAllocatableResourceClaimStatus] @21
          nominatedNodeName string @11
          observedGeneration int64 @17
          phase string @1
          podIP string @6
          podIPs [PodIP] @12 map(ip) merge(ip)
          qosClass string @9
          reason string @4
          resize string @14
          resourceClaimStatuses [PodResourceClaimStatus] @15 map(name) merge(name) retainKeys
          resources ResourceRequirements @20
          startTime time @7

        type PodTemplate kind
          metadata ObjectMeta @1
          template PodTemplateSpec @2

        type PodTemplateList kind
          items! [PodTemplate] @2
          metadata ListMeta @1

        type PodTemplateSpec
          metadata ObjectMeta @1
          spec PodSpec @2

        type PortStatus
          error string @3
          port! int32 @1
          protocol! string @2

        type PortworxVolumeSource
          fsType string @2
          readOnly bool @3
          volumeID! string @1

        type PreferredSchedulingTerm
          preference! NodeSelectorTerm @2
          weight! int32 @1

        type Probe
          exec ExecAction @1/1
          failureThreshold int32 @6 = 3
          grpc GRPCAction @1/4
          httpGet HTTPGetAction @1/2
          initialDelaySeconds int32 @2
          periodSeconds int32 @4 = 10
          successThreshold int32 @5 = 1
          tcpSocket TCPSocketAction @1/3
          terminationGracePeriodSeconds int64 @7
          timeoutSeconds int32 @3 = 1

        type ProjectedVolumeSource
          defaultMode int32 @2 = 420
          sources [VolumeProjection] @1

        type QuobyteVolumeSource
          group string @5
          readOnly bool @3
          registry! string @1
          tenant string @6
          user string @4
          volume! string @2

        type RBDPersistentVolumeSource
          fsType string @3
          image! string @2
          keyring string @6 = "/etc/ceph/keyring"
          monitors! [string] @1
          pool string @4 = "rbd"
          readOnly bool @8
          secretRef SecretReference @7
          user string @5 = "admin"

        type RBDVolumeSource
          fsType string @3
          image! string @2
          keyring string @6 = "/etc/ceph/keyring"
          monitors! [string] @1
          pool string @4 = "rbd"
          readOnly bool @8
          secretRef LocalObjectReference @7
          user string @5 = "admin"

        type ReplicationController kind
          metadata ObjectMeta @1
          spec ReplicationControllerSpec @2
          status ReplicationControllerStatus @3

        type ReplicationControllerCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status! string @2
          type! string @1

        type ReplicationControllerList kind
          items! [ReplicationController] @2
          metadata ListMeta @1

        type ReplicationControllerSpec
          minReadySeconds int32 @4
          replicas int32 @1 = 1
          selector {string} @2 atomic
          template PodTemplateSpec @3

        type ReplicationControllerStatus
          availableReplicas int32 @5
          conditions [ReplicationControllerCondition] @6 map(type) merge(type)
          fullyLabeledReplicas int32 @2
          observedGeneration int64 @3
          readyReplicas int32 @4
          replicas! int32 @1

        type ResourceClaim
          name! string @1
          request string @2

        type ResourceFieldSelector atomic
          containerName string @1
          divisor quantity @3
          resource! string @2

        type ResourceHealth
          health string @2
          message string @6
          resourceID! string @1

        type ResourceQuota kind
          metadata ObjectMeta @1
          spec ResourceQuotaSpec @2
          status ResourceQuotaStatus @3

        type ResourceQuotaList kind
          items! [ResourceQuota] @2
          metadata ListMeta @1

        type ResourceQuotaSpec
          hard {quantity} @1
          scopeSelector ScopeSelector @3
          scopes [string] @2

        type ResourceQuotaStatus
          hard {quantity} @1
          used {quantity} @2

        type ResourceRequirements
          claims [ResourceClaim] @3 map(name)
          limits {quantity} @1
          requests {quantity} @2

        type ResourceStatus
          name! string @1
          resources [ResourceHealth] @2 map(resourceID)

        type SELinuxOptions
          level string @4
          role string @2
          type string @3
          user string @1

        type ScaleIOPersistentVolumeSource
          fsType string @9 = "xfs"
          gateway! string @1
          protectionDomain string @5
          readOnly bool @10
          secretRef! SecretReference @3
          sslEnabled bool @4
          storageMode string @7 = "ThinProvisioned"
          storagePool string @6
          system! string @2
          volumeName string @8

        type ScaleIOVolumeSource
          fsType string @9 = "xfs"
          gateway! string @1
          protectionDomain string @5
          readOnly bool @10
          secretRef! LocalObjectReference @3
          sslEnabled bool @4
          storageMode string @7 = "ThinProvisioned"
          storagePool string @6
          system! string @2
          volumeName string @8

        type ScopeSelector atomic
          matchExpressions [ScopedResourceSelectorRequirement] @1

        type ScopedResourceSelectorRequirement
          operator! string @2
          scopeName! string @1
          values [string] @3

        type SeccompProfile
          localhostProfile string @2
          type! string @1

        type Secret kind
          data {bytes} @2
          immutable bool @5
          metadata ObjectMeta @1
          stringData {string} @4
          type string @3 = "Opaque"

        type SecretEnvSource
          name string @1/1
          optional bool @2

        type SecretKeySelector atomic
          key! string @2
          name string @1/1
          optional bool @3

        type SecretList kind
          items! [Secret] @2
          metadata ListMeta @1

        type SecretProjection
          items [KeyToPath] @2
          name string @1/1
          optional bool @4

        type SecretReference atomic
          name string @1
          namespace string @2

        type SecretVolumeSource
          defaultMode int32 @3 = 420
          items [KeyToPath] @2
          optional bool @4
          secretName string @1

        type SecurityContext
          allowPrivilegeEscalation bool @7
          appArmorProfile AppArmorProfile @12
          capabilities Capabilities @1
          privileged bool @2
          procMount string @9
          readOnlyRootFilesystem bool @6
          runAsGroup int64 @8
          runAsNonRoot bool @5
          runAsUser int64 @4
          seLinuxOptions SELinuxOptions @3
          seccompProfile SeccompProfile @11
          windowsOptions WindowsSecurityContextOptions @10

        type Service kind
          metadata ObjectMeta @1
          spec ServiceSpec @2
          status ServiceStatus @3

        type ServiceAccount kind
          automountServiceAccountToken bool @4
          imagePullSecrets [LocalObjectReference] @3
          metadata ObjectMeta @1
          secrets [ObjectReference] @2 map(name) merge(name)

        type ServiceAccountList kind
          items! [ServiceAccount] @2
          metadata ListMeta @1

        type ServiceAccountTokenProjection
          audience string @1
          expirationSeconds int64 @2 = 3600
          path! string @3

        type ServiceList kind
          items! [Service] @2
          metadata ListMeta @1

        type ServicePort
          appProtocol string @6
          name string @1
          nodePort int32 @5
          port! int32 @3
          protocol string @2 = "TCP"
          targetPort intOrString @4

        type ServiceSpec
          allocateLoadBalancerNodePorts bool @20
          clusterIP string @3
          clusterIPs [string] @18
          externalIPs [string] @5
          externalName string @10
          externalTrafficPolicy string @11
          healthCheckNodePort int32 @12
          internalTrafficPolicy string @22
          ipFamilies [string] @19
          ipFamilyPolicy string @17
          loadBalancerClass string @21
          loadBalancerIP string @8
          loadBalancerSourceRanges [string] @9
          ports [ServicePort] @1 map(port,protocol) merge(port)
          publishNotReadyAddresses bool @13
          selector {string} @2 atomic
          sessionAffinity string @7 = "None"
          sessionAffinityConfig SessionAffinityConfig @14
          trafficDistribution string @23
          type string @4 = "ClusterIP"

        type ServiceStatus
          conditions [Condition] @2 map(type) merge(type)
          loadBalancer LoadBalancerStatus @1

        type SessionAffinityConfig
          clientIP ClientIPConfig @1

        type SleepAction
          seconds! int64 @1

        type StorageOSPersistentVolumeSource
          fsType string @3
          readOnly bool @4
          secretRef ObjectReference @5
          volumeName string @1
          volumeNamespace string @2

        type StorageOSVolumeSource
          fsType string @3
          readOnly bool @4
          secretRef LocalObjectReference @5
          volumeName string @1
          volumeNamespace string @2

        type Sysctl
          name! string @1
          value! string @2

        type TCPSocketAction
          host string @2
          port! intOrString @1

        type Taint
          effect! string @3
          key! string @1
          timeAdded time @4
          value string @2

        type Toleration
          effect string @4
          key string @1
          operator string @2
          tolerationSeconds int64 @5
          value string @3

        type TopologySelectorLabelRequirement
          key! string @1
          values! [string] @2

        type TopologySelectorTerm atomic
          matchLabelExpressions [TopologySelectorLabelRequirement] @1

        type TopologySpreadConstraint
          labelSelector LabelSelector @4
          matchLabelKeys [string] @8
          maxSkew! int32 @1
          minDomains int32 @5
          nodeAffinityPolicy string @6
          nodeTaintsPolicy string @7
          topologyKey! string @2
          whenUnsatisfiable! string @3

        type TypedLocalObjectReference atomic
          apiGroup string @1
          kind! string @2
          name! string @3

        type TypedObjectReference
          apiGroup string @1
          kind! string @2
          name! string @3
          namespace string @4

        type Volume
          awsElasticBlockStore AWSElasticBlockStoreVolumeSource @2/4
          azureDisk AzureDiskVolumeSource @2/22
          azureFile AzureFileVolumeSource @2/18
          cephfs CephFSVolumeSource @2/14
          cinder CinderVolumeSource @2/13
          configMap ConfigMapVolumeSource @2/19
          csi CSIVolumeSource @2/28
          downwardAPI DownwardAPIVolumeSource @2/16
          emptyDir EmptyDirVolumeSource @2/2
          ephemeral EphemeralVolumeSource @2/29
          fc FCVolumeSource @2/17
          flexVolume FlexVolumeSource @2/12
          flocker FlockerVolumeSource @2/15
          gcePersistentDisk GCEPersistentDiskVolumeSource @2/3
          gitRepo GitRepoVolumeSource @2/5
          glusterfs GlusterfsVolumeSource @2/9
          hostPath HostPathVolumeSource @2/1
          image ImageVolumeSource @2/30
          iscsi ISCSIVolumeSource @2/8
          name! string @1
          nfs NFSVolumeSource @2/7
          persistentVolumeClaim PersistentVolumeClaimVolumeSource @2/10
          photonPersistentDisk PhotonPersistentDiskVolumeSource @2/23
          portworxVolume PortworxVolumeSource @2/24
          projected ProjectedVolumeSource @2/26
          quobyte QuobyteVolumeSource @2/21
          rbd RBDVolumeSource @2/11
          scaleIO ScaleIOVolumeSource @2/25
          secret SecretVolumeSource @2/6
          storageos StorageOSVolumeSource @2/27
          vsphereVolume VsphereVirtualDiskVolumeSource @2/20

        type VolumeDevice
          devicePath! string @2
          name! string @1

        type VolumeMount
          mountPath! string @3
          mountPropagation string @5
          name! string @1
          readOnly bool @2
          recursiveReadOnly string @7
          subPath string @4
          subPathExpr string @6

        type VolumeMountStatus
          mountPath! string @2
          name! string @1
          readOnly bool @3
          recursiveReadOnly string @4
          volumeStatus VolumeStatus @5

        type VolumeNodeAffinity
          required NodeSelector @1

        type VolumeProjection
          clusterTrustBundle ClusterTrustBundleProjection @5
          configMap ConfigMapProjection @3
          downwardAPI DownwardAPIProjection @2
          podCertificate PodCertificateProjection @6
          secret SecretProjection @1
          serviceAccountToken ServiceAccountTokenProjection @4

        type VolumeResourceRequirements
          limits {quantity} @1
          requests {quantity} @2

        type VolumeStatus
          image ImageVolumeStatus @1

        type VsphereVirtualDiskVolumeSource
          fsType string @2
          storagePolicyID string @4
          storagePolicyName string @3
          volumePath! string @1

        type WeightedPodAffinityTerm
          podAffinityTerm! PodAffinityTerm @2
          weight! int32 @1

        type WindowsSecurityContextOptions
          gmsaCredentialSpec string @2
          gmsaCredentialSpecName string @1
          hostProcess bool @4
          runAsUserName string @3
        """#
}
