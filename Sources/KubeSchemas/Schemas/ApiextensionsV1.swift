/// The types and resources of `apiextensions.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let apiextensionsV1 = #"""
        package io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
        version apiextensions.k8s.io v1
        resource customresourcedefinitions CustomResourceDefinition cluster singular:customresourcedefinition short:crd,crds categories:api-extensions
        subresource customresourcedefinitions/status CustomResourceDefinition verbs:get,patch,update

        type CustomResourceColumnDefinition  # A column of the table that kubectl get prints.
          description string @4  # What the column shows.
          format string @3
            # OpenAPI format of the values, such as date-time or int64; 'name' marks the column that identifies the
            # object.
          jsonPath! string @6  # Path of the value within the object, such as .spec.replicas.
          name! string @1  # Heading of the column.
          priority int32 @5  # Columns above 0 appear only in wide output. Defaults to 0.
          type! string @2  # OpenAPI type of the values: integer, number, string, boolean or date.

        type CustomResourceConversion  # How objects are converted between the versions of a custom resource.
          strategy! string @1  # None (default) only changes apiVersion; Webhook asks a webhook.
          webhook WebhookConversion @2  # How to call the webhook. Required for the strategy Webhook.

        type CustomResourceDefinition kind
          # Adds a kind of resource to the API. Its name is plural name, dot, group, such as backups.example.com.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! CustomResourceDefinitionSpec @2  # Names, scope and versions of the new resource.
          status CustomResourceDefinitionStatus @3  # Whether the resource is served; written by the system.

        type CustomResourceDefinitionCondition
          # One aspect of a definition's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          observedGeneration int64 @6  # The metadata.generation this condition was computed for.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1
            # Name of the condition: Established, NamesAccepted, NonStructuralSchema, Terminating or
            # KubernetesAPIApprovalPolicyConformant.

        type CustomResourceDefinitionList kind  # A list of CustomResourceDefinition objects.
          items! [CustomResourceDefinition] @2  # The CustomResourceDefinition objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type CustomResourceDefinitionNames  # The names of a custom resource in the API and on the command line.
          categories [string] @6  # Groups of resources it belongs to, such as all, so that kubectl get all shows it.
          kind! string @4  # The kind, usually in CamelCase and singular, as it appears in objects.
          listKind string @5  # The kind of lists. Defaults to the kind followed by List.
          plural! string @1  # The name in URLs; lower case. Part of the definition's own name.
          shortNames [string] @3  # Abbreviations for the command line; lower case.
          singular string @2
            # The name of one object on the command line; lower case. Defaults to the kind in lower case.

        type CustomResourceDefinitionSpec  # Names, scope and versions of a custom resource.
          conversion CustomResourceConversion @9
            # How objects are converted between versions. Defaults to the strategy None.
          group! string @1
            # API group, a domain name such as example.com. Part of the definition's own name; immutable.
          names! CustomResourceDefinitionNames @3  # The names of the resource.
          preserveUnknownFields bool @10
            # Keeps fields that the schema does not know. Must be false; set x-kubernetes-preserve-unknown-fields in the
            # schema instead.
          scope! string @4  # Whether objects belong to a namespace: Namespaced or Cluster. Immutable.
          versions! [CustomResourceDefinitionVersion] @7
            # All versions of the resource. Discovery lists v2 before v1 before v1beta1, other names last.

        type CustomResourceDefinitionStatus  # The observed state of a definition.
          acceptedNames CustomResourceDefinitionNames @2
            # The names that are really served; they differ from spec.names while there is a conflict.
          conditions [CustomResourceDefinitionCondition] @1 map(type)  # The current conditions of the definition.
          observedGeneration int64 @4  # The metadata.generation this status was computed for.
          storedVersions [string] @3
            # Versions in which objects may be stored. A version leaves the spec only after it has been migrated and
            # removed here.

        type CustomResourceDefinitionVersion  # One version of a custom resource.
          additionalPrinterColumns [CustomResourceColumnDefinition] @6
            # Columns of the table that kubectl get prints. Without any it shows the age.
          deprecated bool @7  # Sends a warning with every answer in this version. Defaults to false.
          deprecationWarning string? @8  # Text of that warning instead of the default one. Only if deprecated is true.
          name! string @1  # Name of the version, such as v1 or v1beta2.
          schema CustomResourceValidation @4  # The schema by which objects are validated, pruned and defaulted.
          selectableFields [SelectableField] @9  # Fields that can be used in field selectors. At most 8.
          served! bool @2  # Whether the API offers this version.
          storage! bool @3  # Whether objects are stored in this version; true for exactly one.
          subresources CustomResourceSubresources @5  # The subresources of this version.

        type CustomResourceSubresourceScale  # Where an object keeps what the scale subresource shows.
          labelSelectorPath string? @3
            # Path of a string field below .status or .spec with the label selector of the pods. Needed for autoscaling.
          specReplicasPath! string @1  # Path of the desired replicas, below .spec, such as .spec.replicas.
          statusReplicasPath! string @2  # Path of the observed replicas, below .status; a missing value counts as 0.

        type CustomResourceSubresourceStatus
          # Turns on the status subresource: status is then changed only there, and everything else only on the object
          # itself.

        type CustomResourceSubresources  # The subresources of a custom resource.
          scale CustomResourceSubresourceScale @2  # Serves the scale subresource, for kubectl scale and autoscalers.
          status CustomResourceSubresourceStatus @1
            # Serves the status subresource, which separates status from everything else.

        type CustomResourceValidation  # The schema of a custom resource.
          openAPIV3Schema JSONSchemaProps @1
            # OpenAPI v3 schema, structural, by which objects are validated, pruned and defaulted.

        type ExternalDocumentation  # Points to documentation elsewhere.
          description string @1  # What can be found there.
          url string @2  # Address of the documentation.

        type JSONSchemaProps
          # A JSON schema, as in OpenAPI v3 with extensions. Structural schemas must not use all of its fields.
          $ref string? @3  # Reference to another schema. Not allowed in custom resources.
          $schema string @2  # Dialect of the schema.
          additionalItems any @33 choice(bool)
            # Schema, or bool, for list items beyond those described. Not allowed in custom resources.
          additionalProperties any @30 choice(bool)
            # Schema, or bool, for fields that properties does not name; describes maps. Excludes properties.
          allOf [JSONSchemaProps] @25  # The value must match all of these schemas.
          anyOf [JSONSchemaProps] @27  # The value must match at least one of these schemas.
          default any @8  # Value to fill in when the field is missing.
          definitions {JSONSchemaProps} @34  # Schemas for use in references. Not allowed in custom resources.
          dependencies {any} @32 choice(strings)  # Fields that require others. Not allowed in custom resources.
          description string @4  # What the field is for; kubectl explain shows it.
          enum [any] @20  # The allowed values.
          example any @36  # A sample value.
          exclusiveMaximum bool @10  # Whether maximum itself is forbidden.
          exclusiveMinimum bool @12  # Whether minimum itself is forbidden.
          externalDocs ExternalDocumentation @35  # Documentation elsewhere.
          format string @6
            # Format of the value, such as date-time, duration, uuid, email, ipv4, int32 or byte. Unknown formats are
            # ignored.
          id string @1  # Identifier of the schema. Not allowed in custom resources.
          items any @24 choice(list)  # Schema of the items of a list.
          maxItems int64? @16  # Greatest number of items of a list.
          maxLength int64? @13  # Greatest number of characters of a string.
          maxProperties int64? @21  # Greatest number of fields of an object or entries of a map.
          maximum double? @9  # Greatest number allowed.
          minItems int64? @17  # Smallest number of items of a list.
          minLength int64? @14  # Smallest number of characters of a string.
          minProperties int64? @22  # Smallest number of fields of an object or entries of a map.
          minimum double? @11  # Smallest number allowed.
          multipleOf double? @19  # The number must be a multiple of this.
          not JSONSchemaProps @28  # The value must not match this schema.
          nullable bool @37  # Whether null is allowed. Defaults to false.
          oneOf [JSONSchemaProps] @26  # The value must match exactly one of these schemas.
          pattern string @15  # Regular expression the string must match, anywhere unless anchored by ^ and $.
          patternProperties {JSONSchemaProps} @31
            # Schemas of fields whose names match patterns. Not allowed in custom resources.
          properties {JSONSchemaProps} @29  # The fields of an object and their schemas.
          required [string] @23  # Names of the fields that must be present.
          title string @7  # Short name of the schema.
          type string @5  # Type of the value: object, array, string, integer, number or boolean.
          uniqueItems bool @18
            # Whether items of a list must differ. Must not be true in custom resources; use x-kubernetes-list-type.
          x-kubernetes-embedded-resource bool @39
            # The object is a Kubernetes object of its own, with apiVersion, kind and metadata, which are validated.
          x-kubernetes-int-or-string bool @40  # The value is an integer or a string; type is then left out.
          x-kubernetes-list-map-keys [string] @41
            # Fields that together identify an item of a list of the type map. They must be required or have a default.
          x-kubernetes-list-type string? @42
            # How lists are merged: atomic (default) as a whole, set by value, map by the keys in
            # x-kubernetes-list-map-keys.
          x-kubernetes-map-type string? @43
            # How objects and maps are merged: granular (default) field by field, atomic as a whole.
          x-kubernetes-preserve-unknown-fields bool? @38
            # Keeps fields that the schema does not name, also in nested objects unless they have properties. Only true
            # is allowed.
          x-kubernetes-validations [ValidationRule] @44 map(rule) merge(rule)  # CEL rules the value must satisfy.

        type SelectableField  # A field of a custom resource that can be used in field selectors.
          jsonPath! string @1
            # Path of the field, such as .spec.color; its type is string, boolean or integer. Fields of metadata are not
            # allowed. Missing ones count as empty.

        type ServiceReference  # The Service behind which a webhook runs.
          name! string @2  # Name of the Service.
          namespace! string @1  # Namespace of the Service.
          path string? @3  # URL path to send the request to.
          port int32? @4  # Port of the Service, 1 to 65535. Defaults to 443.

        type ValidationRule  # A rule in CEL that a value must satisfy.
          fieldPath string @5
            # Path of the field to blame, relative to the place of the rule, such as .spec.name. List indexes are not
            # possible.
          message string @2
            # What the client is told if the rule fails; a single line. Required if the rule has line breaks.
          messageExpression string @3
            # CEL expression that yields the message; wins over message unless it fails or yields no single line.
          optionalOldSelf bool? @6
            # Evaluates a rule with oldSelf also when there is no old value; oldSelf is then an optional.
          reason string? @4
            # Kind of the error: FieldValueInvalid (default), FieldValueForbidden, FieldValueRequired or
            # FieldValueDuplicate.
          rule! string @1
            # CEL expression that yields true if the value is fine. The value is self, that before an update oldSelf.

        type WebhookClientConfig  # How to reach a webhook. Exactly one of service and url is set.
          caBundle bytes @2
            # PEM certificates that the webhook's certificate is verified with. Unset means the trust roots of the API
            # server's system.
          service ServiceReference @1
            # The Service behind which the webhook runs; to be used for webhooks within the cluster.
          url string? @3  # Location of the webhook, https://host:port/path, without user, query or fragment.

        type WebhookConversion  # How to call a conversion webhook.
          clientConfig WebhookClientConfig @2  # How to reach the webhook.
          conversionReviewVersions! [string] @3
            # Versions of ConversionReview the webhook understands, preferred ones first. The server uses the first it
            # knows itself.
        """#
}
