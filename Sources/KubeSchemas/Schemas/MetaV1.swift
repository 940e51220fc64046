/// The types and resources of `meta/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let metaV1 = #"""
        package io.k8s.apimachinery.pkg.apis.meta.v1
        version - v1

        type APIGroup kind
          name! string @1
          preferredVersion GroupVersionForDiscovery @3
          serverAddressByClientCIDRs [ServerAddressByClientCIDR] @4
          versions! [GroupVersionForDiscovery] @2

        type APIGroupList kind
          groups! [APIGroup] @1

        type APIResource
          categories [string] @7
          group string @8
          kind! string @3
          name! string @1
          namespaced! bool @2
          shortNames [string] @5
          singularName! string @6
          storageVersionHash string @10
          verbs! [string] @4
          version string @9

        type APIResourceList kind
          groupVersion! string @1
          resources! [APIResource] @2

        type APIVersions kind
          serverAddressByClientCIDRs! [ServerAddressByClientCIDR] @2
          versions! [string] @1

        type Condition
          lastTransitionTime! time @4
          message! string @6
          observedGeneration int64 @3
          reason! string @5
          status! string @2
          type! string @1

        type DeleteOptions kind
          dryRun [string] @5
          gracePeriodSeconds int64 @1
          ignoreStoreReadErrorWithClusterBreakingPotential bool @6
          orphanDependents bool @3
          preconditions Preconditions @2
          propagationPolicy string @4

        type FieldSelectorRequirement
          key! string @1
          operator! string @2
          values [string] @3

        type GroupResource
          group! string @1
          resource! string @2

        type GroupVersionForDiscovery
          groupVersion! string @1
          version! string @2

        type LabelSelector atomic
          matchExpressions [LabelSelectorRequirement] @2
          matchLabels {string} @1

        type LabelSelectorRequirement
          key! string @1
          operator! string @2
          values [string] @3

        type ListMeta
          continue string @3
          remainingItemCount int64 @4
          resourceVersion string @2
          selfLink string @1
          shardInfo ShardInfo @5

        type ManagedFieldsEntry
          apiVersion string @3
          fieldsType string @6
          fieldsV1 any @7
          manager string @1
          operation string @2
          subresource string @8
          time time @4

        type ObjectMeta
          annotations {string} @12
          creationTimestamp time @8
          deletionGracePeriodSeconds int64 @10
          deletionTimestamp time @9
          finalizers [string] @14 set merge()
          generateName string @2
          generation int64 @7
          labels {string} @11
          managedFields [ManagedFieldsEntry] @17
          name string @1
          namespace string @3
          ownerReferences [OwnerReference] @13 map(uid) merge(uid)
          resourceVersion string @6
          selfLink string @4
          uid string @5

        type OwnerReference atomic
          apiVersion! string @5
          blockOwnerDeletion bool @7
          controller bool @6
          kind! string @1
          name! string @3
          uid! string @4

        type Preconditions
          resourceVersion string @2
          uid string @1

        type ServerAddressByClientCIDR
          clientCIDR! string @1
          serverAddress! string @2

        type ShardInfo
          selector! string @1

        type Status kind
          code int32 @6
          details StatusDetails @5
          message string @3
          metadata ListMeta @1
          reason string @4
          status string @2

        type StatusCause
          field string @3
          message string @2
          reason string @1

        type StatusDetails
          causes [StatusCause] @4
          group string @2
          kind string @3
          name string @1
          retryAfterSeconds int32 @5
          uid string @6

        type WatchEvent kind
          object! any @2
          type! string @1
        """#
}
