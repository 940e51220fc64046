/// The types and resources of `storage.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let storageV1beta1 = #"""
        package io.k8s.api.storage.v1beta1
        version storage.k8s.io v1beta1
        resource volumeattributesclasses VolumeAttributesClass cluster singular:volumeattributesclass short:vac

        type VolumeAttributesClass kind
          driverName! string @2
          metadata ObjectMeta @1
          parameters {string} @3

        type VolumeAttributesClassList kind
          items! [VolumeAttributesClass] @2
          metadata ListMeta @1
        """#
}
