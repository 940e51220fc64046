/// The types and resources of `authorization.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let authorizationV1 = #"""
        package io.k8s.api.authorization.v1
        version authorization.k8s.io v1
        resource localsubjectaccessreviews LocalSubjectAccessReview namespaced singular:localsubjectaccessreview verbs:create
        resource selfsubjectaccessreviews SelfSubjectAccessReview cluster singular:selfsubjectaccessreview verbs:create
        resource selfsubjectrulesreviews SelfSubjectRulesReview cluster singular:selfsubjectrulesreview verbs:create
        resource subjectaccessreviews SubjectAccessReview cluster singular:subjectaccessreview verbs:create

        type FieldSelectorAttributes
          rawSelector string @1
          requirements [FieldSelectorRequirement] @2

        type LabelSelectorAttributes
          rawSelector string @1
          requirements [LabelSelectorRequirement] @2

        type LocalSubjectAccessReview kind
          metadata ObjectMeta @1
          spec! SubjectAccessReviewSpec @2
          status SubjectAccessReviewStatus @3

        type NonResourceAttributes
          path string @1
          verb string @2

        type NonResourceRule
          nonResourceURLs [string] @2
          verbs! [string] @1

        type ResourceAttributes
          fieldSelector FieldSelectorAttributes @8
          group string @3
          labelSelector LabelSelectorAttributes @9
          name string @7
          namespace string @1
          resource string @5
          subresource string @6
          verb string @2
          version string @4

        type ResourceRule
          apiGroups [string] @2
          resourceNames [string] @4
          resources [string] @3
          verbs! [string] @1

        type SelfSubjectAccessReview kind
          metadata ObjectMeta @1
          spec! SelfSubjectAccessReviewSpec @2
          status SubjectAccessReviewStatus @3

        type SelfSubjectAccessReviewSpec
          nonResourceAttributes NonResourceAttributes @2
          resourceAttributes ResourceAttributes @1

        type SelfSubjectRulesReview kind
          metadata ObjectMeta @1
          spec! SelfSubjectRulesReviewSpec @2
          status SubjectRulesReviewStatus @3

        type SelfSubjectRulesReviewSpec
          namespace string @1

        type SubjectAccessReview kind
          metadata ObjectMeta @1
          spec! SubjectAccessReviewSpec @2
          status SubjectAccessReviewStatus @3

        type SubjectAccessReviewSpec
          extra {[string]} @5
          groups [string] @4
          nonResourceAttributes NonResourceAttributes @2
          resourceAttributes ResourceAttributes @1
          uid string @6
          user string @3

        type SubjectAccessReviewStatus
          allowed! bool @1
          denied bool @4
          evaluationError string @3
          reason string @2

        type SubjectRulesReviewStatus
          evaluationError string @4
          incomplete! bool @3
          nonResourceRules! [NonResourceRule] @2
          resourceRules! [ResourceRule] @1
        """#
}
