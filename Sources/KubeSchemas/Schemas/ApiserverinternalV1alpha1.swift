/// The types and resources of `internal.apiserver.k8s.io/v1alpha1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let apiserverinternalV1alpha1 = #"""
        package io.k8s.api.apiserverinternal.v1alpha1
        version internal.apiserver.k8s.io v1alpha1
        resource storageversions StorageVersion cluster singular:storageversion
        subresource storageversions/status StorageVersion verbs:get,patch,update

        type ServerStorageVersion  # The versions in which one API server reads and writes a resource.
          apiServerID! string @1  # ID of the API server.
          decodableVersions! [string] @3 set  # Versions the server can read; includes encodingVersion.
          encodingVersion! string @2  # Version in which the server stores objects.
          servedVersions [string] @4 set  # Versions the server offers; all of them are readable too.

        type StorageVersion kind
          # The versions in which the API servers of a cluster store a resource. It is named group, dot, resource.
          metadata! ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec StorageVersionSpec @2  # Empty; there is nothing to wish for.
          status StorageVersionStatus @3  # What the API servers report.

        type StorageVersionCondition
          # One aspect of a StorageVersion's state, with the time and cause of its last change.
          lastTransitionTime time @4  # When the status last changed.
          message! string @6  # What happened, for people.
          observedGeneration int64 @3  # The metadata.generation this condition was computed for.
          reason! string @5  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition, such as AllEncodingVersionsEqual.

        type StorageVersionList kind  # A list of StorageVersion objects.
          items! [StorageVersion] @2  # The StorageVersion objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type StorageVersionSpec  # Empty; there is nothing to wish for.

        type StorageVersionStatus  # What the API servers report about how they store a resource.
          commonEncodingVersion string? @2  # The version all servers store objects in. Empty while they differ.
          conditions [StorageVersionCondition] @3 map(type)  # The current conditions of the StorageVersion.
          storageVersions [ServerStorageVersion] @1 map(apiServerID)  # The reports of the single API servers.
        """#
}
