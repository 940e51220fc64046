/// The types and resources of `authentication.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let authenticationV1 = #"""
        package io.k8s.api.authentication.v1
        version authentication.k8s.io v1
        resource selfsubjectreviews SelfSubjectReview cluster singular:selfsubjectreview verbs:create
        resource tokenreviews TokenReview cluster singular:tokenreview verbs:create

        type BoundObjectReference
          apiVersion string @2
          kind string @1
          name string @3
          uid string @4

        type SelfSubjectReview kind
          metadata ObjectMeta @1
          status SelfSubjectReviewStatus @2

        type SelfSubjectReviewStatus
          userInfo UserInfo @1

        type TokenRequest kind
          metadata ObjectMeta @1
          spec TokenRequestSpec @2
          status TokenRequestStatus @3

        type TokenRequestSpec
          audiences [string] @1
          boundObjectRef BoundObjectReference @3
          expirationSeconds int64 @4

        type TokenRequestStatus
          expirationTimestamp time @2
          token string @1

        type TokenReview kind
          metadata ObjectMeta @1
          spec! TokenReviewSpec @2
          status TokenReviewStatus @3

        type TokenReviewSpec
          audiences [string] @2
          token! string @1

        type TokenReviewStatus
          audiences [string] @4
          authenticated bool @1
          error string @3
          user UserInfo @2

        type UserInfo
          extra {[string]} @4
          groups [string] @3
          uid string @2
          username string @1
        """#
}
