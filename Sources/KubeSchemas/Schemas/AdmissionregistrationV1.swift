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

        type ApplyConfiguration  # A mutation in the form of a server-side apply.
          expression string @1
            # CEL expression that yields the fields to apply, such as Object{spec: Object.spec{replicas: 1}}. Atomic
            # lists, maps and objects cannot be changed this way.

        type AuditAnnotation  # An annotation that a policy adds to the audit event of a request.
          key! string @1
            # Last part of the annotation's key, after the name of the policy and a slash. Unique within the policy, at
            # most 63 bytes.
          valueExpression! string @2
            # CEL expression of at most 5 KiB that yields the value as a string; null or empty omits the annotation.
            # Results are cut off at 10 KiB.

        type ExpressionWarning  # A problem that type checking found in one expression of a policy.
          fieldRef! string @2  # Path of the expression, such as spec.validations[0].expression.
          warning! string @3  # What is wrong, with the type it was checked against.

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

        type MutatingWebhook  # An HTTPS endpoint that may change or reject objects.
          admissionReviewVersions! [string] @8
            # Versions of AdmissionReview the webhook understands, preferred ones first. The server uses the first it
            # knows itself.
          clientConfig! WebhookClientConfig @2  # How to reach the webhook.
          failurePolicy string? @4
            # What happens when the call fails: Fail the request (default) or Ignore the webhook.
          matchConditions [MatchCondition] @12 map(name) merge(name)
            # CEL conditions a request must all meet; one that is false skips the webhook. At most 64.
          matchPolicy string? @9
            # Whether rules also match requests for the same resource in other versions: Equivalent (default),
            # converting the object, or Exact.
          name! string @1  # Name of the webhook, fully qualified, such as images.example.com.
          namespaceSelector LabelSelector @5
            # Calls the webhook only for objects whose namespace has these labels. Cluster-scoped objects other than
            # namespaces always match. The default, empty, matches all.
          objectSelector LabelSelector @11
            # Calls the webhook only for objects whose old or new state has these labels. Users can change labels, so
            # this fits only opt-in. The default, empty, matches all.
          reinvocationPolicy string? @10
            # Whether the webhook is called again if others changed the object after it: Never (default) or IfNeeded,
            # for which it must be idempotent.
          rules [RuleWithOperations] @3
            # Operations and resources to call the webhook for; one match is enough. Webhook configurations themselves
            # are never sent.
          sideEffects! string? @6
            # Whether calls change anything elsewhere: None, or NoneOnDryRun. Webhooks that do must be able to undo, as
            # the request may still fail.
          timeoutSeconds int32? @7
            # Seconds to wait for the answer, 1 to 30. Defaults to 10. After that failurePolicy decides.

        type MutatingWebhookConfiguration kind
          # Registers webhooks that may change or reject objects on their way into the cluster.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          webhooks [MutatingWebhook] @2 map(name) merge(name)  # The webhooks and what they are called for.

        type MutatingWebhookConfigurationList kind  # A list of MutatingWebhookConfiguration objects.
          items! [MutatingWebhookConfiguration] @2  # The MutatingWebhookConfiguration objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

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

        type RuleWithOperations  # Operations and resources to match.
          apiGroups [string] @2/1  # API groups of the resources; '*' alone means all.
          apiVersions [string] @2/2  # API versions of the resources; '*' alone means all.
          operations [string] @1  # CREATE, UPDATE, DELETE, CONNECT, or '*' alone for all.
          resources [string] @2/3
            # Resources and subresources, such as pods, pods/log, '*' (all but subresources), pods/*, */scale, or */*
            # for everything.
          scope string? @2/4
            # Cluster, Namespaced, or '*' for both (default). Subresources have the scope of their resource.

        type ServiceReference  # The Service behind which a webhook runs.
          name! string @2  # Name of the Service.
          namespace! string @1  # Namespace of the Service.
          path string? @3  # URL path to send the request to.
          port int32? @4  # Port of the Service, 1 to 65535. Defaults to 443.

        type TypeChecking  # What type checking the expressions of a policy found.
          expressionWarnings [ExpressionWarning] @1  # The problems found, one for each expression.

        type ValidatingAdmissionPolicy kind
          # Accepts or rejects objects on their way into the cluster by CEL expressions. It takes effect through
          # bindings.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec ValidatingAdmissionPolicySpec @2  # What the policy matches and what it demands.
          status ValidatingAdmissionPolicyStatus @3  # Result of type checking; written by the system.

        type ValidatingAdmissionPolicyBinding kind
          # Puts a ValidatingAdmissionPolicy into effect, for certain objects, with certain parameters and consequences.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! ValidatingAdmissionPolicyBindingSpec @2
            # Which policy to apply, to what, with which parameters and consequences.

        type ValidatingAdmissionPolicyBindingList kind  # A list of ValidatingAdmissionPolicyBinding objects.
          items! [ValidatingAdmissionPolicyBinding] @2  # The ValidatingAdmissionPolicyBinding objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ValidatingAdmissionPolicyBindingSpec
          # What a binding applies, to which objects, and with which consequences.
          matchResources MatchResources @3  # Narrows further what the policy matches. Unset means no narrowing.
          paramRef ParamRef @2
            # The parameter objects. Ignored if the policy has no paramKind; if they are missing parameterNotFoundAction
            # decides.
          policyName! string @1  # Name of the ValidatingAdmissionPolicy. Without that policy the binding has no effect.
          validationActions! [string] @4 set
            # What a failed validation causes: Deny the request, Warn the client, Audit the event. Deny and Warn exclude
            # each other.

        type ValidatingAdmissionPolicyList kind  # A list of ValidatingAdmissionPolicy objects.
          items! [ValidatingAdmissionPolicy] @2  # The ValidatingAdmissionPolicy objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ValidatingAdmissionPolicySpec
          # What a validating policy matches and what it demands. There is at least one validation or audit annotation.
          auditAnnotations [AuditAnnotation] @5  # Annotations to add to the audit event of a request. At most 20.
          failurePolicy string? @4
            # What happens when an expression or the configuration fails: Fail the request (default) or Ignore the
            # policy.
          matchConditions [MatchCondition] @6 map(name) merge(name)
            # Conditions a request must all meet; one that is false skips the policy. At most 64.
          matchConstraints MatchResources @2
            # Which requests the policy looks at. Validating policies and their bindings cannot be matched.
          paramKind ParamKind @1
            # Kind of the objects that parametrize the policy. Unset means that expressions have no params.
          validations [Validation] @3  # The demands; all have to hold.
          variables [Variable] @7 map(name) merge(name)
            # Named expressions that later ones use as variables.name. They can refer to earlier ones, but not be used
            # in matchConditions.

        type ValidatingAdmissionPolicyStatus  # What the system found out about a policy.
          conditions [Condition] @3 map(type)  # The current conditions of the policy.
          observedGeneration int64 @1  # The metadata.generation this status was computed for.
          typeChecking TypeChecking @2  # Result of type checking. Absent while it has not been done.

        type ValidatingWebhook  # An HTTPS endpoint that may reject objects, but not change them.
          admissionReviewVersions! [string] @8
            # Versions of AdmissionReview the webhook understands, preferred ones first. The server uses the first it
            # knows itself.
          clientConfig! WebhookClientConfig @2  # How to reach the webhook.
          failurePolicy string? @4
            # What happens when the call fails: Fail the request (default) or Ignore the webhook.
          matchConditions [MatchCondition] @11 map(name) merge(name)
            # CEL conditions a request must all meet; one that is false skips the webhook. At most 64.
          matchPolicy string? @9
            # Whether rules also match requests for the same resource in other versions: Equivalent (default),
            # converting the object, or Exact.
          name! string @1  # Name of the webhook, fully qualified, such as images.example.com.
          namespaceSelector LabelSelector @5
            # Calls the webhook only for objects whose namespace has these labels. Cluster-scoped objects other than
            # namespaces always match. The default, empty, matches all.
          objectSelector LabelSelector @10
            # Calls the webhook only for objects whose old or new state has these labels. Users can change labels, so
            # this fits only opt-in. The default, empty, matches all.
          rules [RuleWithOperations] @3
            # Operations and resources to call the webhook for; one match is enough. Webhook configurations themselves
            # are never sent.
          sideEffects! string? @6
            # Whether calls change anything elsewhere: None, or NoneOnDryRun. Webhooks that do must be able to undo, as
            # the request may still fail.
          timeoutSeconds int32? @7
            # Seconds to wait for the answer, 1 to 30. Defaults to 10. After that failurePolicy decides.

        type ValidatingWebhookConfiguration kind
          # Registers webhooks that may reject objects on their way into the cluster.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          webhooks [ValidatingWebhook] @2 map(name) merge(name)  # The webhooks and what they are called for.

        type ValidatingWebhookConfigurationList kind  # A list of ValidatingWebhookConfiguration objects.
          items! [ValidatingWebhookConfiguration] @2  # The ValidatingWebhookConfiguration objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type Validation  # One demand of a policy.
          expression! string @1
            # CEL expression that yields true if the request is fine. It knows object, oldObject, request, params,
            # namespaceObject, variables and authorizer.
          message string @2
            # What the client is told if the demand is not met; a single line. Required if the expression has line
            # breaks.
          messageExpression string @4
            # CEL expression that yields the message; wins over message unless it fails or yields no single line.
          reason string? @3
            # Machine-readable cause, which decides the HTTP status: Unauthorized, Forbidden, Invalid (default) or
            # RequestEntityTooLarge.

        type Variable atomic  # A named CEL expression, evaluated at most once and only when used.
          expression! string @2  # CEL expression of the value, of any type.
          name! string @1  # Name of the variable, a CEL identifier; unique within the policy.

        type WebhookClientConfig  # How to reach a webhook. Exactly one of service and url is set.
          caBundle bytes @2
            # PEM certificates that the webhook's certificate is verified with. Unset means the trust roots of the API
            # server's system.
          service ServiceReference @1
            # The Service behind which the webhook runs; to be used for webhooks within the cluster.
          url string? @3  # Location of the webhook, https://host:port/path, without user, query or fragment.
        """#
}
