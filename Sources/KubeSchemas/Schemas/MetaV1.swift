/// The types and resources of `meta/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let metaV1 = #"""
        package io.k8s.apimachinery.pkg.apis.meta.v1
        version - v1

        type APIGroup kind  # One API group: its name, the versions the server offers and the one it prefers.
          name! string @1  # The group's name, such as apps or rbac.authorization.k8s.io.
          preferredVersion GroupVersionForDiscovery @3
            # The version that clients should use when they have no preference of their own.
          serverAddressByClientCIDRs [ServerAddressByClientCIDR] @4
            # Server addresses suited to clients of certain networks. A client takes the first entry whose network
            # contains its own address.
          versions! [GroupVersionForDiscovery] @2  # The versions in which the group is served, the preferred one first.

        type APIGroupList kind  # The API groups that the server offers, as returned by /apis.
          groups! [APIGroup] @1  # One entry per API group; the core group is not among them.

        type APIResource  # One resource of a group version: its names, scope and verbs, as discovery reports it.
          categories [string] @7  # Groups of resources that the resource belongs to, such as all in kubectl get all.
          group string @8
            # The API group of the resource's kind. Empty means the group of the enclosing list; subresources such as
            # scale may use another one.
          kind! string @3  # The kind of the objects, such as Deployment.
          name! string @1  # The plural name used in paths, such as deployments, or resource/subresource.
          namespaced! bool @2
            # Whether objects of this resource live in a namespace (true) or in the cluster as a whole (false).
          shortNames [string] @5  # Abbreviations that command line tools accept, such as deploy.
          singularName! string @6  # The singular name for use by command line tools, such as deployment.
          storageVersionHash string @10
            # An opaque hash of the version in which objects are stored. It may only be compared for equality, and
            # changes when the storage version does.
          verbs! [string] @4
            # What the resource supports: get, list, watch, create, update, patch, delete, deletecollection or proxy.
          version string @9  # The version of the resource's kind. Empty means the version of the enclosing list.

        type APIResourceList kind  # The resources of one group version, as returned by discovery.
          groupVersion! string @1  # The group and version that the resources belong to, such as apps/v1.
          resources! [APIResource] @2  # The resources with their subresources.

        type APIVersions kind  # The versions of the core group that the server offers, as returned by /api.
          serverAddressByClientCIDRs! [ServerAddressByClientCIDR] @2
            # Server addresses suited to clients of certain networks. A client takes the first entry whose network
            # contains its own address.
          versions! [string] @1  # The versions on offer, such as v1.

        type Condition  # One observed aspect of an object's state, for people and programs to test.
          lastTransitionTime! time @4  # When the status last changed from one value to another.
          message! string @6  # An explanation for people, at most 32768 characters. It may be empty.
          observedGeneration int64 @3
            # The metadata.generation that was looked at. If it is lower than the object's, the condition is out of
            # date.
          reason! string @5
            # Why the condition last changed, as one word in CamelCase for programs. It is required and has at most 1024
            # characters.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1
            # The condition's name in CamelCase, such as Available, or with a prefix as in example.com/Synced.

        type DeleteOptions kind  # What a delete request may ask for besides the deletion itself.
          dryRun [string] @5
            # With All the request passes every check but nothing is stored. No other value is allowed.
          gracePeriodSeconds int64? @1
            # Seconds that the object may take to end; 0 deletes at once. Without it the default of the object's kind
            # applies.
          ignoreStoreReadErrorWithClusterBreakingPotential bool? @6
            # Deletes an object even though its stored form cannot be read, skipping finalizers and preconditions.
            # Unsafe: use it only for objects that are lost for certain.
          orphanDependents bool? @3
            # Deprecated in favour of propagationPolicy: whether dependent objects are kept (true) or collected (false).
            # Only one of the two may be given.
          preconditions Preconditions @2
            # What must be true of the object for the deletion to happen; otherwise the answer is 409 Conflict.
          propagationPolicy string? @4
            # What happens to dependent objects: Orphan keeps them, Background deletes them afterwards, Foreground
            # deletes them before the object itself goes.

        type FieldSelectorRequirement  # One condition on a field's value.
          key! string @1  # The field's path, such as spec.nodeName.
          operator! string @2  # How the field is compared: In, NotIn, Exists or DoesNotExist.
          values [string] @3
            # The values to compare with: at least one for In and NotIn, none for Exists and DoesNotExist.

        type GroupResource  # A resource by its group and plural name, whatever the version.
          group! string @1  # The API group; empty means the core group.
          resource! string @2  # The plural name of the resource.

        type GroupVersionForDiscovery  # A version of a group in both its notations.
          groupVersion! string @1  # The group and version, as in apps/v1.
          version! string @2  # The version alone, as in v1.

        type LabelSelector atomic
          # Selects objects by their labels: all conditions must hold. An empty selector matches everything, an absent
          # one nothing.
          matchExpressions [LabelSelectorRequirement] @2  # Conditions on labels that must all be met.
          matchLabels {string} @1
            # Labels that must be present with exactly these values; each entry is short for In with one value.

        type LabelSelectorRequirement  # One condition on a label.
          key! string @1  # The label's name.
          operator! string @2  # How the label is compared: In, NotIn, Exists or DoesNotExist.
          values [string] @3
            # The values to compare with: at least one for In and NotIn, none for Exists and DoesNotExist.

        type ListMeta  # What is known about a list as a whole.
          continue string @3
            # The token with which the next page is asked for. It is opaque and expires after a few minutes; empty on
            # the last page.
          remainingItemCount int64? @4
            # How many objects follow this page, about; absent when unknown, as with label or field selectors.
          resourceVersion string @2
            # The state of the store that the list shows. A watch may start from it; it is opaque to clients.
          selfLink string @1  # Deprecated and no longer filled in.
          shardInfo ShardInfo @5  # Set when the list holds only a shard of the objects, to tell which.

        type ManagedFieldsEntry  # The fields that one manager owns by one way of writing.
          apiVersion string @3  # The version of the object's API in which the fields are named.
          fieldsType string @6  # The format of the field set; always FieldsV1.
          fieldsV1 any @7
            # The set of fields: f: before a field's name, k: before the keys and v: before the value of a list item,
            # and a dot for the item itself.
          manager string @1  # Who owns the fields: the fieldManager of the request, or the client's name.
          operation string @2  # How the fields were written: Apply for server-side apply, Update for everything else.
          subresource string @8
            # The subresource through which the fields were written, such as status or scale; empty for the main one.
          time time @4  # When the manager last changed or gained fields in this entry.

        type ObjectMeta
          # What every stored object has: name, namespace, labels, annotations, and what the server records about it.
          annotations {string} @12
            # Data of any kind that tools attach to the object, at most 256 KiB in total. Annotations cannot be selected
            # by.
          creationTimestamp time @8
            # CreationTimestamp is a timestamp of when the server created the object, in UTC. Set by the server.
          deletionGracePeriodSeconds int64? @10
            # Seconds that the object has to end before it is removed. Set only together with deletionTimestamp, and it
            # may only be shortened.
          deletionTimestamp time @9
            # When the object is to be gone, set by the server upon a deletion with a grace period or finalizers. It
            # cannot be unset.
          finalizers [string] @14 set merge()
            # Names of those that have work to do before the object may go. A deleted object stays until the list is
            # empty; after deletion entries can only be removed.
          generateName string @2
            # A prefix to which the server adds random characters when name is not given. The full name is in the
            # answer.
          generation int64 @7  # Counts the changes of the desired state. Set by the server.
          labels {string} @11
            # Key and value pairs by which objects are organised and selected, as in services and controllers.
          managedFields [ManagedFieldsEntry] @17
            # Who owns which fields, for server-side apply. Kept by the server; clients rarely need it.
          name string @1
            # The object's name, unique in its namespace and kind. Required at creation unless generateName is given; it
            # cannot be changed.
          namespace string @3
            # The namespace that the object lives in; empty for cluster scoped kinds. It cannot be changed.
          ownerReferences [OwnerReference] @13 map(uid) merge(uid)
            # Objects that this one depends on: when all of them are gone, it is garbage collected. At most one of them
            # is the controller.
          resourceVersion string @6
            # The object's version in the store, changed by every write. Sent back in an update, it guards against
            # overwriting someone else's change; it is opaque to clients.
          selfLink string @4  # Deprecated and no longer filled in.
          uid string @5
            # A UUID that tells this object from any other of the same name, before or after it. Set by the server.

        type OwnerReference atomic
          # Names an object that this one belongs to. The owner is in the same namespace, or cluster scoped.
          apiVersion! string @5  # The owner's API group and version.
          blockOwnerDeletion bool? @7
            # If true, a foreground deletion of the owner waits until this object is gone. Defaults to false; setting it
            # takes the right to update the owner's finalizers.
          controller bool? @6  # Whether the owner is the controller that manages this object.
          kind! string @1  # The owner's kind.
          name! string @3  # The owner's name.
          uid! string @4  # The owner's UID, so that a later object of the same name does not count as owner.

        type Preconditions  # What must be true of an object for an update or deletion to happen.
          resourceVersion string? @2  # The resource version that the object must have.
          uid string? @1  # The UID that the object must have.

        type ServerAddressByClientCIDR  # The server address for clients of one network.
          clientCIDR! string @1  # The network of the clients, in CIDR notation.
          serverAddress! string @2
            # The address at which these clients reach the server: a host or IP address with an optional port.

        type ShardInfo  # Tells which shard of a collection a list holds.
          selector! string @1  # The selector by which the shard was chosen, as the client sent it.

        type Status kind  # The outcome of a request that has no object to return, above all of a failed one.
          code int32 @6  # The HTTP status code; 0 if none was set.
          details StatusDetails @5
            # Further data about the reason, such as the object and fields concerned. What is in it depends on the
            # reason.
          message string @3  # A description of the outcome for people.
          metadata ListMeta @1  # List metadata, empty in most answers.
          reason string @4
            # Why the request failed, as one word in CamelCase such as NotFound or Conflict. It refines the HTTP code.
          status string @2  # Success or Failure.

        type StatusCause  # One of the causes of a failure, such as an invalid field.
          field string @3
            # The field that caused the failure, as a path such as spec.containers[0].image. Empty when no single field
            # did.
          message string @2  # A description of the cause for people.
          reason string @1  # The kind of cause as one word, such as FieldValueInvalid.

        type StatusDetails  # Data about a Status for programs.
          causes [StatusCause] @4  # The single causes of the failure. Not every failure has any.
          group string @2  # The API group of the resource concerned.
          kind string @3  # The kind or resource concerned.
          name string @1  # The name of the object concerned.
          retryAfterSeconds int32 @5
            # Seconds to wait before the request is tried again. For some failures the client must then take another
            # action instead.
          uid string @6  # The UID of the object concerned.

        type WatchEvent kind  # One change in a watch.
          object! any @2
            # The object after the change, or its last state if it was deleted. For BOOKMARK only its resourceVersion
            # counts, for ERROR it is a Status.
          type! string @1  # What happened: ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.
        """#
}
