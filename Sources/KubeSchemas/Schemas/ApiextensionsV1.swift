/// The types and resources of `apiextensions.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let apiextensionsV1 = #"""
        package io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
        version apiextensions.k8s.io v1
        resource customresourcedefinitions CustomResourceDefinition cluster singular:customresourcedefinition short:crd,crds categories:api-extensions
        subresource customresourcedefinitions/status CustomResourceDefinition verbs:get,patch,update

        type CustomResourceColumnDefinition
          description string @4
          format string @3
          jsonPath! string @6
          name! string @1
          priority int32 @5
          type! string @2

        type CustomResourceConversion
          strategy! string @1
          webhook WebhookConversion @2

        type CustomResourceDefinition kind
          metadata ObjectMeta @1
          spec! CustomResourceDefinitionSpec @2
          status CustomResourceDefinitionStatus @3

        type CustomResourceDefinitionCondition
          lastTransitionTime time @3
          message string @5
          observedGeneration int64 @6
          reason string @4
          status! string @2
          type! string @1

        type CustomResourceDefinitionList kind
          items! [CustomResourceDefinition] @2
          metadata ListMeta @1

        type CustomResourceDefinitionNames
          categories [string] @6
          kind! string @4
          listKind string @5
          plural! string @1
          shortNames [string] @3
          singular string @2

        type CustomResourceDefinitionSpec
          conversion CustomResourceConversion @9
          group! string @1
          names! CustomResourceDefinitionNames @3
          preserveUnknownFields bool @10
          scope! string @4
          versions! [CustomResourceDefinitionVersion] @7

        type CustomResourceDefinitionStatus
          acceptedNames CustomResourceDefinitionNames @2
          conditions [CustomResourceDefinitionCondition] @1 map(type)
          observedGeneration int64 @4
          storedVersions [string] @3

        type CustomResourceDefinitionVersion
          additionalPrinterColumns [CustomResourceColumnDefinition] @6
          deprecated bool @7
          deprecationWarning string @8
          name! string @1
          schema CustomResourceValidation @4
          selectableFields [SelectableField] @9
          served! bool @2
          storage! bool @3
          subresources CustomResourceSubresources @5

        type CustomResourceSubresourceScale
          labelSelectorPath string @3
          specReplicasPath! string @1
          statusReplicasPath! string @2

        type CustomResourceSubresourceStatus

        type CustomResourceSubresources
          scale CustomResourceSubresourceScale @2
          status CustomResourceSubresourceStatus @1

        type CustomResourceValidation
          openAPIV3Schema JSONSchemaProps @1

        type ExternalDocumentation
          description string @1
          url string @2

        type JSONSchemaProps
          $ref string @3
          $schema string @2
          additionalItems any @33
          additionalProperties any @30
          allOf [JSONSchemaProps] @25
          anyOf [JSONSchemaProps] @27
          default any @8
          definitions {JSONSchemaProps} @34
          dependencies {any} @32
          description string @4
          enum [any] @20
          example any @36
          exclusiveMaximum bool @10
          exclusiveMinimum bool @12
          externalDocs ExternalDocumentation @35
          format string @6
          id string @1
          items any @24
          maxItems int64 @16
          maxLength int64 @13
          maxProperties int64 @21
          maximum double @9
          minItems int64 @17
          minLength int64 @14
          minProperties int64 @22
          minimum double @11
          multipleOf double @19
          not JSONSchemaProps @28
          nullable bool @37
          oneOf [JSONSchemaProps] @26
          pattern string @15
          patternProperties {JSONSchemaProps} @31
          properties {JSONSchemaProps} @29
          required [string] @23
          title string @7
          type string @5
          uniqueItems bool @18
          x-kubernetes-embedded-resource bool
          x-kubernetes-int-or-string bool
          x-kubernetes-list-map-keys [string]
          x-kubernetes-list-type string
          x-kubernetes-map-type string
          x-kubernetes-preserve-unknown-fields bool
          x-kubernetes-validations [ValidationRule] map(rule) merge(rule)

        type SelectableField
          jsonPath! string @1

        type ServiceReference
          name! string @2
          namespace! string @1
          path string @3
          port int32 @4

        type ValidationRule
          fieldPath string @5
          message string @2
          messageExpression string @3
          optionalOldSelf bool @6
          reason string @4
          rule! string @1

        type WebhookClientConfig
          caBundle bytes @2
          service ServiceReference @1
          url string @3

        type WebhookConversion
          clientConfig WebhookClientConfig @2
          conversionReviewVersions! [string] @3
        """#
}
