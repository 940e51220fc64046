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
          metadata ObjectMeta @1
          spec! CSIDriverSpec @2

        type CSIDriverList kind
          items! [CSIDriver] @2
          metadata ListMeta @1

        type CSIDriverSpec
          attachRequired bool @1
          fsGroupPolicy string @5
          nodeAllocatableUpdatePeriodSeconds int64 @9
          podInfoOnMount bool @2
          preventPodSchedulingIfMissing bool @11
          requiresRepublish bool @7
          seLinuxMount bool @8
          serviceAccountTokenInSecrets bool @10
          storageCapacity bool @4
          tokenRequests [TokenRequest] @6
          volumeLifecycleModes [string] @3 set

        type CSINode kind
          metadata ObjectMeta @1
          spec! CSINodeSpec @2

        type CSINodeDriver
          allocatable VolumeNodeResources @4
          name! string @1
          nodeID! string @2
          topologyKeys [string] @3

        type CSINodeList kind
          items! [CSINode] @2
          metadata ListMeta @1

        type CSINodeSpec
          drivers! [CSINodeDriver] @1 map(name) merge(name)

        type CSIStorageCapacity kind
          capacity quantity @4
          maximumVolumeSize quantity @5
          metadata ObjectMeta @1
          nodeTopology LabelSelector @2
          storageClassName! string @3

        type CSIStorageCapacityList kind
          items! [CSIStorageCapacity] @2
          metadata ListMeta @1

        type StorageClass kind
          allowVolumeExpansion bool @6
          allowedTopologies [core.v1.TopologySelectorTerm] @8
          metadata ObjectMeta @1
          mountOptions [string] @5
          parameters {string} @3
          provisioner! string @2
          reclaimPolicy string @4
          volumeBindingMode string @7

        type StorageClassList kind
          items! [StorageClass] @2
          metadata ListMeta @1

        type TokenRequest
          audience! string @1
          expirationSeconds int64 @2

        type VolumeAttachment kind
          metadata ObjectMeta @1
          spec! VolumeAttachmentSpec @2
          status VolumeAttachmentStatus @3

        type VolumeAttachmentList kind
          items! [VolumeAttachment] @2
          metadata ListMeta @1

        type VolumeAttachmentSource
          inlineVolumeSpec core.v1.PersistentVolumeSpec @2
          persistentVolumeName string @1

        type VolumeAttachmentSpec
          attacher! string @1
          nodeName! string @3
          source! VolumeAttachmentSource @2

        type VolumeAttachmentStatus
          attachError VolumeError @3
          attached! bool @1
          attachmentMetadata {string} @2
          detachError VolumeError @4

        type VolumeAttributesClass kind
          driverName! string @2
          metadata ObjectMeta @1
          parameters {string} @3

        type VolumeAttributesClassList kind
          items! [VolumeAttributesClass] @2
          metadata ListMeta @1

        type VolumeError
          errorCode int32 @3
          message string @2
          time time @1

        type VolumeNodeResources
          count int32 @1
        """#
}
