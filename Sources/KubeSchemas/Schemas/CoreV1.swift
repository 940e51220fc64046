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
          # An AWS Elastic Block Store disk. Deprecated in favour of the ebs.csi.aws.com driver.
          fsType string @2
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          partition int32 @3  # The number of the partition to mount, such as 1; 0 or nothing mounts the whole disk.
          readOnly bool @4
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          volumeID! string @1  # The disk's id at AWS, such as vol-0123456789abcdef0.

        type Affinity  # Rules that draw a pod towards nodes and other pods, or keep it away from them.
          nodeAffinity NodeAffinity @1  # Which nodes the pod may or should run on.
          podAffinity PodAffinity @2  # Which pods it should run near, such as on the same node or in the same zone.
          podAntiAffinity PodAntiAffinity @3  # Which pods it should not run near.

        type AppArmorProfile  # The AppArmor profile that a container or pod is confined by.
          localhostProfile string? @2
            # The name of a profile loaded on the node. Required with type Localhost and not allowed with any other.
          type! string @1
            # Where the profile comes from: Localhost for one that the node has loaded, RuntimeDefault for the container
            # runtime's own, Unconfined for none.

        type AttachedVolume  # A volume attached to a node.
          devicePath! string @2  # The path on the node under which the device is found.
          name! string @1  # The volume's unique name, as the attacher knows it.

        type AzureDiskVolumeSource  # An Azure data disk. Deprecated in favour of the disk.csi.azure.com driver.
          cachingMode string? @3 = "ReadWrite"  # The host's caching: None, ReadOnly or ReadWrite (the default).
          diskName! string @1  # The disk's name in the blob storage.
          diskURI! string @2  # The URI of the disk.
          fsType string? @4 = "ext4"
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          kind string? @6 = "Shared"
            # The kind of disk: Shared (several blob disks in one storage account, the default), Dedicated (one in each)
            # or Managed.
          readOnly bool? @5
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.

        type AzureFilePersistentVolumeSource
          # An Azure file share. Deprecated in favour of the file.csi.azure.com driver.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretName! string @1  # The secret that holds the name and key of the Azure storage account.
          secretNamespace string? @4  # The namespace of the secret. Defaults to that of the claim.
          shareName! string @2  # The name of the share.

        type AzureFileVolumeSource  # An Azure file share. Deprecated in favour of the file.csi.azure.com driver.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretName! string @1  # The secret that holds the name and key of the Azure storage account.
          shareName! string @2  # The name of the share.

        type Binding kind  # Ties a pod to a node. Schedulers create it through the pod's binding subresource.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          target! ObjectReference @2  # The node that the pod is bound to.

        type CSIPersistentVolumeSource  # A volume that a CSI driver provides.
          controllerExpandSecretRef SecretReference @9
            # The secret with what the driver needs to expand the volume in its controller.
          controllerPublishSecretRef SecretReference @6
            # The secret with what the driver needs to attach the volume to a node and to detach it.
          driver! string @1  # The name of the CSI driver. Required.
          fsType string @4  # The file system to mount, such as ext4. The driver chooses when it is empty.
          nodeExpandSecretRef SecretReference @10
            # The secret with what the driver needs to expand the volume on the node.
          nodePublishSecretRef SecretReference @8
            # The secret with what the driver needs to mount the volume for a pod.
          nodeStageSecretRef SecretReference @7
            # The secret with what the driver needs to prepare the volume on a node.
          readOnly bool @3  # Has the driver attach the volume read-only. Defaults to false.
          volumeAttributes {string} @5
            # Properties of the volume for the driver, as it returned them when the volume was made.
          volumeHandle! string @2  # The id under which the driver knows the volume. Required; it cannot be changed.

        type CSIVolumeSource
          # A volume that a CSI driver makes for one pod and removes with it. The driver must support ephemeral volumes.
          driver! string @1  # The name of the CSI driver. Required.
          fsType string? @3  # The file system to mount, such as ext4. The driver chooses when it is empty.
          nodePublishSecretRef LocalObjectReference @5
            # The secret, in the pod's namespace, with what the driver needs to mount the volume.
          readOnly bool? @2  # Makes the volume read-only. Defaults to false.
          volumeAttributes {string} @4  # Properties for the driver; its documentation says which it knows.

        type Capabilities  # Linux capabilities to add to those the container runtime grants, and to take from them.
          add [string] @1  # Capabilities to add, without the prefix CAP, such as NET_ADMIN; ALL for every one.
          drop [string] @2  # Capabilities to remove, such as NET_RAW; ALL for every one.

        type CephFSPersistentVolumeSource
          # A Ceph file system, which several nodes may mount at once. Deprecated, and its plugin is no longer part of
          # Kubernetes.
          monitors! [string] @1  # The addresses of the Ceph monitors. Required.
          path string @2  # The folder of the file system to mount. Defaults to its root.
          readOnly bool @6
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretFile string @4  # The path of the user's key ring on the node. Defaults to /etc/ceph/user.secret.
          secretRef SecretReference @5  # The secret with the user's key; it takes precedence over secretFile.
          user string @3  # The Ceph user. Defaults to admin.

        type CephFSVolumeSource
          # A Ceph file system, which several nodes may mount at once. Deprecated, and its plugin is no longer part of
          # Kubernetes.
          monitors! [string] @1  # The addresses of the Ceph monitors. Required.
          path string @2  # The folder of the file system to mount. Defaults to its root.
          readOnly bool @6
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretFile string @4  # The path of the user's key ring on the node. Defaults to /etc/ceph/user.secret.
          secretRef LocalObjectReference @5  # The secret with the user's key; it takes precedence over secretFile.
          user string @3  # The Ceph user. Defaults to admin.

        type CinderPersistentVolumeSource
          # An OpenStack Cinder disk. Deprecated in favour of the cinder.csi.openstack.org driver.
          fsType string @2
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef SecretReference @4  # The secret with what is needed to reach OpenStack.
          volumeID! string @1  # The disk's id in Cinder.

        type CinderVolumeSource
          # An OpenStack Cinder disk. Deprecated in favour of the cinder.csi.openstack.org driver.
          fsType string @2
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef LocalObjectReference @4  # The secret with what is needed to reach OpenStack.
          volumeID! string @1  # The disk's id in Cinder.

        type ClientIPConfig  # How session affinity by the client's address works.
          timeoutSeconds int32? @1
            # Seconds for which a client stays with the same pod, from 1 to 86400 (one day). Defaults to 10800 (three
            # hours).

        type ClusterTrustBundleProjection
          # Writes the certificates of one or more ClusterTrustBundles to a file, without duplicates and in no certain
          # order.
          labelSelector LabelSelector @3
            # Chooses the bundles among those of the signer; only with signerName. Empty matches all of them, absent
            # none.
          name string? @1  # The bundle to use. Cannot be combined with signerName and labelSelector.
          optional bool? @5
            # Lets the pod start although no such bundle exists; the file is then empty. Defaults to false.
          path! string @4  # Where in the volume the file is written, as a relative path.
          signerName string? @2  # The signer whose bundles are used. Cannot be combined with name.

        type ComponentCondition  # What is known about the health of a component.
          error string @4  # The error of a failed check, such as an HTTP code or a refused connection.
          message string @3  # The answer of the component to the check.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # The condition's name; only Healthy exists.

        type ComponentStatus kind
          # The health of a part of the control plane. Deprecated since Kubernetes 1.19: use the health endpoints of the
          # components.
          conditions [ComponentCondition] @2 map(type) merge(type)  # What was observed about the component.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.

        type ComponentStatusList kind  # A list of ComponentStatus objects.
          items! [ComponentStatus] @2  # The ComponentStatus objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type ConfigMap kind
          # Configuration for pods: small texts and files by name, at most 1 MiB in total, used as environment or
          # mounted as files.
          binaryData {bytes} @3
            # Data that need not be UTF-8, in base64, by key. A key may stand here or in data, not in both.
          data {string} @2  # Texts by key. Keys consist of letters, digits, dash, underscore and dot.
          immutable bool? @4
            # If true, the data cannot be changed any more, and neither can this field; only deletion is left. Defaults
            # to false.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.

        type ConfigMapEnvSource  # Takes every key of a ConfigMap as an environment variable.
          name string @1/1  # The name of the ConfigMap, in the pod's namespace.
          optional bool? @2  # Lets the container start although the ConfigMap does not exist. Defaults to false.

        type ConfigMapKeySelector atomic  # Names one key of a ConfigMap.
          key! string @2  # The key to take the value from.
          name string @1/1  # The name of the ConfigMap, in the pod's namespace.
          optional bool? @3
            # Lets the container start although the ConfigMap or the key does not exist. Defaults to false.

        type ConfigMapList kind  # A list of ConfigMap objects.
          items! [ConfigMap] @2  # The ConfigMap objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type ConfigMapNodeConfigSource
          # A ConfigMap with the kubelet's configuration. Without effect: dynamic kubelet configuration was removed in
          # Kubernetes 1.24.
          kubeletConfigKey! string @5  # The key that holds the kubelet's configuration.
          name! string @2  # The name of the ConfigMap.
          namespace! string @1  # The namespace of the ConfigMap.
          resourceVersion string @4  # The version of the ConfigMap in use; only in a node's status.
          uid string @3  # The UID of the ConfigMap in use; only in a node's status.

        type ConfigMapProjection  # Writes the keys of a ConfigMap as files into a projected volume.
          items [KeyToPath] @2
            # Which keys become files, and under which paths. Without it every key becomes a file of its name.
          name string @1/1  # The name of the ConfigMap, in the pod's namespace.
          optional bool? @4  # Lets the pod start although the ConfigMap or a key does not exist. Defaults to false.

        type ConfigMapVolumeSource
          # A volume with the keys of a ConfigMap as files. It follows changes of the ConfigMap.
          defaultMode int32? @3 = 420
            # Permissions of the files that do not name their own, from 0000 to 0777 in octal YAML or 0 to 511 in JSON.
            # Defaults to 0644 (420). With fsGroup the group may get more.
          items [KeyToPath] @2
            # Which keys become files, and under which paths. Without it every key becomes a file of its name.
          name string @1/1  # The name of the ConfigMap, in the pod's namespace.
          optional bool? @4  # Lets the pod start although the ConfigMap or a key does not exist. Defaults to false.

        type Container  # A program that runs in a pod: its image, command, environment, mounts, limits and probes.
          args [string] @4
            # Arguments of the command, in place of the image's CMD. References such as $(NAME) are replaced by
            # environment variables; $$(NAME) stays as $(NAME). Cannot be changed.
          command [string] @3
            # The program and its first arguments, in place of the image's ENTRYPOINT; no shell is involved. References
            # such as $(NAME) are replaced by environment variables. Cannot be changed.
          env [EnvVar] @7 map(name) merge(name)
            # Environment variables. An entry takes precedence over one of the same name from envFrom. Cannot be
            # changed.
          envFrom [EnvFromSource] @19
            # ConfigMaps and Secrets whose keys all become environment variables; of equal names the last source wins.
            # Cannot be changed.
          image string @2
            # The container image, such as registry.example.com/app:1.2 or one pinned by digest. It can be changed in a
            # running pod, which restarts the container.
          imagePullPolicy string @14
            # When the image is pulled: Always, IfNotPresent or Never. Defaults to Always if the tag is latest or
            # missing, else to IfNotPresent. Cannot be changed.
          lifecycle Lifecycle @12
            # What is run right after the container starts and before it is stopped. Cannot be changed.
          livenessProbe Probe @10
            # Checks regularly whether the container still works; if the check fails, the container is restarted. Cannot
            # be changed.
          name! string @1  # The container's name, a DNS label that is unique in the pod. Cannot be changed.
          ports [ContainerPort] @6 map(containerPort,protocol) merge(containerPort)
            # Ports that the container listens on. Mainly information: other ports are reachable as well. Cannot be
            # changed.
          readinessProbe Probe @11
            # Checks regularly whether the container can take requests; while it fails, services send the pod no
            # traffic. Cannot be changed.
          resizePolicy [ContainerResizePolicy] @23
            # For each resource, whether the container must be restarted when its amount is changed in place. Only cpu
            # and memory are possible.
          resources ResourceRequirements @8 = {}
            # The CPU, memory and other resources that the container requests and is limited to. Changed in a running
            # pod through the resize subresource.
          restartPolicy string? @24
            # Overrides the pod's restart policy: Always, OnFailure or Never. Always on an init container makes it a
            # sidecar: the pod goes on once it has started, and it runs until the other containers have ended.
          restartPolicyRules [ContainerRestartRule] @25
            # Rules for when the container is restarted after it exits; the first that matches decides, else
            # restartPolicy does. They require restartPolicy on the container.
          securityContext SecurityContext @15
            # The user, privileges and confinement of the container; it overrides what the pod's security context says.
          startupProbe Probe @22
            # Checks whether the container has started. The other probes wait until it succeeds; if it fails, the
            # container is restarted. Cannot be changed.
          stdin bool @16
            # Keeps a buffer for the container's standard input, so that kubectl attach can write to it. Defaults to
            # false.
          stdinOnce bool @17
            # Closes the standard input after the first client that attached to it has left. Defaults to false, which
            # keeps it open for more.
          terminationMessagePath string @13 = "/dev/termination-log"
            # The file, in the container, in which it leaves its last words; up to 4096 bytes of it appear in the
            # status. Cannot be changed; /dev/termination-log by default.
          terminationMessagePolicy string @20 = "File"
            # Where the termination message comes from: File, or FallbackToLogsOnError for the end of the log if the
            # file is empty and the container failed. Defaults to File. Cannot be changed.
          tty bool @18  # Gives the container a terminal; needs stdin. Defaults to false.
          volumeDevices [VolumeDevice] @21 map(devicePath) merge(devicePath)
            # Claims that the container sees as raw block devices.
          volumeMounts [VolumeMount] @9 map(mountPath) merge(mountPath)
            # Where the pod's volumes appear in the container's file system. Cannot be changed.
          workingDir string @5
            # The folder in which the program starts. Defaults to that of the image. Cannot be changed.

        type ContainerExtendedResourceRequest
          # Which request of a resource claim provides an extended resource to a container.
          containerName! string @1  # The name of the container.
          requestName! string @3  # Which of the claim's requests serves it.
          resourceName! string @2  # The extended resource that the container asks for.

        type ContainerImage  # An image present on a node.
          names [string] @1  # The names and digests by which the image is known.
          sizeBytes int64 @2  # How large the image is, in bytes.

        type ContainerPort  # A port that a container listens on.
          containerPort! int32 @3  # The port's number in the pod, from 1 to 65535.
          hostIP string @5  # The address of the node on which hostPort is opened. Defaults to all of its addresses.
          hostPort int32 @2
            # A port of the node, from 1 to 65535, that leads to this one; with hostNetwork it must equal containerPort.
            # Most containers do not need it, and it keeps a second such pod off the node.
          name string @1
            # The port's name, unique in the pod, which services and probes may use in place of the number. At most 15
            # lower case letters, digits and dashes.
          protocol string @4 = "TCP"  # The protocol: TCP (the default), UDP or SCTP.

        type ContainerResizePolicy  # Tells whether a container restarts when one of its resources is resized.
          resourceName! string @1  # The resource: cpu or memory.
          restartPolicy! string @2
            # NotRequired resizes the running container, RestartContainer restarts it. Defaults to NotRequired.

        type ContainerRestartRule  # What to do when a container exits in a certain way.
          action! string @1
            # What is done if the rule matches: Restart restarts the container, RestartAllContainers (where enabled)
            # every container of the pod.
          exitCodes ContainerRestartRuleOnExitCodes @2  # The exit codes for which the rule holds.

        type ContainerRestartRuleOnExitCodes  # A condition on a container's exit code.
          operator! string @1  # In matches the listed exit codes, NotIn all others.
          values [int32] @2 set  # The exit codes, at most 255 of them.

        type ContainerState
          # What a container does at present: exactly one of the members is set; none means that it waits.
          running ContainerStateRunning @2  # Set while the container runs.
          terminated ContainerStateTerminated @3  # Set after the container has ended.
          waiting ContainerStateWaiting @1  # Set while the container cannot start yet, as while its image is pulled.

        type ContainerStateRunning  # A container that runs.
          startedAt time @1  # When the container was last started.

        type ContainerStateTerminated  # A container that has ended.
          containerID string @7  # The ended container's id, as runtime://id.
          exitCode! int32 @1  # The exit code of the program; 0 means success.
          finishedAt time @6  # When the container ended.
          message string @4  # What the container left as its termination message.
          reason string @3  # Why the container ended, as one word such as Completed, Error or OOMKilled.
          signal int32 @2  # The signal that ended the program, if one did.
          startedAt time @5  # When this run of the container began.

        type ContainerStateWaiting  # A container that has not started yet.
          message string @2  # An explanation for people of what it waits for.
          reason string @1  # Why it waits, as one word such as ContainerCreating or ImagePullBackOff.

        type ContainerStatus  # The present state of one of a pod's containers.
          allocatedResources {quantity} @10
            # The amounts that the node has set aside for the container, after a resize possibly before they are in
            # effect.
          allocatedResourcesStatus [ResourceStatus] @14 map(name) merge(name)
            # The health of the devices that the container was given, by resource.
          containerID string @8  # The container's id, as runtime://id, such as containerd://4f1c.
          image! string @6  # The image that the container runs, which may be named otherwise than in the spec.
          imageID! string @7  # The id of the image, in most cases with its digest.
          lastState ContainerState @3  # How the previous run of the container ended; absent before the first restart.
          name! string @1  # The container's name, as in the pod's spec.
          ready! bool @4  # Whether the container passes its readiness probe; true without one once it has started.
          resources ResourceRequirements @11  # The requests and limits that are in effect for the running container.
          restartCount! int32 @5  # How often the container has been restarted.
          started bool? @9
            # Whether the container runs, its postStart hook is done and its startup probe has succeeded. It turns false
            # with each restart.
          state ContainerState @2  # What the container does at present.
          stopSignal string? @15  # The signal that stops the container, from its lifecycle or its image.
          user ContainerUser @13  # The user and groups that the container's first process started with.
          volumeMounts [VolumeMountStatus] @12 map(mountPath) merge(mountPath)
            # The state of the container's volume mounts.

        type ContainerUser  # The identity of a container's first process.
          linux LinuxContainerUser @1  # The user and groups on Linux.

        type DaemonEndpoint  # A port on which a daemon of the node listens.
          Port! int32 @1  # The port's number.

        type DownwardAPIProjection  # Writes fields of the pod as files into a projected volume.
          items [DownwardAPIVolumeFile] @1  # The files, each with the field that it holds.

        type DownwardAPIVolumeFile  # A file that holds a field of the pod, or a resource amount of a container.
          fieldRef ObjectFieldSelector @2
            # The pod's field: metadata.name, namespace, uid, labels or annotations. Either this or resourceFieldRef is
            # given.
          mode int32? @4
            # The file's permissions, from 0000 to 0777 in octal YAML or 0 to 511 in JSON. Defaults to the volume's
            # defaultMode.
          path! string @1  # The file's path in the volume, relative and without two dots as a part.
          resourceFieldRef ResourceFieldSelector @3
            # A container's amount: limits or requests of cpu, memory, ephemeral-storage or hugepages.

        type DownwardAPIVolumeSource
          # A volume with fields of the pod as files. It follows changes of labels and annotations.
          defaultMode int32? @2 = 420
            # Permissions of the files that do not name their own, from 0000 to 0777 in octal YAML or 0 to 511 in JSON.
            # Defaults to 0644 (420). With fsGroup the group may get more.
          items [DownwardAPIVolumeFile] @1  # The files, each with the field that it holds.

        type EmptyDirVolumeSource  # An empty folder for the time that the pod is on its node, shared by its containers.
          medium string @1
            # Where the data lies: on the node's disk (empty, the default), in memory with Memory, or in huge pages with
            # HugePages or HugePages- and a size.
          sizeLimit quantity @2
            # How large the volume may become before the pod is evicted; with Memory a hard limit, capped by the pod's
            # memory. Unlimited by default.

        type EndpointAddress atomic  # The address of one endpoint.
          hostname string @3  # The endpoint's host name, under which DNS offers it in a headless service.
          ip! string @1  # The IP address. Loopback, link-local and multicast addresses are not allowed.
          nodeName string? @4  # The node on which the endpoint runs.
          targetRef ObjectReference @2  # The object behind the endpoint, in most cases a pod.

        type EndpointPort atomic  # A port of a service's endpoints.
          appProtocol string? @4  # The application protocol, such as kubernetes.io/h2c or a name registered with IANA.
          name string @1  # The port's name, as in the service; may only be empty if there is one port.
          port! int32 @2  # The port's number at the endpoint.
          protocol string @3 = "TCP"  # The protocol: TCP (the default), UDP or SCTP.

        type EndpointSubset  # Addresses that have the same ports in common: each address with each port is an endpoint.
          addresses [EndpointAddress] @1  # Addresses that are ready to take traffic.
          notReadyAddresses [EndpointAddress] @2  # Addresses that are not ready yet, or no longer.
          ports [EndpointPort] @3  # The ports of the addresses.

        type Endpoints kind
          # The addresses behind a service. Deprecated in favour of EndpointSlice, which scales further and knows both
          # address families.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          subsets [EndpointSubset] @2
            # Groups of addresses with the same ports. Together they are the service's endpoints.

        type EndpointsList kind  # A list of Endpoints objects.
          items! [Endpoints] @2  # The Endpoints objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type EnvFromSource  # A ConfigMap or Secret whose keys all become environment variables.
          configMapRef ConfigMapEnvSource @2  # The ConfigMap to take the variables from.
          prefix string @1  # Text put in front of each key to make the variable's name.
          secretRef SecretEnvSource @3  # The Secret to take the variables from.

        type EnvVar  # An environment variable of a container.
          name! string @1  # The variable's name: any printable ASCII characters but the equals sign.
          value string @2
            # The value. References such as $(NAME) are replaced by variables defined before; $$(NAME) stays as $(NAME).
            # Defaults to the empty text.
          valueFrom EnvVarSource @3  # Where the value comes from; only without value.

        type EnvVarSource  # Where an environment variable gets its value. Exactly one member is given.
          configMapKeyRef ConfigMapKeySelector @3  # A key of a ConfigMap.
          fieldRef ObjectFieldSelector @1
            # A field of the pod: metadata.name, namespace, uid, a label or annotation, spec.nodeName,
            # spec.serviceAccountName, status.hostIP(s) or status.podIP(s).
          fileKeyRef FileKeySelector @5  # A key of a file of variables in one of the pod's volumes.
          resourceFieldRef ResourceFieldSelector @2
            # A container's amount: limits or requests of cpu, memory, ephemeral-storage or hugepages.
          secretKeyRef SecretKeySelector @4  # A key of a Secret.

        type EphemeralContainer
          # A container added to a running pod for debugging, as by kubectl debug. It has no resources or ports of its
          # own, is never restarted and cannot be removed or changed.
          args [string] @1/4
            # Arguments of the command, in place of the image's CMD. References such as $(NAME) are replaced by
            # environment variables; $$(NAME) stays as $(NAME). Cannot be changed.
          command [string] @1/3
            # The program and its first arguments, in place of the image's ENTRYPOINT; no shell is involved. References
            # such as $(NAME) are replaced by environment variables. Cannot be changed.
          env [EnvVar] @1/7 map(name) merge(name)
            # Environment variables. An entry takes precedence over one of the same name from envFrom. Cannot be
            # changed.
          envFrom [EnvFromSource] @1/19
            # ConfigMaps and Secrets whose keys all become environment variables; of equal names the last source wins.
            # Cannot be changed.
          image string @1/2  # The container image to run, such as busybox:1.36.
          imagePullPolicy string @1/14
            # When the image is pulled: Always, IfNotPresent or Never. Defaults to Always if the tag is latest or
            # missing, else to IfNotPresent. Cannot be changed.
          lifecycle Lifecycle @1/12  # Not allowed for ephemeral containers.
          livenessProbe Probe @1/10  # Not allowed for ephemeral containers.
          name! string @1/1  # The container's name, a DNS label that is unique among all containers of the pod.
          ports [ContainerPort] @1/6 map(containerPort,protocol) merge(containerPort)
            # Not allowed for ephemeral containers.
          readinessProbe Probe @1/11  # Not allowed for ephemeral containers.
          resizePolicy [ContainerResizePolicy] @1/23  # Not allowed for ephemeral containers.
          resources ResourceRequirements @1/8 = {}
            # Not allowed for ephemeral containers: they use what the pod has to spare.
          restartPolicy string? @1/24  # Not allowed for ephemeral containers: they are never restarted.
          restartPolicyRules [ContainerRestartRule] @1/25  # Not allowed for ephemeral containers.
          securityContext SecurityContext @1/15
            # The user, privileges and confinement of the container; it overrides what the pod's security context says.
          startupProbe Probe @1/22  # Not allowed for ephemeral containers.
          stdin bool @1/16
            # Keeps a buffer for the container's standard input, so that kubectl attach can write to it. Defaults to
            # false.
          stdinOnce bool @1/17
            # Closes the standard input after the first client that attached to it has left. Defaults to false, which
            # keeps it open for more.
          targetContainerName string @2
            # The container whose processes this one sees. Without it the pod's own settings decide. The container
            # runtime must support it.
          terminationMessagePath string @1/13 = "/dev/termination-log"
            # The file, in the container, in which it leaves its last words; up to 4096 bytes of it appear in the
            # status. Cannot be changed; /dev/termination-log by default.
          terminationMessagePolicy string @1/20 = "File"
            # Where the termination message comes from: File, or FallbackToLogsOnError for the end of the log if the
            # file is empty and the container failed. Defaults to File. Cannot be changed.
          tty bool @1/18  # Gives the container a terminal; needs stdin. Defaults to false.
          volumeDevices [VolumeDevice] @1/21 map(devicePath) merge(devicePath)
            # Claims that the container sees as raw block devices.
          volumeMounts [VolumeMount] @1/9 map(mountPath) merge(mountPath)
            # Where the pod's volumes appear in the container's file system. Cannot be changed.
          workingDir string @1/5
            # The folder in which the program starts. Defaults to that of the image. Cannot be changed.

        type EphemeralVolumeSource  # A volume for which a claim is made together with the pod and deleted with it.
          volumeClaimTemplate PersistentVolumeClaimTemplate @1
            # The claim to make, named after the pod and the volume, joined by a dash. Required; cannot be changed.

        type Event kind
          # Reports something that happened to an object. Events are kept for a limited time, and are information rather
          # than a base for decisions.
          action string @12  # What was done or failed, concerning the involved object, as one word.
          count int32 @8  # How often the event occurred.
          eventTime microtime @10  # When the event was first observed.
          firstTimestamp time @6  # When the event was first recorded.
          involvedObject! ObjectReference @2  # The object that the event is about.
          lastTimestamp time @7  # When the event last occurred.
          message string @4  # What happened, for people.
          metadata! ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          reason string @3  # Why it happened, as one short word in CamelCase for programs, such as FailedScheduling.
          related ObjectReference @13  # Another object that has a part in it.
          reportingComponent string @14  # The controller that reports it, such as kubernetes.io/kubelet.
          reportingInstance string @15  # The instance of the controller, such as a pod or node name.
          series EventSeries @11  # How the event goes on, if it occurs again and again.
          source EventSource @5  # The component that reports it; older form of reportingComponent.
          type string @9  # Normal or Warning; new types may be added.

        type EventList kind  # A list of Event objects.
          items! [Event] @2  # The Event objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type EventSeries  # An event that occurs again and again.
          count int32 @1  # How often it has occurred so far.
          lastObservedTime microtime @2  # When it was last observed.

        type EventSource  # The component that reports an event.
          component string @1  # The component's name.
          host string @2  # The node on which the component runs.

        type ExecAction  # A command run in the container.
          command [string] @1
            # The program and its arguments, without a shell; the working folder is /. Exit code 0 is success, anything
            # else failure.

        type FCVolumeSource  # A Fibre Channel disk, named by targetWWNs and lun or by wwids.
          fsType string @3
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          lun int32? @2  # The number of the logical unit at the target; with targetWWNs.
          readOnly bool @4
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          targetWWNs [string] @1  # World wide names of the targets; with lun.
          wwids [string] @5  # World wide identifiers of the disk, in place of targetWWNs and lun.

        type FileKeySelector atomic  # Names one key of a file of environment variables.
          key! string @3  # The variable in the file.
          optional bool? @4
            # Lets the container start although the file or the key does not exist; the variable is then not set.
            # Defaults to false.
          path! string @2  # The file's path in the volume, relative and without two dots as a part.
          volumeName! string @1  # The pod's volume that holds the file.

        type FlexPersistentVolumeSource
          # A volume made by an exec-based FlexVolume plugin. Deprecated in favour of CSI drivers.
          driver! string @1  # The name of the plugin.
          fsType string @2  # The file system to mount, such as ext4. The plugin chooses when it is empty.
          options {string} @5  # Further options for the plugin.
          readOnly bool @4
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef SecretReference @3  # The secret whose content is passed to the plugin.

        type FlexVolumeSource  # A volume made by an exec-based FlexVolume plugin. Deprecated in favour of CSI drivers.
          driver! string @1  # The name of the plugin.
          fsType string @2  # The file system to mount, such as ext4. The plugin chooses when it is empty.
          options {string} @5  # Further options for the plugin.
          readOnly bool @4
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef LocalObjectReference @3  # The secret whose content is passed to the plugin.

        type FlockerVolumeSource
          # A Flocker dataset, named by datasetName or datasetUUID. Deprecated, and its plugin is no longer part of
          # Kubernetes.
          datasetName string @1  # The dataset's name; deprecated in favour of datasetUUID.
          datasetUUID string @2  # The dataset's UUID.

        type GCEPersistentDiskVolumeSource
          # A Google Compute Engine disk. Deprecated in favour of the pd.csi.storage.gke.io driver.
          fsType string @2
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          partition int32 @3  # The number of the partition to mount, such as 1; 0 or nothing mounts the whole disk.
          pdName! string @1  # The disk's name in Google Compute Engine.
          readOnly bool @4
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.

        type GRPCAction  # A check by the gRPC health protocol.
          port! int32 @1  # The port of the gRPC service, from 1 to 65535.
          service string? @2 = ""
            # The service name sent in the check. The server decides what an empty one, the default, means.

        type GitRepoVolumeSource
          # A Git repository cloned into a folder. Deprecated and disabled: clone it in an init container into an
          # emptyDir instead.
          directory string @3
            # The folder in the volume to clone into; a dot for the volume itself. It must not contain two dots as a
            # part.
          repository! string @1  # The URL of the repository.
          revision string @2  # The commit to check out.

        type GlusterfsPersistentVolumeSource
          # A Glusterfs volume. Deprecated, and its plugin is no longer part of Kubernetes.
          endpoints! string @1  # The Endpoints object with the addresses of the Glusterfs servers.
          endpointsNamespace string? @4  # The namespace of the Endpoints object. Defaults to that of the claim.
          path! string @2  # The name of the Glusterfs volume.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.

        type GlusterfsVolumeSource  # A Glusterfs volume. Deprecated, and its plugin is no longer part of Kubernetes.
          endpoints! string @1  # The Endpoints object with the addresses of the Glusterfs servers.
          path! string @2  # The name of the Glusterfs volume.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.

        type HTTPGetAction  # An HTTP GET request. Any status from 200 to 399 counts as success.
          host string @3
            # The host to connect to, by default the pod's IP. To set the host of the request, use a Host header.
          httpHeaders [HTTPHeader] @5  # Headers of the request; the same name may occur several times.
          path string @1 = "/"  # The path of the request. Defaults to /.
          port! intOrString @2  # The container's port, by number (1 to 65535) or by name.
          scheme string @4 = "HTTP"  # HTTP (the default) or HTTPS, with which the certificate is not verified.

        type HTTPHeader  # A header of an HTTP request.
          name! string @1  # The header's name.
          value! string @2  # The header's value.

        type HostAlias  # An entry of the pod's hosts file.
          hostnames [string] @2  # Names for the address.
          ip! string @1  # The IP address.

        type HostIP  # An address of a node.
          ip! string @1  # The IP address.

        type HostPathVolumeSource
          # A file or folder of the node itself. It can give a pod power over the node: use it with care.
          path! string @1  # The path on the node; a symbolic link is followed.
          type string? @2 = ""
            # What must be at the path: DirectoryOrCreate, Directory, FileOrCreate, File, Socket, CharDevice or
            # BlockDevice. Empty, the default, checks nothing.

        type ISCSIPersistentVolumeSource  # An iSCSI disk. Only one node may write to it at a time.
          chapAuthDiscovery bool @8  # Whether discovery is authenticated by CHAP.
          chapAuthSession bool @11  # Whether sessions are authenticated by CHAP.
          fsType string @5
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          initiatorName string? @12
            # The initiator name to use. With iscsiInterface too, a new interface is created for the connection.
          iqn! string @2  # The qualified name of the target.
          iscsiInterface string @4 = "default"
            # The interface with the transport to use. Defaults to default, which is TCP.
          lun! int32 @3  # The number of the logical unit at the target.
          portals [string] @7  # Further portals of the target for multipath, as address or address:port.
          readOnly bool @6
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef SecretReference @10  # The secret with the CHAP credentials.
          targetPortal! string @1  # The target's portal, as address or address:port; the port defaults to 3260.

        type ISCSIVolumeSource  # An iSCSI disk. Only one node may write to it at a time.
          chapAuthDiscovery bool @8  # Whether discovery is authenticated by CHAP.
          chapAuthSession bool @11  # Whether sessions are authenticated by CHAP.
          fsType string @5
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          initiatorName string? @12
            # The initiator name to use. With iscsiInterface too, a new interface is created for the connection.
          iqn! string @2  # The qualified name of the target.
          iscsiInterface string @4 = "default"
            # The interface with the transport to use. Defaults to default, which is TCP.
          lun! int32 @3  # The number of the logical unit at the target.
          portals [string] @7  # Further portals of the target for multipath, as address or address:port.
          readOnly bool @6
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef LocalObjectReference @10  # The secret with the CHAP credentials.
          targetPortal! string @1  # The target's portal, as address or address:port; the port defaults to 3260.

        type ImageVolumeSource  # A container image or artifact mounted read-only.
          pullPolicy string @2
            # When the image is pulled: Always, IfNotPresent or Never. Defaults to Always if the tag is latest or
            # missing, else to IfNotPresent.
          reference string @1  # The image to mount, named as in a container's image.

        type ImageVolumeStatus  # The state of a mounted image.
          imageRef! string @1  # The digest of the image that is mounted.

        type KeyToPath  # Maps a key to a file of a volume.
          key! string @1  # The key whose value the file holds.
          mode int32? @3
            # The file's permissions, from 0000 to 0777 in octal YAML or 0 to 511 in JSON. Defaults to the volume's
            # defaultMode.
          path! string @2  # The file's path in the volume, relative and without two dots as a part.

        type Lifecycle  # Hooks around a container's life, and how it is stopped.
          postStart LifecycleHandler @1
            # Run right after the container was created, beside its own program. If it fails, the container is
            # restarted.
          preStop LifecycleHandler @2
            # Run before the container is stopped for any cause but its own exit. It counts towards the pod's
            # termination grace period.
          stopSignal string? @3
            # The signal that stops the container, such as SIGTERM, in place of the image's. It requires spec.os.name.

        type LifecycleHandler  # What a hook does. Exactly one member is given.
          exec ExecAction @1  # Runs a command in the container.
          httpGet HTTPGetAction @2  # Sends an HTTP GET request.
          sleep SleepAction @4  # Waits for a number of seconds.
          tcpSocket TCPSocketAction @3  # Deprecated and not supported as a hook; accepted for compatibility only.

        type LimitRange kind
          # Default, lowest and highest amounts of resources for the pods, containers and claims of a namespace.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec LimitRangeSpec @2  # The limits that are enforced.

        type LimitRangeItem  # The limits for one kind of object.
          default {quantity} @4  # Limits given to containers that name none.
          defaultRequest {quantity} @5  # Requests given to containers that name none.
          max {quantity} @2  # The most that may be asked for, by resource.
          maxLimitRequestRatio {quantity} @6
            # How many times its request a limit may be, by resource; both must then be given.
          min {quantity} @3  # The least that must be asked for, by resource.
          type! string @1  # What the limits apply to: Container, Pod or PersistentVolumeClaim.

        type LimitRangeList kind  # A list of LimitRange objects.
          items! [LimitRange] @2  # The LimitRange objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type LimitRangeSpec  # The limits of a LimitRange.
          limits! [LimitRangeItem] @1  # The limits, each for one kind of object.

        type LinuxContainerUser  # The user and groups of a Linux process.
          gid! int64 @2  # The primary group's id.
          supplementalGroups [int64] @3  # The ids of the supplementary groups.
          uid! int64 @1  # The user's id.

        type LoadBalancerIngress  # A point at which a load balancer takes traffic.
          hostname string @2  # The host name, for load balancers that are reached by name.
          ip string @1  # The IP address, for load balancers that are reached by address.
          ipMode string? @3
            # How traffic arrives: VIP with the load balancer's address as destination, Proxy with that of the node or
            # pod. Only with ip.
          ports [PortStatus] @4  # The state of the service's ports at the load balancer.

        type LoadBalancerStatus  # The state of a load balancer.
          ingress [LoadBalancerIngress] @1  # Where the load balancer takes traffic for the service.

        type LocalObjectReference atomic  # Names an object in the same namespace.
          name string @1  # The object's name.

        type LocalVolumeSource
          # A disk or folder of one certain node, as a persistent volume. The volume must have a node affinity.
          fsType string? @2  # The file system to mount, if the path is a block device. Chosen by itself when empty.
          path! string @1  # The full path of the folder or block device on the node.

        type ModifyVolumeStatus  # How far a change of a claim's volume attributes class has come.
          status! string @2
            # Pending (the class is not there yet), InProgress, or Infeasible (the driver refuses; another class must be
            # given).
          targetVolumeAttributesClassName string @1  # The volume attributes class that is being applied.

        type NFSVolumeSource  # A folder that an NFS server exports.
          path! string @2  # The path that the server exports.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          server! string @1  # The server's host name or IP address.

        type Namespace kind  # A space for the names of objects, with its own quotas, limits and rights.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec NamespaceSpec @2  # What holds the namespace.
          status NamespaceStatus @3  # How the namespace is doing.

        type NamespaceCondition  # One observed aspect of a namespace, in particular of its deletion.
          lastTransitionTime time @4  # When the status last changed from one value to another.
          message string @6  # An explanation for people.
          reason string @5  # Why the condition last changed, as one word in CamelCase for programs.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1
            # The condition's name, such as NamespaceDeletionContentFailure or NamespaceFinalizersRemaining.

        type NamespaceList kind  # A list of Namespace objects.
          items! [Namespace] @2  # The Namespace objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type NamespaceSpec  # What holds a namespace.
          finalizers [string] @1
            # Names of those that must finish before the namespace is gone; kubernetes stands for the removal of its
            # content. Changed through the finalize subresource.

        type NamespaceStatus  # The state of a namespace.
          conditions [NamespaceCondition] @2 map(type) merge(type)
            # What was observed about the namespace, above all what holds up its deletion.
          phase string @1
            # Active, or Terminating while the namespace is being deleted, when nothing can be created in it.

        type Node kind  # A machine that runs pods.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec NodeSpec @2  # How the node is set up: its pod networks, taints and whether pods may be scheduled to it.
          status NodeStatus @3  # What the node reports: capacity, addresses, conditions and software.

        type NodeAddress  # An address of a node.
          address! string @2  # The address itself.
          type! string @1  # The address's type: Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.

        type NodeAffinity  # Rules that tell by a node's labels whether a pod may or should run there.
          preferredDuringSchedulingIgnoredDuringExecution [PreferredSchedulingTerm] @2
            # Preferences with weights. The scheduler adds up the weights of those a node meets and takes the best node,
            # but others are possible.
          requiredDuringSchedulingIgnoredDuringExecution NodeSelector @1
            # What a node must meet for the pod to be placed there. A pod that runs already stays even when its node's
            # labels change.

        type NodeAllocatableResourceClaimStatus
          # A resource claim that provides resources which count against a node's allocatable amounts.
          containers [string] @2 set  # The containers that use the claim.
          resourceClaimName! string @1  # The resource claim, in the pod's namespace.
          resources! {quantity} @3  # The amounts that the claim takes of the node's resources.

        type NodeCondition  # One observed aspect of a node.
          lastHeartbeatTime time @3  # When the node last reported the condition.
          lastTransitionTime time @4  # When the status last changed from one value to another.
          message string @6  # An explanation for people.
          reason string @5  # Why the condition last changed, as one word in CamelCase for programs.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1
            # The condition's name: Ready, MemoryPressure, DiskPressure, PIDPressure or NetworkUnavailable.

        type NodeConfigSource
          # Where a kubelet's configuration comes from. Without effect: dynamic kubelet configuration was removed in
          # Kubernetes 1.24.
          configMap ConfigMapNodeConfigSource @2  # The ConfigMap with the configuration.

        type NodeConfigStatus  # How the kubelet's configuration was applied. Not filled in since Kubernetes 1.24.
          active NodeConfigSource @2  # The configuration in use.
          assigned NodeConfigSource @1  # The configuration that the node is to use.
          error string @4  # Why the assigned configuration could not be used.
          lastKnownGood NodeConfigSource @3  # The configuration to fall back to.

        type NodeDaemonEndpoints  # Ports of the daemons on a node.
          kubeletEndpoint DaemonEndpoint @1  # The port of the kubelet's API.

        type NodeFeatures  # What the node's container runtime supports as a whole.
          supplementalGroupsPolicy bool? @1  # Whether a pod's supplementalGroupsPolicy is obeyed.

        type NodeList kind  # A list of Node objects.
          items! [Node] @2  # The Node objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type NodeRuntimeHandler  # A handler of the node's container runtime, as a RuntimeClass names it.
          features NodeRuntimeHandlerFeatures @2  # What the handler supports.
          name string @1  # The handler's name; empty for the default one.

        type NodeRuntimeHandlerFeatures  # What a handler of the container runtime supports.
          recursiveReadOnlyMounts bool? @1  # Whether mounts can be made read-only together with all mounts below them.
          userNamespaces bool? @2  # Whether pods can have user namespaces.

        type NodeSelector atomic  # Chooses nodes: one of its terms must match.
          nodeSelectorTerms! [NodeSelectorTerm] @1  # The terms, of which one is enough.

        type NodeSelectorRequirement  # One condition on a node's label or field.
          key! string @1  # The label's or field's name.
          operator! string @2  # How it is compared: In, NotIn, Exists, DoesNotExist, Gt or Lt.
          values [string] @3
            # The values to compare with: at least one for In and NotIn, none for Exists and DoesNotExist, one integer
            # for Gt and Lt.

        type NodeSelectorTerm atomic  # Conditions on a node that must all be met. An empty term matches no node.
          matchExpressions [NodeSelectorRequirement] @1  # Conditions on the node's labels.
          matchFields [NodeSelectorRequirement] @2  # Conditions on the node's fields; only metadata.name is possible.

        type NodeSpec  # How a node is set up.
          configSource NodeConfigSource @6
            # Without effect: dynamic kubelet configuration was removed in Kubernetes 1.24.
          externalID string @2  # Deprecated and without use; kept for old objects.
          podCIDR string @1
            # The network that the node's pods get their addresses from, in CIDR notation. Once set it cannot be
            # changed.
          podCIDRs [string] @7 set merge()  # The pod networks, at most one of each IP family; the first equals podCIDR.
          providerID string @3
            # The machine's id at the cloud provider, as provider://id. Once set it cannot be changed.
          taints [Taint] @5  # Taints that keep pods off the node unless they tolerate them.
          unschedulable bool @4  # Keeps new pods off the node, as kubectl cordon does. Pods that run there stay.

        type NodeStatus  # What is known about a node at present.
          addresses [NodeAddress] @5 map(type) merge(type)  # The addresses under which the node can be reached.
          allocatable {quantity} @2
            # How much pods may use of each resource: the capacity without what is reserved for the system.
          capacity {quantity} @1  # How much the node has of each resource.
          conditions [NodeCondition] @4 map(type) merge(type)
            # What was observed about the node, such as whether it is ready.
          config NodeConfigStatus @11
            # Not filled in since Kubernetes 1.24, which removed dynamic kubelet configuration.
          daemonEndpoints NodeDaemonEndpoints @6  # Ports of the daemons on the node.
          declaredFeatures [string] @14
            # Optional features that the node declares, which the scheduler compares with what pods need.
          features NodeFeatures @13  # What the container runtime supports as a whole.
          images [ContainerImage] @8  # Images present on the node, the largest first; the list may be cut off.
          nodeInfo NodeSystemInfo @7  # The node's machine and software.
          phase string @3  # Deprecated and not filled in.
          runtimeHandlers [NodeRuntimeHandler] @12  # The handlers of the container runtime.
          volumesAttached [AttachedVolume] @10  # Volumes attached to the node, with their devices.
          volumesInUse [string] @9  # The attachable volumes that the node has in use, which must not be detached.

        type NodeSwapStatus  # The swap space of a node.
          capacity int64? @1  # The size of the swap space in bytes.

        type NodeSystemInfo  # The machine and software of a node.
          architecture! string @10  # The processor architecture, such as amd64 or arm64.
          bootID! string @3  # An id that is new after each boot.
          containerRuntimeVersion! string @6  # The container runtime, as name://version such as containerd://2.1.0.
          kernelVersion! string @4  # The version of the kernel, as uname -r prints it.
          kubeProxyVersion! string @8  # Deprecated: the version of kube-proxy.
          kubeletVersion! string @7  # The version of the kubelet.
          machineID! string @1  # The machine's id from /etc/machine-id, which is unique in the cluster.
          operatingSystem! string @9  # The operating system: linux or windows.
          osImage! string @5  # The name of the distribution, from /etc/os-release.
          swap NodeSwapStatus @11  # The swap space.
          systemUUID! string @2
            # The machine's UUID from its firmware. machineID is better suited to tell machines apart.

        type ObjectFieldSelector atomic  # Names a field of the object.
          apiVersion string @1 = "v1"  # The version in which fieldPath is meant. Defaults to v1.
          fieldPath! string @2  # The field's path, such as metadata.name or metadata.labels['app'].

        type ObjectReference atomic  # Names another object, or a part of one.
          apiVersion string @5  # The object's API group and version.
          fieldPath string @7
            # The part of the object that is meant, such as spec.containers{web} for a container; empty for the whole.
          kind string @1  # The object's kind.
          name string @3  # The object's name.
          namespace string @2  # The object's namespace.
          resourceVersion string @6  # The version of the object that is meant, if a certain one is.
          uid string @4  # The object's UID.

        type PersistentVolume kind
          # A piece of storage of the cluster, made by an administrator or on demand, which a claim binds. It outlives
          # the pods that use it.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec PersistentVolumeSpec @2
            # The storage: its size, access modes, source and what becomes of it after release.
          status PersistentVolumeStatus @3  # Whether the volume is free, bound or released. Set by the server.

        type PersistentVolumeClaim kind
          # Asks for storage. It is bound to a persistent volume that fits, and pods use the volume through it.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec PersistentVolumeClaimSpec @2  # The storage that is asked for.
          status PersistentVolumeClaimStatus @3  # How the claim is doing, and what it got. Set by the server.

        type PersistentVolumeClaimCondition  # One observed aspect of a claim.
          lastProbeTime time @3  # When the condition was last checked.
          lastTransitionTime time @4  # When the status last changed from one value to another.
          message string @6  # An explanation for people.
          reason string @5  # Why the condition last changed, as one word in CamelCase for programs.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # The condition's name, such as Resizing, FileSystemResizePending or ModifyingVolume.

        type PersistentVolumeClaimList kind  # A list of PersistentVolumeClaim objects.
          items! [PersistentVolumeClaim] @2  # The PersistentVolumeClaim objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type PersistentVolumeClaimSpec  # What a claim asks for. Most of it cannot be changed after creation.
          accessModes [string] @1
            # How the volume is to be mounted: ReadWriteOnce (one node), ReadOnlyMany, ReadWriteMany or ReadWriteOncePod
            # (one pod). Cannot be changed.
          dataSource TypedLocalObjectReference @7
            # What the new volume is filled from: a VolumeSnapshot or another claim of the same namespace. Cannot be
            # changed.
          dataSourceRef TypedObjectReference @8
            # What the new volume is filled from: any kind of object with a populator for it, also one of another
            # namespace if allowed. If dataSource is given too, both must be equal.
          resources VolumeResourceRequirements @2
            # The least size of the volume, in requests.storage. It can be raised later if the storage class allows
            # expansion.
          selector LabelSelector @4  # Restricts the volumes that may be bound by their labels. Cannot be changed.
          storageClassName string? @5
            # The storage class to take the volume from. Without it the default class applies; the empty text asks for a
            # volume without a class.
          volumeAttributesClassName string? @9
            # The volume attributes class, whose parameters the driver applies to the volume. It can be changed later,
            # other than the storage class.
          volumeMode string? @6 = "Filesystem"
            # Filesystem (the default) for a mounted file system, Block for a raw device. Cannot be changed.
          volumeName string @3
            # The volume that the claim is bound to. Given at creation, it asks for this very volume; once set it cannot
            # be changed.

        type PersistentVolumeClaimStatus  # The state of a claim.
          accessModes [string] @2  # The access modes that the bound volume has.
          allocatedResourceStatuses {string} @7
            # How far the resizing of each resource has come, such as ControllerResizeInProgress or
            # NodeResizeInfeasible.
          allocatedResources {quantity} @5
            # The amounts being allocated by a resize; they may be above capacity, and count for quotas if higher.
          capacity {quantity} @3  # The actual size of the volume.
          conditions [PersistentVolumeClaimCondition] @4 map(type) merge(type)
            # What was observed about the claim, such as a resize under way.
          currentVolumeAttributesClassName string? @8  # The volume attributes class that is in effect.
          modifyVolumeStatus ModifyVolumeStatus @9
            # How far a change of the volume attributes class has come; absent when none is under way.
          phase string @1  # Pending (not bound yet), Bound, or Lost (the bound volume is gone).

        type PersistentVolumeClaimTemplate  # The claim that is made for an ephemeral volume.
          metadata ObjectMeta @1  # Labels and annotations of the new claim. No other field is allowed.
          spec! PersistentVolumeClaimSpec @2  # What the new claim asks for; the same as in a claim.

        type PersistentVolumeClaimVolumeSource  # The volume that a claim is bound to.
          claimName! string @1  # The claim, in the pod's namespace.
          readOnly bool @2  # Makes the volume read-only in every mount. Defaults to false.

        type PersistentVolumeList kind  # A list of PersistentVolume objects.
          items! [PersistentVolume] @2  # The PersistentVolume objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type PersistentVolumeSpec  # The storage behind a persistent volume: exactly one source is given.
          accessModes [string] @3
            # How the volume can be mounted: ReadWriteOnce (one node), ReadOnlyMany, ReadWriteMany or ReadWriteOncePod
            # (one pod).
          awsElasticBlockStore AWSElasticBlockStoreVolumeSource @2/2
            # An AWS Elastic Block Store disk. Deprecated in favour of the ebs.csi.aws.com driver.
          azureDisk AzureDiskVolumeSource @2/16
            # An Azure data disk. Deprecated in favour of the disk.csi.azure.com driver.
          azureFile AzureFilePersistentVolumeSource @2/13
            # An Azure file share. Deprecated in favour of the file.csi.azure.com driver.
          capacity {quantity} @1  # The volume's size, as storage.
          cephfs CephFSPersistentVolumeSource @2/9  # A Ceph file system. Deprecated, and no longer supported.
          cinder CinderPersistentVolumeSource @2/8
            # An OpenStack Cinder disk. Deprecated in favour of the cinder.csi.openstack.org driver.
          claimRef ObjectReference @4
            # The claim that the volume is bound to, or reserved for if an administrator sets it. It needs no uid to
            # reserve.
          csi CSIPersistentVolumeSource @2/22  # A volume that a CSI driver provides.
          fc FCVolumeSource @2/10  # A Fibre Channel disk.
          flexVolume FlexPersistentVolumeSource @2/12
            # A volume made by a FlexVolume plugin. Deprecated in favour of CSI drivers.
          flocker FlockerVolumeSource @2/11  # A Flocker dataset. Deprecated, and no longer supported.
          gcePersistentDisk GCEPersistentDiskVolumeSource @2/1
            # A Google Compute Engine disk. Deprecated in favour of the pd.csi.storage.gke.io driver.
          glusterfs GlusterfsPersistentVolumeSource @2/4  # A Glusterfs volume. Deprecated, and no longer supported.
          hostPath HostPathVolumeSource @2/3
            # A folder of a node, for trials on a single node; use local for anything else.
          iscsi ISCSIPersistentVolumeSource @2/7  # An iSCSI disk.
          local LocalVolumeSource @2/20  # A disk or folder of one certain node.
          mountOptions [string] @7
            # Options of the mount, such as ro or soft. They are not checked: a wrong one makes the mount fail.
          nfs NFSVolumeSource @2/5  # A folder that an NFS server exports.
          nodeAffinity VolumeNodeAffinity @9
            # The nodes from which the volume can be reached. Pods that use it are scheduled accordingly.
          persistentVolumeReclaimPolicy string @5
            # What becomes of the volume when its claim is deleted: Retain keeps it (the default of those made by hand),
            # Delete removes the storage too (the default of those made on demand), Recycle is deprecated.
          photonPersistentDisk PhotonPersistentDiskVolumeSource @2/17
            # A Photon Controller disk. Deprecated, and no longer supported.
          portworxVolume PortworxVolumeSource @2/18
            # A Portworx volume. Deprecated in favour of the pxd.portworx.com driver.
          quobyte QuobyteVolumeSource @2/15  # A Quobyte volume. Deprecated, and no longer supported.
          rbd RBDPersistentVolumeSource @2/6  # A Ceph block device. Deprecated, and no longer supported.
          scaleIO ScaleIOPersistentVolumeSource @2/19  # A ScaleIO volume. Deprecated, and no longer supported.
          storageClassName string @6  # The storage class that the volume belongs to; empty for none.
          storageos StorageOSPersistentVolumeSource @2/21  # A StorageOS volume. Deprecated, and no longer supported.
          volumeAttributesClassName string? @10
            # The volume attributes class that is in effect. Only for CSI volumes, changed through the claim.
          volumeMode string? @8  # Filesystem (the default) for a mounted file system, Block for a raw device.
          vsphereVolume VsphereVirtualDiskVolumeSource @2/14
            # A vSphere disk. Deprecated in favour of the csi.vsphere.vmware.com driver.

        type PersistentVolumeStatus  # The state of a persistent volume.
          lastPhaseTransitionTime time @4  # When the phase last changed.
          message string @2  # An explanation of the state for people.
          phase string @1  # Pending, Available (free), Bound, Released (its claim was deleted) or Failed.
          reason string @3  # Why a volume failed, as one word in CamelCase.

        type PhotonPersistentDiskVolumeSource
          # A Photon Controller disk. Deprecated, and its plugin is no longer part of Kubernetes.
          fsType string @2
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          pdID! string @1  # The disk's id at the Photon Controller.

        type Pod kind  # One or more containers that run together on one node and share its network and volumes.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec PodSpec @2  # What the pod is to run, and how.
          status PodStatus @3  # What the pod does at present. Set by the server and the node.

        type PodAffinity  # Rules that place a pod near certain other pods.
          preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm] @2
            # Preferences with weights. The scheduler adds up the weights of those a node meets and takes the best node,
            # but others are possible.
          requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm] @1
            # Terms that all must hold on the node for the pod to be placed there. A pod that runs already stays when
            # they hold no longer.

        type PodAffinityTerm  # Other pods, and how near is meant: the same value of a node label.
          labelSelector LabelSelector @1  # Chooses the other pods by their labels. Absent, it matches no pods.
          matchLabelKeys [string] @5
            # Labels of the incoming pod whose values the other pods must share, such as pod-template-hash. Requires
            # labelSelector.
          mismatchLabelKeys [string] @6
            # Labels of the incoming pod whose values the other pods must not share. Requires labelSelector.
          namespaceSelector LabelSelector @4
            # Chooses namespaces of the other pods by their labels, beside those listed in namespaces. Empty means all
            # of them.
          namespaces [string] @2  # Namespaces of the other pods. Without it and namespaceSelector the pod's own counts.
          topologyKey! string @3
            # The node label that says which nodes belong together, such as kubernetes.io/hostname or
            # topology.kubernetes.io/zone. Required.

        type PodAntiAffinity  # Rules that keep a pod away from certain other pods.
          preferredDuringSchedulingIgnoredDuringExecution [WeightedPodAffinityTerm] @2
            # Preferences with weights. The scheduler adds up the weights of those a node meets and takes the best node,
            # but others are possible.
          requiredDuringSchedulingIgnoredDuringExecution [PodAffinityTerm] @1
            # Terms of which none may be met by pods near the node for the pod to be placed there. A pod that runs
            # already stays.

        type PodCertificateProjection
          # A key and certificate for the pod, requested by a PodCertificateRequest and renewed before it expires.
          certificateChainPath string @6
            # The file for the certificate chain in PEM, as a relative path; prefer credentialBundlePath.
          credentialBundlePath string @4
            # The file for the key followed by the certificate chain in PEM, as a relative path. One file keeps the two
            # consistent.
          keyPath string @5  # The file for the key in PEM, as a relative path; prefer credentialBundlePath.
          keyType! string @2  # The kind of key: RSA3072, RSA4096, ECDSAP256, ECDSAP384, ECDSAP521 or ED25519.
          maxExpirationSeconds int32? @3
            # The longest lifetime of the certificate in seconds, from 3600 (one hour) to 7862400 (91 days). Defaults to
            # 86400 (one day).
          signerName! string @1  # The signer that issues the certificate.
          userAnnotations {string} @7
            # Further data for the signer by prefixed key; what it understands is its own matter.

        type PodCondition  # One observed aspect of a pod.
          lastProbeTime time @3  # When the condition was last checked.
          lastTransitionTime time @4  # When the status last changed from one value to another.
          message string @6  # An explanation for people.
          observedGeneration int64 @7  # The metadata.generation that the condition was computed from.
          reason string @5  # Why the condition last changed, as one word in CamelCase for programs.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1
            # The condition's name, such as PodScheduled, Initialized, ContainersReady or Ready, or one named by a
            # readiness gate.

        type PodDNSConfig  # DNS settings of a pod, added to those that dnsPolicy yields.
          nameservers [string] @1
            # IP addresses of further name servers; duplicates are removed. With dnsPolicy None at least one is
            # required.
          options [PodDNSConfigOption] @3
            # Resolver options, added to the others; they override those of the same name.
          searches [string] @2  # Further domains in which short names are looked up; duplicates are removed.

        type PodDNSConfigOption  # An option of the resolver.
          name string @1  # The option's name, such as ndots. Required.
          value string? @2  # The option's value, if it has one.

        type PodExtendedResourceClaimStatus  # The resource claim made to provide a pod's extended resources.
          requestMappings! [ContainerExtendedResourceRequest] @1
            # Which request of the claim serves which extended resource of which container.
          resourceClaimName! string @2  # The resource claim, in the pod's namespace.

        type PodIP  # An address of a pod.
          ip! string @1  # The IP address.

        type PodList kind  # A list of Pod objects.
          items! [Pod] @2  # The Pod objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type PodOS  # The operating system that a pod is made for.
          name! string @1
            # The operating system: linux or windows. Fields that belong to the other one are then refused.

        type PodReadinessGate  # A condition that must be true for a pod to be ready.
          conditionType! string @1  # The type of a condition in the pod's status, set by some controller.

        type PodResourceClaim
          # A resource claim that containers of the pod may use, either an existing one or one made from a template.
          name! string @1  # The name by which containers refer to it, unique in the pod.
          resourceClaimName string? @3
            # A resource claim in the pod's namespace. Exactly one of this and resourceClaimTemplateName is given.
          resourceClaimTemplateName string? @4
            # A template in the pod's namespace, from which a claim is made for the pod and deleted with it. Cannot be
            # changed.

        type PodResourceClaimStatus  # The claim that was made for an entry of a pod's resourceClaims.
          name! string @1  # The name of the entry in the pod's resourceClaims.
          resourceClaimName string? @2  # The claim made from the template. Absent if none was needed.

        type PodSchedulingGate  # Something that holds up a pod's scheduling.
          name! string @1  # The gate's name, unique in the pod.

        type PodSchedulingGroup  # The group of pods together with which a pod is scheduled.
          podGroupName string? @1
            # The PodGroup, in the pod's namespace, that the pod belongs to. If it does not exist yet, the pod waits.
            # Cannot be changed.

        type PodSecurityContext
          # Security settings for all containers of a pod; most can be overridden in a container's own.
          appArmorProfile AppArmorProfile @11  # The AppArmor profile. Not for Windows.
          fsGroup int64? @5
            # A group to which volumes that support ownership belong, and all processes too. Files made in them get it
            # as well. Not for Windows.
          fsGroupChangePolicy string? @9
            # When volumes are given to fsGroup: Always (the default), or OnRootMismatch only if their root does not
            # have it yet, which is faster.
          runAsGroup int64? @6
            # The id of the primary group of processes. Defaults to what the image says. Not for Windows.
          runAsNonRoot bool? @3  # If true, a container that would run as root (user id 0) is refused by the node.
          runAsUser int64? @2  # The user id of processes. Defaults to what the image says. Not for Windows.
          seLinuxChangePolicy string? @13
            # How volumes get the SELinux label: MountOption (fast, by the mount) or Recursive (file by file, for
            # volumes shared between pods of different labels).
          seLinuxOptions SELinuxOptions @1
            # The SELinux label of processes. Without it the container runtime chooses a random one for each container.
            # Not for Windows.
          seccompProfile SeccompProfile @10  # Which system calls are allowed. Not for Windows.
          supplementalGroups [int64] @4
            # Ids of further groups of the first process in each container. Not for Windows.
          supplementalGroupsPolicy string? @12
            # Merge (the default) adds the groups that the image gives the user, Strict leaves these out. The container
            # runtime must support it.
          sysctls [Sysctl] @7
            # Kernel parameters of the pod's namespaces. A pod with parameters that the node does not allow fails to
            # start.
          windowsOptions WindowsSecurityContextOptions @8
            # Settings for Windows; only with the operating system windows.

        type PodSpec  # What a pod runs, where it may run, and what becomes of it when containers end.
          activeDeadlineSeconds int64? @5
            # Seconds after its start at which the pod is failed and its containers are stopped. A positive number,
            # which may only be lowered later.
          affinity Affinity @18  # Rules that draw the pod towards nodes and other pods, or keep it away from them.
          automountServiceAccountToken bool? @21
            # Whether a token of the service account is mounted into the containers. Defaults to what the service
            # account says, else to true.
          containers! [Container] @2 map(name) merge(name)
            # The containers of the pod, at least one. None can be added or removed later.
          dnsConfig PodDNSConfig @26  # DNS settings, added to those that dnsPolicy yields.
          dnsPolicy string @6 = "ClusterFirst"
            # Where DNS settings come from: ClusterFirst (the cluster's DNS, the default), ClusterFirstWithHostNet (the
            # same for pods with hostNetwork), Default (the node's), or None (only dnsConfig).
          enableServiceLinks bool? @30
            # Whether the services of the namespace appear as environment variables. Defaults to true.
          ephemeralContainers [EphemeralContainer] @34 map(name) merge(name)
            # Containers added to the running pod for debugging. Only the ephemeralcontainers subresource can add them.
          hostAliases [HostAlias] @23 map(ip) merge(ip)  # Entries added to the hosts file of the containers.
          hostIPC bool @13  # Shares the node's IPC namespace. Defaults to false.
          hostNetwork bool @11
            # Uses the node's network in place of one of the pod's own. Host ports must then equal container ports.
            # Defaults to false.
          hostPID bool @12  # Shares the node's process namespace. Defaults to false.
          hostUsers bool? @37
            # If false, the pod gets a user namespace, so that root in it is an ordinary user of the node. Defaults to
            # true.
          hostname string @16  # The host name in the pod. Defaults to the pod's name.
          hostnameOverride string? @41
            # The host name in the pod, over what hostname and subdomain say; DNS records stay as they are. At most 64
            # characters; not with hostNetwork or setHostnameAsFQDN.
          imagePullSecrets [LocalObjectReference] @15 map(name) merge(name)
            # Secrets of the namespace with credentials for the registries of the images.
          initContainers [Container] @20 map(name) merge(name)
            # Containers that run one after the other before the others start; each must succeed. One with restartPolicy
            # Always is a sidecar that goes on running. Cannot be changed, except for images.
          nodeName string @10
            # The node that the pod runs on, set by the scheduler. Given at creation, it passes over the scheduler; once
            # set it cannot be changed.
          nodeSelector {string} @7 atomic  # Labels that a node must have for the pod to be placed there.
          os PodOS @36
            # The operating system that the pod is made for. Fields that belong to another one are then refused.
          overhead {quantity} @32
            # Resources that the pod needs beyond its containers, taken from the RuntimeClass. It is filled in by the
            # server and counts for scheduling and quotas.
          preemptionPolicy string? @31
            # PreemptLowerPriority (the default) lets the pod push out pods of lower priority when there is no room,
            # Never does not.
          priority int32? @25
            # The pod's priority: the higher, the earlier it is scheduled. Filled in from priorityClassName by the
            # server.
          priorityClassName string @24
            # The PriorityClass that gives the pod its priority. Without it the default class applies, or priority 0.
          readinessGates [PodReadinessGate] @28
            # Conditions of the pod's status that must be true, besides ready containers, for the pod to be ready.
          resourceClaims [PodResourceClaim] @39 map(name) merge(name) retainKeys
            # Resource claims that must be allocated before the pod can start. Containers name those they use. Cannot be
            # changed.
          resources ResourceRequirements @40
            # Requests and limits of the pod as a whole, shared by its containers; for cpu, memory and hugepages only.
          restartPolicy string @3 = "Always"
            # When containers that end are restarted: Always (the default), OnFailure or Never. Jobs allow only the last
            # two. Delays between restarts grow up to five minutes.
          runtimeClassName string? @29
            # The RuntimeClass that says how the pod's containers are run. Without it the container runtime's default
            # applies.
          schedulerName string @19 = "default-scheduler"
            # The scheduler that places the pod. Defaults to default-scheduler.
          schedulingGates [PodSchedulingGate] @38 map(name) merge(name)
            # Gates that hold up scheduling: the pod waits until the list is empty. Gates can only be given at creation
            # and removed later.
          schedulingGroup PodSchedulingGroup @43
            # The group of pods together with which the pod is scheduled. Cannot be changed.
          securityContext PodSecurityContext @14 = {}
            # Security settings for all containers of the pod. Defaults to none.
          serviceAccount string @9  # Deprecated alias of serviceAccountName.
          serviceAccountName string @8  # The service account that the pod acts as. Defaults to default.
          setHostnameAsFQDN bool? @35
            # Makes the full domain name the host name of the pod, rather than its first part. Defaults to false.
          shareProcessNamespace bool? @27
            # Lets the containers see each other's processes; they then do not have process id 1. Not with hostPID.
            # Defaults to false.
          subdomain string @17
            # Makes the pod's domain name hostname.subdomain.namespace.svc and the cluster's domain. A headless service
            # of this name puts it into DNS.
          terminationGracePeriodSeconds int64? @4 = 30
            # Seconds between the signal that asks containers to stop and the one that kills them; 0 kills at once.
            # Defaults to 30.
          tolerations [Toleration] @22  # Taints that the pod puts up with.
          topologySpreadConstraints [TopologySpreadConstraint] @33 map(topologyKey,whenUnsatisfiable) merge(topologyKey)
            # How evenly pods are to be spread over zones, nodes or the like. All constraints must hold.
          volumes [Volume] @1 map(name) merge(name) retainKeys  # Volumes that containers of the pod can mount.

        type PodStatus  # The state of a pod, as last reported; it may lag behind when the node is out of reach.
          allocatedResources {quantity} @19  # The amounts that the node has set aside for the pod as a whole.
          conditions [PodCondition] @2 map(type) merge(type)
            # What was observed about the pod, such as whether it is scheduled and ready.
          containerStatuses [ContainerStatus] @8  # The state of each container.
          ephemeralContainerStatuses [ContainerStatus] @13  # The state of each ephemeral container.
          extendedResourceClaimStatus PodExtendedResourceClaimStatus @18
            # The resource claim made to provide the pod's extended resources.
          hostIP string @5  # The IP address of the pod's node; empty until the pod is placed there.
          hostIPs [HostIP] @16 merge(ip)  # All IP addresses of the node; the first equals hostIP.
          initContainerStatuses [ContainerStatus] @10
            # The state of each init container; the most recent one that succeeded is ready.
          message string @3  # An explanation of the pod's state for people.
          nodeAllocatableResourceClaimStatuses [NodeAllocatableResourceClaimStatus] @21
            # Resource claims of the pod that count against the node's allocatable amounts.
          nominatedNodeName string @11
            # The node on which pods are being pushed out to make room for this one. It may be placed elsewhere in the
            # end.
          observedGeneration int64 @17  # The metadata.generation of the spec that the node has seen.
          phase string @1
            # Where the pod stands: Pending (containers do not run yet), Running, Succeeded (all ended with exit code
            # 0), Failed or Unknown.
          podIP string @6  # The pod's IP address, reachable at least in the cluster; empty until it is given one.
          podIPs [PodIP] @12 map(ip) merge(ip)
            # All IP addresses of the pod, at most one of each IP family; the first equals podIP.
          qosClass string @9
            # The quality of service that its requests and limits amount to: Guaranteed, Burstable or BestEffort. The
            # latter are evicted first.
          reason string @4  # What led to this state, as one word in CamelCase such as Evicted.
          resize string @14
            # Deprecated in favour of the conditions PodResizePending and PodResizeInProgress: how far a resize has
            # come.
          resourceClaimStatuses [PodResourceClaimStatus] @15 map(name) merge(name) retainKeys
            # The resource claims that were made for the pod.
          resources ResourceRequirements @20  # The requests and limits of the pod as a whole that are in effect.
          startTime time @7  # When the node accepted the pod, before images were pulled.

        type PodTemplate kind  # A template for pods, stored as an object of its own.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          template PodTemplateSpec @2  # The pods to make.

        type PodTemplateList kind  # A list of PodTemplate objects.
          items! [PodTemplate] @2  # The PodTemplate objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type PodTemplateSpec  # What pods made by a controller look like.
          metadata ObjectMeta @1  # Labels and annotations of the pods.
          spec PodSpec @2  # What the pods run, and how.

        type PortStatus  # The state of a service's port at a load balancer.
          error string? @3  # What is wrong with the port, as one word; absent if nothing is.
          port! int32 @1  # The port of the service.
          protocol! string @2  # The port's protocol: TCP, UDP or SCTP.

        type PortworxVolumeSource  # A Portworx volume. Deprecated in favour of the pxd.portworx.com driver.
          fsType string @2
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          volumeID! string @1  # The volume's id.

        type PreferredSchedulingTerm  # A preference for certain nodes.
          preference! NodeSelectorTerm @2  # The nodes that are preferred.
          weight! int32 @1  # How much it counts, from 1 to 100.

        type Probe
          # A check that the node performs on a container at intervals. Exactly one of exec, grpc, httpGet and tcpSocket
          # is given.
          exec ExecAction @1/1  # Runs a command in the container.
          failureThreshold int32 @6 = 3  # How many failures in a row count as failed. Defaults to 3, at least 1.
          grpc GRPCAction @1/4  # Calls the gRPC health service.
          httpGet HTTPGetAction @1/2  # Sends an HTTP GET request.
          initialDelaySeconds int32 @2  # Seconds to wait after the container has started. Defaults to 0.
          periodSeconds int32 @4 = 10  # Seconds between two checks. Defaults to 10, at least 1.
          successThreshold int32 @5 = 1
            # How many successes in a row count as success after a failure. Defaults to 1, which liveness and startup
            # probes require.
          tcpSocket TCPSocketAction @1/3  # Opens a TCP connection.
          terminationGracePeriodSeconds int64? @7
            # Seconds that the container may take to stop after the probe has failed, in place of the pod's
            # terminationGracePeriodSeconds. At least 1; not for readiness probes.
          timeoutSeconds int32 @3 = 1  # Seconds after which a check counts as failed. Defaults to 1, at least 1.

        type ProjectedVolumeSource  # Several sources of files in one volume.
          defaultMode int32? @2 = 420
            # Permissions of the files that do not name their own, from 0000 to 0777 in octal YAML or 0 to 511 in JSON.
            # Defaults to 0644 (420). With fsGroup the group may get more.
          sources [VolumeProjection] @1  # The sources. Their paths must not collide.

        type QuobyteVolumeSource  # A Quobyte volume. Deprecated, and its plugin is no longer part of Kubernetes.
          group string @5  # The group to which the volume is mapped. Defaults to none.
          readOnly bool @3
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          registry! string @1  # The Quobyte registries, as host:port separated by commas.
          tenant string @6  # The tenant that owns the volume; set by plugins for volumes made on demand.
          user string @4  # The user to which the volume is mapped. Defaults to the service account's user.
          volume! string @2  # The name of a volume that exists.

        type RBDPersistentVolumeSource
          # A Ceph block device. Deprecated, and its plugin is no longer part of Kubernetes.
          fsType string @3
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          image! string @2  # The name of the RBD image.
          keyring string @6 = "/etc/ceph/keyring"
            # The path of the user's key ring on the node. Defaults to /etc/ceph/keyring.
          monitors! [string] @1  # The addresses of the Ceph monitors.
          pool string @4 = "rbd"  # The pool that holds the image. Defaults to rbd.
          readOnly bool @8
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef SecretReference @7  # The secret with the user's key; it takes precedence over keyring.
          user string @5 = "admin"  # The Ceph user. Defaults to admin.

        type RBDVolumeSource  # A Ceph block device. Deprecated, and its plugin is no longer part of Kubernetes.
          fsType string @3
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          image! string @2  # The name of the RBD image.
          keyring string @6 = "/etc/ceph/keyring"
            # The path of the user's key ring on the node. Defaults to /etc/ceph/keyring.
          monitors! [string] @1  # The addresses of the Ceph monitors.
          pool string @4 = "rbd"  # The pool that holds the image. Defaults to rbd.
          readOnly bool @8
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef LocalObjectReference @7  # The secret with the user's key; it takes precedence over keyring.
          user string @5 = "admin"  # The Ceph user. Defaults to admin.

        type ReplicationController kind
          # Keeps a number of equal pods running. Deployments do this better and should be used instead.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec ReplicationControllerSpec @2  # How many pods there are to be, and what they look like.
          status ReplicationControllerStatus @3  # How many pods there are. Set by the server.

        type ReplicationControllerCondition  # One observed aspect of a replication controller.
          lastTransitionTime time @3  # When the status last changed from one value to another.
          message string @5  # An explanation for people.
          reason string @4  # Why the condition last changed, as one word in CamelCase for programs.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # The condition's name, such as ReplicaFailure.

        type ReplicationControllerList kind  # A list of ReplicationController objects.
          items! [ReplicationController] @2  # The ReplicationController objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type ReplicationControllerSpec  # The pods that a replication controller is to keep.
          minReadySeconds int32 @4  # Seconds that a new pod must be ready before it counts as available. Defaults to 0.
          replicas int32? @1 = 1  # How many pods there are to be. Defaults to 1.
          selector {string} @2 atomic
            # Labels of the pods that are counted. Defaults to the labels of the template, which must have them.
          template PodTemplateSpec @3  # The pods to make when there are too few. Their restart policy must be Always.

        type ReplicationControllerStatus  # The pods that a replication controller has.
          availableReplicas int32 @5  # How many pods have been ready for at least minReadySeconds.
          conditions [ReplicationControllerCondition] @6 map(type) merge(type)
            # What was observed about the replication controller.
          fullyLabeledReplicas int32 @2  # How many pods have all labels of the template.
          observedGeneration int64 @3  # The metadata.generation that the controller has last acted upon.
          readyReplicas int32 @4  # How many pods are ready.
          replicas! int32 @1  # How many pods there are.

        type ResourceClaim  # A claim that a container uses, as an entry of the pod's resourceClaims.
          name! string @1  # The name of the entry in the pod's resourceClaims.
          request string @2
            # The request of the claim whose devices the container gets. Without it, it gets all of the claim's.

        type ResourceFieldSelector atomic  # Names a container's amount of a resource.
          containerName string @1  # The container. Required in volumes; environment variables default to their own.
          divisor quantity @3  # The unit of the result, such as 1m or 1Mi. Defaults to 1; the result is rounded up.
          resource! string @2  # The resource, as limits.cpu or requests.memory.

        type ResourceHealth  # The health of one device.
          health string @2  # Healthy, Unhealthy or Unknown.
          message string? @6  # An explanation for people; not every driver gives one.
          resourceID! string @1  # The device's unique id, as the driver or plugin names it.

        type ResourceQuota kind  # Limits how much all objects of a namespace together may use.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec ResourceQuotaSpec @2  # The limits.
          status ResourceQuotaStatus @3  # The limits in force and what is in use. Set by the server.

        type ResourceQuotaList kind  # A list of ResourceQuota objects.
          items! [ResourceQuota] @2  # The ResourceQuota objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type ResourceQuotaSpec  # The limits of a namespace.
          hard {quantity} @1
            # The highest amount of each resource, such as requests.cpu, limits.memory, pods or count/deployments.apps.
          scopeSelector ScopeSelector @3
            # Restricts the quota to objects that meet conditions on scopes, such as a priority class. Added to scopes;
            # all must hold.
          scopes [string] @2
            # Restricts the quota to objects that match every scope, such as BestEffort or NotTerminating. Empty means
            # all objects.

        type ResourceQuotaStatus  # The limits in force and what is in use.
          hard {quantity} @1  # The limits in force.
          used {quantity} @2  # The amounts in use in the namespace.

        type ResourceRequirements  # Amounts of resources such as cpu and memory.
          claims [ResourceClaim] @3 map(name)
            # Resource claims of the pod that the container uses. Only for containers; cannot be changed.
          limits {quantity} @1
            # The most that may be used. Above it cpu is throttled, and a process that exceeds memory is killed.
          requests {quantity} @2
            # The least that must be available, by which pods are placed. Defaults to limits where these are given;
            # cannot exceed them.

        type ResourceStatus  # The health of the devices of one resource.
          name! string @1
            # The resource: an extended resource's name, or claim: with a claim's name and, if any, a slash and the
            # request.
          resources [ResourceHealth] @2 map(resourceID)  # The devices and their health.

        type SELinuxOptions  # An SELinux label.
          level string @4  # The level of the label, such as s0:c123,c456.
          role string @2  # The role of the label.
          type string @3  # The type of the label.
          user string @1  # The user of the label.

        type ScaleIOPersistentVolumeSource
          # A ScaleIO volume. Deprecated, and its plugin is no longer part of Kubernetes.
          fsType string @9 = "xfs"
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          gateway! string @1  # The address of the ScaleIO API gateway.
          protectionDomain string @5  # The protection domain of the storage.
          readOnly bool @10
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef! SecretReference @3  # The secret with the ScaleIO credentials.
          sslEnabled bool @4  # Whether the gateway is reached by TLS. Defaults to false.
          storageMode string @7 = "ThinProvisioned"
            # How the storage is provisioned: ThinProvisioned (the default) or ThickProvisioned.
          storagePool string @6  # The storage pool within the protection domain.
          system! string @2  # The name of the storage system.
          volumeName string @8  # The name of a volume that exists.

        type ScaleIOVolumeSource  # A ScaleIO volume. Deprecated, and its plugin is no longer part of Kubernetes.
          fsType string @9 = "xfs"
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          gateway! string @1  # The address of the ScaleIO API gateway.
          protectionDomain string @5  # The protection domain of the storage.
          readOnly bool @10
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef! LocalObjectReference @3  # The secret with the ScaleIO credentials.
          sslEnabled bool @4  # Whether the gateway is reached by TLS. Defaults to false.
          storageMode string @7 = "ThinProvisioned"
            # How the storage is provisioned: ThinProvisioned (the default) or ThickProvisioned.
          storagePool string @6  # The storage pool within the protection domain.
          system! string @2  # The name of the storage system.
          volumeName string @8  # The name of a volume that exists.

        type ScopeSelector atomic  # Conditions on the scopes of a quota.
          matchExpressions [ScopedResourceSelectorRequirement] @1  # Conditions that must all be met.

        type ScopedResourceSelectorRequirement  # One condition on a scope.
          operator! string @2  # How the scope is compared: In, NotIn, Exists or DoesNotExist.
          scopeName! string @1
            # The scope: Terminating, NotTerminating, BestEffort, NotBestEffort, PriorityClass,
            # CrossNamespacePodAffinity or VolumeAttributesClass.
          values [string] @3
            # The values to compare with: at least one for In and NotIn, none for Exists and DoesNotExist.

        type SeccompProfile  # Restricts the system calls of processes.
          localhostProfile string? @2
            # The path of a profile on the node, below the kubelet's seccomp folder. Required with type Localhost and
            # not allowed with any other.
          type! string @1
            # Where the profile comes from: Localhost (a file on the node), RuntimeDefault (the container runtime's own)
            # or Unconfined.

        type Secret kind
          # Confidential data, such as passwords and keys, at most 1 MiB in total, used as environment or mounted as
          # files.
          data {bytes} @2  # The data in base64, by key. Keys consist of letters, digits, dash, underscore and dot.
          immutable bool? @5
            # If true, the data cannot be changed any more, and neither can this field; only deletion is left. Defaults
            # to false.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          stringData {string} @4  # Data as plain text, merged into data when written. It is never returned.
          type string @3 = "Opaque"
            # What the secret is for, such as kubernetes.io/tls or kubernetes.io/dockerconfigjson; known types must have
            # certain keys. Defaults to Opaque; cannot be changed.

        type SecretEnvSource  # Takes every key of a Secret as an environment variable.
          name string @1/1  # The name of the Secret, in the pod's namespace.
          optional bool? @2  # Lets the container start although the Secret does not exist. Defaults to false.

        type SecretKeySelector atomic  # Names one key of a Secret.
          key! string @2  # The key to take the value from.
          name string @1/1  # The name of the Secret, in the pod's namespace.
          optional bool? @3
            # Lets the container start although the Secret or the key does not exist. Defaults to false.

        type SecretList kind  # A list of Secret objects.
          items! [Secret] @2  # The Secret objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type SecretProjection  # Writes the keys of a Secret as files into a projected volume.
          items [KeyToPath] @2
            # Which keys become files, and under which paths. Without it every key becomes a file of its name.
          name string @1/1  # The name of the Secret, in the pod's namespace.
          optional bool? @4  # Lets the pod start although the Secret or a key does not exist. Defaults to false.

        type SecretReference atomic  # Names a Secret in any namespace.
          name string @1  # The name of the Secret.
          namespace string @2  # The namespace of the Secret.

        type SecretVolumeSource
          # A volume, kept in memory, with the keys of a Secret as files. It follows changes of the Secret.
          defaultMode int32? @3 = 420
            # Permissions of the files that do not name their own, from 0000 to 0777 in octal YAML or 0 to 511 in JSON.
            # Defaults to 0644 (420). With fsGroup the group may get more.
          items [KeyToPath] @2
            # Which keys become files, and under which paths. Without it every key becomes a file of its name.
          optional bool? @4  # Lets the pod start although the Secret or a key does not exist. Defaults to false.
          secretName string @1  # Which Secret, in the pod's namespace.

        type SecurityContext  # Security settings of a container. They override those of the pod.
          allowPrivilegeEscalation bool? @7
            # Whether a process may gain more privileges than its parent. Always true for privileged containers and with
            # CAP_SYS_ADMIN. Not for Windows.
          appArmorProfile AppArmorProfile @12  # The AppArmor profile. Not for Windows.
          capabilities Capabilities @1
            # Linux capabilities to add and to drop. Defaults to what the container runtime grants. Not for Windows.
          privileged bool? @2
            # Gives the container all the power of root on the node. Defaults to false. Not for Windows.
          procMount string? @9
            # Default hides parts of /proc as the container runtime does, Unmasked shows all of it and requires
            # hostUsers to be false. Not for Windows.
          readOnlyRootFilesystem bool? @6
            # Makes the root file system of the container read-only. Defaults to false. Not for Windows.
          runAsGroup int64? @8
            # The id of the primary group of processes. Defaults to what the image says. Not for Windows.
          runAsNonRoot bool? @5  # If true, a container that would run as root (user id 0) is refused by the node.
          runAsUser int64? @4  # The user id of processes. Defaults to what the image says. Not for Windows.
          seLinuxOptions SELinuxOptions @3
            # The SELinux label of processes. Without it the container runtime chooses a random one for each container.
            # Not for Windows.
          seccompProfile SeccompProfile @11  # Which system calls are allowed. Not for Windows.
          windowsOptions WindowsSecurityContextOptions @10
            # Settings for Windows; only with the operating system windows.

        type Service kind  # A stable address and name for a set of pods, over which it spreads traffic.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          spec ServiceSpec @2  # Which pods the service stands for, and how it is reached.
          status ServiceStatus @3  # The state of the service's load balancer. Set by the server.

        type ServiceAccount kind  # An identity for programs that run in pods.
          automountServiceAccountToken bool? @4
            # Whether pods of this account get a token mounted, unless they say otherwise themselves.
          imagePullSecrets [LocalObjectReference] @3
            # Secrets with registry credentials, given to pods of this account that name none.
          metadata ObjectMeta @1
            # Standard object metadata: name, namespace, labels, annotations and what the server records.
          secrets [ObjectReference] @2 map(name) merge(name)
            # Deprecated: secrets that pods of this account may mount, enforced only with the annotation
            # kubernetes.io/enforce-mountable-secrets.

        type ServiceAccountList kind  # A list of ServiceAccount objects.
          items! [ServiceAccount] @2  # The ServiceAccount objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type ServiceAccountTokenProjection
          # Writes a token of the pod's service account to a file, and renews it in time.
          audience string @1  # For whom the token is meant; others must refuse it. Defaults to the API server.
          expirationSeconds int64? @2 = 3600
            # The token's lifetime in seconds, at least 600. It is renewed after 80 percent of it, or after 24 hours.
            # Defaults to 3600.
          path! string @3  # The file's path in the volume, relative.

        type ServiceList kind  # A list of Service objects.
          items! [Service] @2  # The Service objects.
          metadata ListMeta @1
            # List metadata: the resource version of the list, and the token for the next page if there is one.

        type ServicePort  # A port of a service.
          appProtocol string? @6
            # The application protocol, such as kubernetes.io/h2c or a name registered with IANA. A hint for proxies and
            # load balancers.
          name string @1
            # The port's name, a DNS label that is unique in the service. Required if there are several ports.
          nodePort int32 @5
            # The port opened on every node for types NodePort and LoadBalancer. Chosen by the server when not given,
            # from 30000 to 32767 unless configured otherwise.
          port! int32 @3  # The port of the service, from 1 to 65535.
          protocol string @2 = "TCP"  # The protocol: TCP (the default), UDP or SCTP.
          targetPort intOrString @4
            # The port of the pods, by number (1 to 65535) or by the name of a container's port. Defaults to port;
            # ignored for headless services.

        type ServiceSpec  # How a service is reached, and which pods it stands for.
          allocateLoadBalancerNodePorts bool? @20
            # Whether a LoadBalancer service gets node ports. Defaults to true; set it to false if the load balancer
            # reaches the pods otherwise.
          clusterIP string @3
            # The virtual IP address, chosen by the server if not given; None makes the service headless, with DNS
            # entries for the pods instead. Cannot be changed in general.
          clusterIPs [string] @18
            # The virtual IP addresses, at most one of each IP family; the first equals clusterIP.
          externalIPs [string] @5
            # Further addresses at which nodes take traffic for the service. Kubernetes does not route them: that is up
            # to the administrator.
          externalName string @10
            # The host name that DNS answers for the service, as a CNAME. Required with type ExternalName.
          externalTrafficPolicy string @11
            # Where traffic from outside goes: Cluster (all pods, the default), or Local (pods of the node it reached
            # only), which keeps the client's address.
          healthCheckNodePort int32 @12
            # The node port at which load balancers ask whether a node has pods of the service. For type LoadBalancer
            # with externalTrafficPolicy Local; once set it cannot be changed.
          internalTrafficPolicy string? @22
            # Where traffic from the cluster goes: Cluster (all pods, the default), or Local (pods of the same node
            # only).
          ipFamilies [string] @19
            # The IP families of the service, IPv4 or IPv6 or both. Filled in by the server; the first one cannot be
            # changed.
          ipFamilyPolicy string? @17
            # SingleStack (the default), PreferDualStack (both families if the cluster has them) or RequireDualStack.
          loadBalancerClass string? @21
            # The load balancer implementation that serves the service, such as example.com/internal. Only with type
            # LoadBalancer; once set it cannot be changed.
          loadBalancerIP string @8
            # Deprecated: the address that the load balancer should have. Not every provider obeys it.
          loadBalancerSourceRanges [string] @9
            # The client networks, in CIDR notation, that the load balancer lets in, if the provider supports it.
            # Defaults to all.
          ports [ServicePort] @1 map(port,protocol) merge(port)  # The ports of the service.
          publishNotReadyAddresses bool @13
            # Whether pods count as ready at once, so that DNS shows them while they start. Meant for peers that find
            # each other. Defaults to false.
          selector {string} @2 atomic
            # Labels of the pods that traffic goes to. Without it endpoints are not managed by the server. Ignored for
            # type ExternalName.
          sessionAffinity string @7 = "None"
            # ClientIP keeps each client with the same pod, None (the default) does not.
          sessionAffinityConfig SessionAffinityConfig @14  # Settings of the session affinity.
          trafficDistribution string? @23
            # A preference for near pods: PreferSameZone, PreferSameNode or, as an older name of the former,
            # PreferClose. Without it traffic goes to all alike.
          type string @4 = "ClusterIP"
            # How the service is offered: ClusterIP (in the cluster, the default), NodePort (also on every node),
            # LoadBalancer (also at an external load balancer), or ExternalName (an alias in DNS).

        type ServiceStatus  # The state of a service.
          conditions [Condition] @2 map(type) merge(type)  # What was observed about the service.
          loadBalancer LoadBalancerStatus @1  # The state of the load balancer, if there is one.

        type SessionAffinityConfig  # Settings of session affinity.
          clientIP ClientIPConfig @1  # Settings of affinity by the client's address.

        type SleepAction  # Waits before a container is stopped or after it started.
          seconds! int64 @1  # How many seconds to wait, not more than the termination grace period.

        type StorageOSPersistentVolumeSource
          # A StorageOS volume. Deprecated, and its plugin is no longer part of Kubernetes.
          fsType string @3
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          readOnly bool @4
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef ObjectReference @5  # The secret with the StorageOS credentials.
          volumeName string @1  # The volume's name, unique in its StorageOS namespace.
          volumeNamespace string @2
            # The StorageOS namespace of the volume. Defaults to that of the pod; default if namespaces are not
            # mirrored.

        type StorageOSVolumeSource  # A StorageOS volume. Deprecated, and its plugin is no longer part of Kubernetes.
          fsType string @3
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          readOnly bool @4
            # Attaches the volume read-only for every container, whatever the volume mounts say. Defaults to false.
          secretRef LocalObjectReference @5  # The secret with the StorageOS credentials.
          volumeName string @1  # The volume's name, unique in its StorageOS namespace.
          volumeNamespace string @2
            # The StorageOS namespace of the volume. Defaults to that of the pod; default if namespaces are not
            # mirrored.

        type Sysctl  # A kernel parameter.
          name! string @1  # The parameter's name, such as net.core.somaxconn.
          value! string @2  # The parameter's value.

        type TCPSocketAction  # Opens a TCP connection; that it opens is success.
          host string @2  # The host to connect to, by default the pod's IP.
          port! intOrString @1  # The container's port, by number (1 to 65535) or by name.

        type Taint  # Keeps pods off a node unless they tolerate it.
          effect! string @3
            # What happens to pods without a toleration: NoSchedule keeps new ones off, PreferNoSchedule does so if
            # possible, NoExecute evicts running ones as well.
          key! string @1  # The taint's key, in the form of a label's name.
          timeAdded time @4  # When the taint was added.
          value string @2  # The taint's value.

        type Toleration  # Lets a pod run on nodes with a matching taint.
          effect string @4  # The effect that is tolerated: NoSchedule, PreferNoSchedule or NoExecute. Empty means all.
          key string @1  # The key of the taint. Empty means all keys, and requires the operator Exists.
          operator string @2
            # How values are compared: Equal (the default), Exists (any value), Lt or Gt (as integers).
          tolerationSeconds int64? @5
            # Seconds for which a NoExecute taint is tolerated before the pod is evicted. Without it forever; 0 or less
            # means at once.
          value string @3  # The value to compare with; empty with Exists.

        type TopologySelectorLabelRequirement  # One condition on a topology label.
          key! string @1  # The label's name.
          values! [string] @2  # The values, of which one must match.

        type TopologySelectorTerm atomic  # Chooses topologies by labels; all conditions must hold.
          matchLabelExpressions [TopologySelectorLabelRequirement] @1  # The conditions on labels.

        type TopologySpreadConstraint  # Says how evenly matching pods are spread over domains, such as zones or nodes.
          labelSelector LabelSelector @4  # Chooses the pods that are counted in each domain.
          matchLabelKeys [string] @8
            # Labels of the incoming pod whose values counted pods must share, such as pod-template-hash. Requires
            # labelSelector.
          maxSkew! int32 @1
            # By how many pods a domain may exceed the emptiest one, at least 1. With ScheduleAnyway only a preference.
          minDomains int32? @5
            # How many domains there should be at least: with fewer, the emptiest counts as 0. Only with DoNotSchedule;
            # defaults to 1.
          nodeAffinityPolicy string? @6
            # Whether nodes that the pod's node affinity and selector rule out are left out of the count: Honor (the
            # default) leaves them out, Ignore counts them.
          nodeTaintsPolicy string? @7
            # Whether nodes with taints that the pod does not tolerate are left out of the count: Honor leaves them out,
            # Ignore (the default) counts them.
          topologyKey! string @2  # The node label whose values are the domains, such as topology.kubernetes.io/zone.
          whenUnsatisfiable! string @3
            # What to do if the constraint cannot be met: DoNotSchedule lets the pod wait, ScheduleAnyway places it
            # where the skew is least.

        type TypedLocalObjectReference atomic  # Names an object of any kind in the same namespace.
          apiGroup string? @1  # The object's API group. Empty or absent means the core group.
          kind! string @2  # The object's kind.
          name! string @3  # The object's name.

        type TypedObjectReference  # Names an object of any kind.
          apiGroup string? @1  # The object's API group. Empty or absent means the core group.
          kind! string @2  # The object's kind.
          name! string @3  # The object's name.
          namespace string? @4
            # The object's namespace. For another one than that of the referring object, a ReferenceGrant there must
            # allow it.

        type Volume  # A volume of a pod. Besides the name exactly one source is given.
          awsElasticBlockStore AWSElasticBlockStoreVolumeSource @2/4
            # An AWS Elastic Block Store disk. Deprecated in favour of the ebs.csi.aws.com driver.
          azureDisk AzureDiskVolumeSource @2/22
            # An Azure data disk. Deprecated in favour of the disk.csi.azure.com driver.
          azureFile AzureFileVolumeSource @2/18
            # An Azure file share. Deprecated in favour of the file.csi.azure.com driver.
          cephfs CephFSVolumeSource @2/14  # A Ceph file system. Deprecated, and no longer supported.
          cinder CinderVolumeSource @2/13
            # An OpenStack Cinder disk. Deprecated in favour of the cinder.csi.openstack.org driver.
          configMap ConfigMapVolumeSource @2/19  # The keys of a ConfigMap as files.
          csi CSIVolumeSource @2/28  # A volume that a CSI driver makes for this pod and removes with it.
          downwardAPI DownwardAPIVolumeSource @2/16  # Fields of the pod as files.
          emptyDir EmptyDirVolumeSource @2/2  # An empty folder for the time that the pod is on its node.
          ephemeral EphemeralVolumeSource @2/29
            # A volume for which a claim is made together with the pod and deleted with it.
          fc FCVolumeSource @2/17  # A Fibre Channel disk.
          flexVolume FlexVolumeSource @2/12
            # A volume made by a FlexVolume plugin. Deprecated in favour of CSI drivers.
          flocker FlockerVolumeSource @2/15  # A Flocker dataset. Deprecated, and no longer supported.
          gcePersistentDisk GCEPersistentDiskVolumeSource @2/3
            # A Google Compute Engine disk. Deprecated in favour of the pd.csi.storage.gke.io driver.
          gitRepo GitRepoVolumeSource @2/5
            # A Git repository cloned into a folder. Deprecated and disabled: clone it in an init container into an
            # emptyDir instead.
          glusterfs GlusterfsVolumeSource @2/9  # A Glusterfs volume. Deprecated, and no longer supported.
          hostPath HostPathVolumeSource @2/1
            # A file or folder of the node itself. It can give the pod power over the node: use it with care.
          image ImageVolumeSource @2/30  # A container image or artifact mounted read-only.
          iscsi ISCSIVolumeSource @2/8  # An iSCSI disk.
          name! string @1  # The volume's name, a DNS label that is unique in the pod.
          nfs NFSVolumeSource @2/7  # A folder that an NFS server exports.
          persistentVolumeClaim PersistentVolumeClaimVolumeSource @2/10
            # The persistent volume that a claim of the namespace is bound to.
          photonPersistentDisk PhotonPersistentDiskVolumeSource @2/23
            # A Photon Controller disk. Deprecated, and no longer supported.
          portworxVolume PortworxVolumeSource @2/24
            # A Portworx volume. Deprecated in favour of the pxd.portworx.com driver.
          projected ProjectedVolumeSource @2/26
            # Files from several sources in one folder: secrets, ConfigMaps, fields of the pod, tokens and certificates.
          quobyte QuobyteVolumeSource @2/21  # A Quobyte volume. Deprecated, and no longer supported.
          rbd RBDVolumeSource @2/11  # A Ceph block device. Deprecated, and no longer supported.
          scaleIO ScaleIOVolumeSource @2/25  # A ScaleIO volume. Deprecated, and no longer supported.
          secret SecretVolumeSource @2/6  # The keys of a Secret as files.
          storageos StorageOSVolumeSource @2/27  # A StorageOS volume. Deprecated, and no longer supported.
          vsphereVolume VsphereVirtualDiskVolumeSource @2/20
            # A vSphere disk. Deprecated in favour of the csi.vsphere.vmware.com driver.

        type VolumeDevice  # Shows a block volume to a container as a device.
          devicePath! string @2  # The path of the device in the container.
          name! string @1  # The pod's volume, which must be a claim with volumeMode Block.

        type VolumeMount  # Shows a volume in a container's file system.
          mountPath! string @3  # The path in the container; it must not contain a colon.
          mountPropagation string? @5
            # How mounts are passed on: None (the default), HostToContainer (later mounts of the node appear in the
            # container) or Bidirectional (and the other way round; privileged containers only).
          name! string @1  # The name of the pod's volume.
          readOnly bool @2  # Makes the mount read-only. Defaults to false.
          recursiveReadOnly string? @7
            # Whether mounts below a read-only mount are read-only too: Disabled (the default), IfPossible or Enabled,
            # which fails where it cannot be done. Requires readOnly.
          subPath string @4  # The part of the volume to mount, as a relative path. Defaults to its root.
          subPathExpr string @6
            # Like subPath, but references such as $(NAME) are replaced by environment variables. Only one of the two
            # may be given.

        type VolumeMountStatus  # The state of a volume mount.
          mountPath! string @2  # The path in the container, as in the spec.
          name! string @1  # The name of the volume, as in the spec.
          readOnly bool @3  # Whether the mount is read-only.
          recursiveReadOnly string? @4
            # Whether mounts below it are read-only too: Disabled or Enabled, in place of IfPossible.
          volumeStatus VolumeStatus @5  # State that depends on the kind of volume.

        type VolumeNodeAffinity  # The nodes from which a volume can be reached.
          required NodeSelector @1  # What a node must meet.

        type VolumeProjection  # One source of files in a projected volume. Exactly one member is given.
          clusterTrustBundle ClusterTrustBundleProjection @5  # The certificates of ClusterTrustBundles.
          configMap ConfigMapProjection @3  # The keys of a ConfigMap.
          downwardAPI DownwardAPIProjection @2  # Fields of the pod.
          podCertificate PodCertificateProjection @6  # A key and certificate for the pod, renewed in time.
          secret SecretProjection @1  # The keys of a Secret.
          serviceAccountToken ServiceAccountTokenProjection @4  # A token of the pod's service account, renewed in time.

        type VolumeResourceRequirements  # The storage that a claim asks for.
          limits {quantity} @1  # The most storage that the volume may have.
          requests {quantity} @2
            # The least storage that the volume must have. Defaults to limits where these are given; cannot exceed them.

        type VolumeStatus  # State of a mounted volume by its kind.
          image ImageVolumeStatus @1  # The state of an image volume.

        type VsphereVirtualDiskVolumeSource
          # A vSphere disk. Deprecated in favour of the csi.vsphere.vmware.com driver.
          fsType string @2
            # The file system with which the volume is formatted if necessary and mounted, such as ext4 or xfs. The node
            # must support it.
          storagePolicyID string @4  # The id of the storage policy of storagePolicyName.
          storagePolicyName string @3  # The name of the storage policy.
          volumePath! string @1  # The path of the disk file in the datastore.

        type WeightedPodAffinityTerm  # A preference for or against being near certain pods.
          podAffinityTerm! PodAffinityTerm @2  # The other pods, and how near is meant.
          weight! int32 @1  # How much it counts, from 1 to 100.

        type WindowsSecurityContextOptions  # Security settings for Windows containers.
          gmsaCredentialSpec string? @2
            # The content of a GMSA credential spec; an admission webhook fills it in by gmsaCredentialSpecName.
          gmsaCredentialSpecName string? @1  # Which GMSA credential spec to use, by name.
          hostProcess bool? @4
            # Runs the container as a process of the node. All containers of the pod must agree, and hostNetwork must be
            # true.
          runAsUserName string? @3  # The Windows user that runs the program. Defaults to the one of the image.
        """#
}
