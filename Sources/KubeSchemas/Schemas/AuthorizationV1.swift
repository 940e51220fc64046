/// The types and resources of `authorization.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let authorizationV1 = #"""
        package io.k8s.api.authorization.v1
        version authorization.k8s.io v1
        resource localsubjectaccessreviews LocalSubjectAccessReview namespaced singular:localsubjectaccessreview verbs:create
        resource selfsubjectaccessreviews SelfSubjectAccessReview cluster singular:selfsubjectaccessreview verbs:create
        resource selfsubjectrulesreviews SelfSubjectRulesReview cluster singular:selfsubjectrulesreview verbs:create
        resource subjectaccessreviews SubjectAccessReview cluster singular:subjectaccessreview verbs:create

        type FieldSelectorAttributes  # The field selector that limits a request. At most one of the two fields is set.
          rawSelector string @1
            # The selector as in a query, such as spec.nodeName=a. The API server parses it; webhooks should ignore it.
          requirements [FieldSelectorRequirement] @2  # The parsed selector; an object must meet all requirements.

        type LabelSelectorAttributes  # The label selector that limits a request. At most one of the two fields is set.
          rawSelector string @1
            # The selector as in a query, such as app=web. The API server parses it; webhooks should ignore it.
          requirements [LabelSelectorRequirement] @2  # The parsed selector; an object must meet all requirements.

        type LocalSubjectAccessReview kind
          # Asks whether a user may do something in the namespace of the request. It is not stored.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! SubjectAccessReviewSpec @2
            # The user and the action. Its namespace must be that of the request; only resourceAttributes are allowed.
          status SubjectAccessReviewStatus @3  # The answer.

        type NonResourceAttributes  # A request to a path that is not a resource.
          path string @1  # The URL path, such as /healthz.
          verb string @2  # The HTTP method in lower case.

        type NonResourceRule  # Actions allowed on paths that are not resources.
          nonResourceURLs [string] @2  # URL paths; a '*' may stand for all or for the last steps.
          verbs! [string] @1  # HTTP methods in lower case; '*' means all.

        type ResourceAttributes  # A request for a resource.
          fieldSelector FieldSelectorAttributes @8
            # Limits the request to objects by their fields. Only for list, watch and deletecollection.
          group string @3  # API group; '*' means all.
          labelSelector LabelSelectorAttributes @9
            # Limits the request to objects by their labels. Only for list, watch and deletecollection.
          name string @7  # Name of the object. Empty means all.
          namespace string @1
            # Namespace of the request. Empty means all for namespaced resources, and none for others.
          resource string @5  # The resource, such as pods; '*' means all.
          subresource string @6  # The subresource, such as log. Empty means none.
          verb string @2
            # One of get, list, watch, create, update, patch, delete, deletecollection, another verb, or '*' for all.
          version string @4  # API version; '*' means all.

        type ResourceRule  # Actions allowed on resources.
          apiGroups [string] @2  # API groups of the resources; '*' means all.
          resourceNames [string] @4  # Names of the objects the rule is limited to. Empty means all.
          resources [string] @3  # Resources, or resource/subresource; '*' means all, and */name a subresource of all.
          verbs! [string] @1
            # Any of get, list, watch, create, update, patch, delete, deletecollection, other verbs, or '*' for all.

        type SelfSubjectAccessReview kind
          # Asks whether the caller may do something, as kubectl auth can-i does. It is not stored.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! SelfSubjectAccessReviewSpec @2  # The action.
          status SubjectAccessReviewStatus @3  # The answer.

        type SelfSubjectAccessReviewSpec  # The action to ask about. Exactly one of the fields is set.
          nonResourceAttributes NonResourceAttributes @2  # A request to a path that is not a resource.
          resourceAttributes ResourceAttributes @1  # A request for a resource.

        type SelfSubjectRulesReview kind
          # Asks what the caller may do in a namespace. Meant for user interfaces, not for decisions. It is not stored.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! SelfSubjectRulesReviewSpec @2  # The namespace to ask about.
          status SubjectRulesReviewStatus @3  # The answer: the rules that apply to the caller.

        type SelfSubjectRulesReviewSpec  # What to ask about.
          namespace string @1  # The namespace to list the rules for. Required.

        type SubjectAccessReview kind  # Asks whether a user may do something. It is not stored.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! SubjectAccessReviewSpec @2  # The user and the action.
          status SubjectAccessReviewStatus @3  # The answer.

        type SubjectAccessReviewSpec
          # A user and an action. Exactly one of the attributes, and at least one of user and groups is set.
          extra {[string]} @5  # Further attributes of the user, as the authenticator gives them.
          groups [string] @4  # Groups of the user.
          nonResourceAttributes NonResourceAttributes @2  # A request to a path that is not a resource.
          resourceAttributes ResourceAttributes @1  # A request for a resource.
          uid string @6  # UID of the user.
          user string @3  # Name of the user. With groups alone only the groups are asked about.

        type SubjectAccessReviewStatus  # Whether an action is allowed.
          allowed! bool @1  # Whether the action is allowed.
          denied bool @4
            # Whether an authorizer forbids the action explicitly. If both are false no authorizer has an opinion, which
            # means no.
          evaluationError string @3  # What went wrong on the way; the answer may be valid nevertheless.
          reason string @2  # Why the action is allowed or denied.

        type SubjectRulesReviewStatus  # What a user may do in a namespace.
          evaluationError string @4  # What went wrong on the way, so that rules may be missing.
          incomplete! bool @3  # Whether rules may be missing because an authorizer cannot list them.
          nonResourceRules! [NonResourceRule] @2
            # Actions allowed on paths that are not resources, in no particular order.
          resourceRules! [ResourceRule] @1  # Actions allowed on resources, in no particular order.
        """#
}
