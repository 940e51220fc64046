/// The types and resources of `internal.apiserver.k8s.io/v1alpha1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let apiserverinternalV1alpha1 = #"""
        package io.k8s.api.apiserverinternal.v1alpha1
        version internal.apiserver.k8s.io v1alpha1
        resource storageversions StorageVersion cluster singular:storageversion
        subresource storageversions/status StorageVersion verbs:get,patch,update

        type ServerStorageVersion
          apiServerID! string @1
          decodableVersions! [string] @3 set
          encodingVersion! string @2
          servedVersions [string] @4 set

        type StorageVersion kind
          metadata! ObjectMeta @1
          spec StorageVersionSpec @2
          status StorageVersionStatus @3

        type StorageVersionCondition
          lastTransitionTime time @4
          message! string @6
          observedGeneration int64 @3
          reason! string @5
          status! string @2
          type! string @1

        type StorageVersionList kind
          items! [StorageVersion] @2
          metadata ListMeta @1

        type StorageVersionSpec

        type StorageVersionStatus
          commonEncodingVersion string @2
          conditions [StorageVersionCondition] @3 map(type)
          storageVersions [ServerStorageVersion] @1 map(apiServerID)
        """#
}
