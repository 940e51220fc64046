/// The types and resources of `admissionregistration.k8s.io/v1alpha1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let admissionregistrationV1alpha1 = #"""
        package io.k8s.api.admissionregistration.v1alpha1
        version admissionregistration.k8s.io v1alpha1
        resource mutatingadmissionpolicies MutatingAdmissionPolicy cluster singular:mutatingadmissionpolicy categories:api-extensions
        resource mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding cluster singular:mutatingadmissionpolicybinding categories:api-extensions

        type ApplyConfiguration  # A mutation in the form of a server-side apply.
          expression string @1
            # CEL expression that yields the fields to apply, such as Object{spec: Object.spec{replicas: 1}}. Atomic
            # lists, maps and objects cannot be changed this way.

        type JSONPatch  # A mutation in the form of a JSON patch (RFC 6902).
          expression string @1
            # CEL expression that yields a list of JSONPatch operations, such as JSONPatch{op: "add", path: "/spec/x",
            # value: 1}.

        type MatchCondition  # A condition a request must meet, beyond the rules, to be looked at.
          expression! string @2
            # CEL expression that yields a bool. It knows object, oldObject, request and authorizer, and in policies
            # also params.
          name! string @1  # Identifies the condition; a qualified name, with an optional domain prefix.

        type MatchResources atomic  # Which requests a policy or binding looks at. Exclusion wins over inclusion.
          excludeResourceRules [NamedRuleWithOperations] @4
            # Operations and resources to leave out even if resourceRules match.
          matchPolicy string? @7
            # Whether rules also match requests for the same resource in other versions: Equivalent (default),
            # converting the object, or Exact.
          namespaceSelector LabelSelector @1
            # Looks only at objects whose namespace has these labels. Cluster-scoped objects other than namespaces
            # always match. The default, empty, matches all.
          objectSelector LabelSelector @2
            # Looks only at objects whose old or new state has these labels. Users can change labels, so this fits only
            # opt-in. The default, empty, matches all.
          resourceRules [NamedRuleWithOperations] @3  # Operations and resources to look at; one match is enough.

        type MutatingAdmissionPolicy kind
          # Changes objects on their way into the cluster by CEL expressions. It takes effect through bindings.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec MutatingAdmissionPolicySpec @2  # What the policy matches and how it changes objects.

        type MutatingAdmissionPolicyBinding kind
          # Puts a MutatingAdmissionPolicy into effect, for certain objects and with certain parameters.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec MutatingAdmissionPolicyBindingSpec @2  # Which policy to apply, to what, and with which parameters.

        type MutatingAdmissionPolicyBindingList kind  # A list of MutatingAdmissionPolicyBinding objects.
          items! [MutatingAdmissionPolicyBinding] @2  # The MutatingAdmissionPolicyBinding objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type MutatingAdmissionPolicyBindingSpec  # What a binding applies and to which objects.
          matchResources MatchResources @3
            # Narrows further what the policy matches. Unset means no narrowing. DELETE cannot be matched.
          paramRef ParamRef @2
            # The parameter objects. Ignored if the policy has no paramKind; if they are missing parameterNotFoundAction
            # decides.
          policyName string @1  # Name of the MutatingAdmissionPolicy. Without that policy the binding has no effect.

        type MutatingAdmissionPolicyList kind  # A list of MutatingAdmissionPolicy objects.
          items! [MutatingAdmissionPolicy] @2  # The MutatingAdmissionPolicy objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type MutatingAdmissionPolicySpec  # What a mutating policy matches and how it changes objects.
          failurePolicy string? @5
            # What happens when an expression or the configuration fails: Fail the request (default) or Ignore the
            # policy.
          matchConditions [MatchCondition] @6 map(name) merge(name)
            # Conditions a request must all meet; one that is false skips the policy. At most 64.
          matchConstraints MatchResources @2
            # Which requests the policy looks at. DELETE cannot be matched, nor can mutating policies and their
            # bindings.
          mutations [Mutation] @4  # The changes, made in this order; at least one.
          paramKind ParamKind @1
            # Kind of the objects that parametrize the policy. Unset means that expressions have no params.
          reinvocationPolicy string @7
            # Whether the mutations may run again after later plugins changed the object: Never or IfNeeded.
          variables [Variable] @3
            # Named expressions that later ones use as variables.name. They can refer to earlier ones, but not be used
            # in matchConditions.

        type Mutation  # One change that a policy makes. The field that belongs to patchType is set.
          applyConfiguration ApplyConfiguration @3  # Fields to merge into the object as server-side apply does.
          jsonPatch JSONPatch @4  # JSON patch operations to perform.
          patchType! string @2  # Form of the change: ApplyConfiguration or JSONPatch.

        type NamedRuleWithOperations atomic
          # Operations and resources to match, optionally only for certain object names.
          apiGroups [string] @2/2/1  # API groups of the resources; '*' alone means all.
          apiVersions [string] @2/2/2  # API versions of the resources; '*' alone means all.
          operations [string] @2/1  # CREATE, UPDATE, DELETE, CONNECT, or '*' alone for all.
          resourceNames [string] @1  # Names of objects to match. Empty means all.
          resources [string] @2/2/3
            # Resources and subresources, such as pods, pods/log, '*' (all but subresources), pods/*, */scale, or */*
            # for everything.
          scope string? @2/2/4
            # Cluster, Namespaced, or '*' for both (default). Subresources have the scope of their resource.

        type ParamKind atomic  # Kind of the objects that parametrize a policy.
          apiVersion string @1  # Group and version of the kind, such as rules.example.com/v1.
          kind string @2  # The kind itself.

        type ParamRef atomic  # Finds the parameter objects of a binding. Exactly one of name and selector is set.
          name string @1  # Name of the parameter object.
          namespace string @2
            # Where to look for parameters. Unset means the namespace of the object being admitted; must be unset if the
            # kind is cluster-scoped.
          parameterNotFoundAction string? @4
            # What happens if no parameter object is found: Allow the request, or Deny it by way of the failurePolicy.
          selector LabelSelector @3
            # Labels of the parameter objects; the policy is evaluated with each of them. An empty selector means all of
            # the kind.

        type Variable  # A named CEL expression, evaluated at most once and only when used.
          expression! string @2  # CEL expression of the value, of any type.
          name! string @1  # Name of the variable, a CEL identifier; unique within the policy.
        """#
}
