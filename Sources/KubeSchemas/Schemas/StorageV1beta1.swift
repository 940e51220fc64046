/// The types and resources of `storage.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let storageV1beta1 = #"""
        package io.k8s.api.storage.v1beta1
        version storage.k8s.io v1beta1
        resource volumeattributesclasses VolumeAttributesClass cluster singular:volumeattributesclass short:vac

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
        """#
}
