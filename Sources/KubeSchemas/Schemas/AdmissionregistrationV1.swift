/// The types and resources of `admissionregistration.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let admissionregistrationV1 = #"""
        package io.k8s.api.admissionregistration.v1
        version admissionregistration.k8s.io v1
        resource mutatingadmissionpolicies MutatingAdmissionPolicy cluster singular:mutatingadmissionpolicy categories:api-extensions
        resource mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster singular:mutatingadmissionpolicybinding categories:api-extensions
        resource mutatingwebhookconfigurations MutatingWebhookConfiguration cluster singular:mutatingwebhookconfiguration categories:api-extensions
        resource validatingadmissionpolicies ValidatingAdmissionPolicy cluster singular:validatingadmissionpolicy categories:api-extensions
        subresource validatingadmissionpolicies/status ValidatingAdmissionPolicy verbs:get,patch,update
        resource validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding cluster singular:validatingadmissionpolicybinding categories:api-extensions
        resource validatingwebhookconfigurations ValidatingWebhookConfiguration cluster singular:validatingwebhookconfiguration categories:api-extensions

        type ApplyConfiguration
          expression string @1

        type AuditAnnotation
          key! string @1
          valueExpression! string @2

        type ExpressionWarning
          fieldRef! string @2
          warning! string @3

        type JSONPatch
          expression string @1

        type MatchCondition
          expression! string @2
          name! string @1

        type MatchResources atomic
          excludeResourceRules [NamedRuleWithOperations] @4
          matchPolicy string @7
          namespaceSelector LabelSelector @1
          objectSelector LabelSelector @2
          resourceRules [NamedRuleWithOperations] @3

        type MutatingAdmissionPolicy kind
          metadata ObjectMeta @1
          spec MutatingAdmissionPolicySpec @2

        type MutatingAdmissionPolicyBinding kind
          metadata ObjectMeta @1
          spec MutatingAdmissionPolicyBindingSpec @2

        type MutatingAdmissionPolicyBindingList kind
          items! [MutatingAdmissionPolicyBinding] @2
          metadata ListMeta @1

        type MutatingAdmissionPolicyBindingSpec
          matchResources MatchResources @3
          paramRef ParamRef @2
          policyName string @1

        type MutatingAdmissionPolicyList kind
          items! [MutatingAdmissionPolicy] @2
          metadata ListMeta @1

        type MutatingAdmissionPolicySpec
          failurePolicy string @5
          matchConditions [MatchCondition] @6 map(name) merge(name)
          matchConstraints MatchResources @2
          mutations [Mutation] @4
          paramKind ParamKind @1
          reinvocationPolicy string @7
          variables [Variable] @3

        type MutatingWebhook
          admissionReviewVersions! [string] @8
          clientConfig! WebhookClientConfig @2
          failurePolicy string @4
          matchConditions [MatchCondition] @12 map(name) merge(name)
          matchPolicy string @9
          name! string @1
          namespaceSelector LabelSelector @5
          objectSelector LabelSelector @11
          reinvocationPolicy string @10
          rules [RuleWithOperations] @3
          sideEffects! string @6
          timeoutSeconds int32 @7

        type MutatingWebhookConfiguration kind
          metadata ObjectMeta @1
          webhooks [MutatingWebhook] @2 map(name) merge(name)

        type MutatingWebhookConfigurationList kind
          items! [MutatingWebhookConfiguration] @2
          metadata ListMeta @1

        type Mutation
          applyConfiguration ApplyConfiguration @3
          jsonPatch JSONPatch @4
          patchType! string @2

        type NamedRuleWithOperations atomic
          apiGroups [string] @2/2/1
          apiVersions [string] @2/2/2
          operations [string] @2/1
          resourceNames [string] @1
          resources [string] @2/2/3
          scope string @2/2/4

        type ParamKind atomic
          apiVersion string @1
          kind string @2

        type ParamRef atomic
          name string @1
          namespace string @2
          parameterNotFoundAction string @4
          selector LabelSelector @3

        type RuleWithOperations
          apiGroups [string] @2/1
          apiVersions [string] @2/2
          operations [string] @1
          resources [string] @2/3
          scope string @2/4

        type ServiceReference
          name! string @2
          namespace! string @1
          path string @3
          port int32 @4

        type TypeChecking
          expressionWarnings [ExpressionWarning] @1

        type ValidatingAdmissionPolicy kind
          metadata ObjectMeta @1
          spec ValidatingAdmissionPolicySpec @2
          status ValidatingAdmissionPolicyStatus @3

        type ValidatingAdmissionPolicyBinding kind
          metadata ObjectMeta @1
          spec! ValidatingAdmissionPolicyBindingSpec @2

        type ValidatingAdmissionPolicyBindingList kind
          items! [ValidatingAdmissionPolicyBinding] @2
          metadata ListMeta @1

        type ValidatingAdmissionPolicyBindingSpec
          matchResources MatchResources @3
          paramRef ParamRef @2
          policyName! string @1
          validationActions! [string] @4 set

        type ValidatingAdmissionPolicyList kind
          items! [ValidatingAdmissionPolicy] @2
          metadata ListMeta @1

        type ValidatingAdmissionPolicySpec
          auditAnnotations [AuditAnnotation] @5
          failurePolicy string @4
          matchConditions [MatchCondition] @6 map(name) merge(name)
          matchConstraints MatchResources @2
          paramKind ParamKind @1
          validations [Validation] @3
          variables [Variable] @7 map(name) merge(name)

        type ValidatingAdmissionPolicyStatus
          conditions [Condition] @3 map(type)
          observedGeneration int64 @1
          typeChecking TypeChecking @2

        type ValidatingWebhook
          admissionReviewVersions! [string] @8
          clientConfig! WebhookClientConfig @2
          failurePolicy string @4
          matchConditions [MatchCondition] @11 map(name) merge(name)
          matchPolicy string @9
          name! string @1
          namespaceSelector LabelSelector @5
          objectSelector LabelSelector @10
          rules [RuleWithOperations] @3
          sideEffects! string @6
          timeoutSeconds int32 @7

        type ValidatingWebhookConfiguration kind
          metadata ObjectMeta @1
          webhooks [ValidatingWebhook] @2 map(name) merge(name)

        type ValidatingWebhookConfigurationList kind
          items! [ValidatingWebhookConfiguration] @2
          metadata ListMeta @1

        type Validation
          expression! string @1
          message string @2
          messageExpression string @4
          reason string @3

        type Variable atomic
          expression! string @2
          name! string @1

        type WebhookClientConfig
          caBundle bytes @2
          service ServiceReference @1
          url string @3
        """#
}
