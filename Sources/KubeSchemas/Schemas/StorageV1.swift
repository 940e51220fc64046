/// The types and resources of `storage.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let storageV1 = #"""
        package io.k8s.api.storage.v1
        version storage.k8s.io v1
        resource csidrivers CSIDriver cluster singular:csidriver
        resource csinodes CSINode cluster singular:csinode
        resource csistoragecapacities CSIStorageCapacity namespaced singular:csistoragecapacity
        resource storageclasses StorageClass cluster singular:storageclass short:sc
        resource volumeattachments VolumeAttachment cluster singular:volumeattachment
        subresource volumeattachments/status VolumeAttachment verbs:get,patch,update
        resource volumeattributesclasses VolumeAttributesClass cluster singular:volumeattributesclass short:vac

        type CSIDriver kind
          # Tells the cluster what a CSI volume driver needs and can do. Its name is that of the driver.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! CSIDriverSpec @2  # Properties of the driver.

        type CSIDriverList kind  # A list of CSIDriver objects.
          items! [CSIDriver] @2  # The CSIDriver objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type CSIDriverSpec  # Properties of a CSI driver.
          attachRequired bool? @1
            # Whether volumes must be attached to a node before they are mounted. Defaults to true; immutable.
          fsGroupPolicy string? @5
            # Whether ownership of volumes follows the pod's fsGroup: ReadWriteOnceWithFSType (default), File (always)
            # or None.
          nodeAllocatableUpdatePeriodSeconds int64? @9
            # Seconds, at least 10, between updates of how many volumes a node takes. Unset means no updates.
          podInfoOnMount bool? @2
            # Whether the driver is told name, namespace and UID of the pod on mount. Defaults to false.
          preventPodSchedulingIfMissing bool? @11
            # Keeps pods with volumes of the driver off nodes where the driver does not run. Defaults to false.
          requiresRepublish bool? @7
            # Whether NodePublishVolume is called repeatedly to refresh mounted volumes. Defaults to false.
          seLinuxMount bool? @8  # Whether volumes can be mounted each with its own SELinux context. Defaults to false.
          serviceAccountTokenInSecrets bool? @10
            # Passes tokens in the secrets of the call instead of the volume context. Only with tokenRequests. Defaults
            # to false.
          storageCapacity bool? @4
            # Whether the scheduler considers the CSIStorageCapacity objects that the driver publishes. Defaults to
            # false.
          tokenRequests [TokenRequest] @6
            # Tokens of the pod's service account to pass on mount, each for another audience.
          volumeLifecycleModes [string] @3 set
            # How volumes can be used: Persistent (default) by claims, Ephemeral inline in pods. Immutable.

        type CSINode kind  # The CSI drivers on a node. Its name is that of the node, whose agent maintains it.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! CSINodeSpec @2  # The drivers.

        type CSINodeDriver  # A CSI driver on a node.
          allocatable VolumeNodeResources @4  # How many volumes of the driver the node takes.
          name! string @1  # Name of the driver.
          nodeID! string @2  # What the storage system calls the node.
          topologyKeys [string] @3  # Node labels by which the driver describes where a volume is accessible.

        type CSINodeList kind  # A list of CSINode objects.
          items! [CSINode] @2  # The CSINode objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type CSINodeSpec  # The CSI drivers on a node.
          drivers! [CSINodeDriver] @1 map(name) merge(name)  # The drivers; empty if all are gone.

        type CSIStorageCapacity kind
          # How much storage of a StorageClass is available to a set of nodes; published by drivers for the scheduler.
          capacity quantity @4  # Storage available for new volumes. Unset means unknown.
          maximumVolumeSize quantity @5  # The largest volume that can be created. Unset means unknown.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          nodeTopology LabelSelector @2
            # Labels of the nodes that can access the storage. Empty means all, unset none. Immutable.
          storageClassName! string @3  # The StorageClass the numbers are about. Immutable.

        type CSIStorageCapacityList kind  # A list of CSIStorageCapacity objects.
          items! [CSIStorageCapacity] @2  # The CSIStorageCapacity objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type StorageClass kind
          # A kind of storage from which volumes are created on demand. The annotation
          # storageclass.kubernetes.io/is-default-class makes it the default.
          allowVolumeExpansion bool? @6  # Whether claims may be enlarged later.
          allowedTopologies [core.v1.TopologySelectorTerm] @8  # Where volumes may be created. Empty means anywhere.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          mountOptions [string] @5
            # Mount options of the volumes, such as ro or noatime. They are not checked; wrong ones let the mount fail.
          parameters {string} @3  # Settings for the provisioner, which alone interprets them. Immutable.
          provisioner! string @2  # Who creates the volumes, usually the name of a CSI driver. Immutable.
          reclaimPolicy string? @4  # Fate of a volume when its claim is deleted: Delete (default) or Retain. Immutable.
          volumeBindingMode string? @7
            # Immediate (default) creates volumes at once, WaitForFirstConsumer when a pod that uses the claim is
            # scheduled. Immutable.

        type StorageClassList kind  # A list of StorageClass objects.
          items! [StorageClass] @2  # The StorageClass objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type TokenRequest  # A service account token for a CSI driver.
          audience! string @1  # Who the token is meant for. Empty means the API server.
          expirationSeconds int64? @2  # Lifetime in seconds, at least 600. Defaults to 3600.

        type VolumeAttachment kind
          # Asks to attach a volume to a node, until it is deleted. Made by the system, carried out by the driver's
          # attacher.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! VolumeAttachmentSpec @2  # The volume, the node and the attacher; immutable.
          status VolumeAttachmentStatus @3  # Whether the volume is attached; written by the attacher.

        type VolumeAttachmentList kind  # A list of VolumeAttachment objects.
          items! [VolumeAttachment] @2  # The VolumeAttachment objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type VolumeAttachmentSource  # The volume to attach. Exactly one field is set.
          inlineVolumeSpec core.v1.PersistentVolumeSpec @2  # An inline volume of a pod, translated for a CSI driver.
          persistentVolumeName string? @1  # Name of the PersistentVolume.

        type VolumeAttachmentSpec  # The volume, the node and the attacher.
          attacher! string @1  # Name of the CSI driver that has to act.
          nodeName! string @3  # The node to attach to.
          source! VolumeAttachmentSource @2  # The volume to attach.

        type VolumeAttachmentStatus  # State of an attachment; written by the attacher.
          attachError VolumeError @3  # The last error on attaching.
          attached! bool @1  # Whether the volume is attached.
          attachmentMetadata {string} @2  # What the driver returned on attaching, to be passed on when mounting.
          detachError VolumeError @4  # The last error on detaching.

        type VolumeAttributesClass kind
          # Attributes of volumes, such as performance, that a claim may change while in use.
          driverName! string @2  # Name of the CSI driver. Immutable.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          parameters {string} @3
            # The attributes, which the driver alone interprets: 1 to 512 entries, at most 256 KiB. Immutable; to change
            # a volume choose another class.

        type VolumeAttributesClassList kind  # A list of VolumeAttributesClass objects.
          items! [VolumeAttributesClass] @2  # The VolumeAttributesClass objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type VolumeError  # An error of a volume operation.
          errorCode int32? @3  # Code of the error, as in gRPC.
          message string @2  # What went wrong, without anything secret.
          time time @1  # When it went wrong.

        type VolumeNodeResources  # How many volumes a node takes.
          count int32? @1
            # The most volumes of the driver on the node; one shared by several pods counts once. Unset means no limit.
        """#
}
