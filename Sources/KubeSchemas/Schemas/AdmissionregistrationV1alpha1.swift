/// The types and resources of `admissionregistration.k8s.io/v1alpha1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let admissionregistrationV1alpha1 = #"""
        package io.k8s.api.admissionregistration.v1alpha1
        version admissionregistration.k8s.io v1alpha1
        resource mutatingadmissionpolicies MutatingAdmissionPolicy cluster singular:mutatingadmissionpolicy categories:api-extensions
        resource mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster singular:mutatingadmissionpolicybinding categories:api-extensions

        type ApplyConfiguration
          expression string @1

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

        type Variable
          expression! string @2
          name! string @1
        """#
}
