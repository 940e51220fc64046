/// The types and resources of `authentication.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let authenticationV1 = #"""
        package io.k8s.api.authentication.v1
        version authentication.k8s.io v1
        resource selfsubjectreviews SelfSubjectReview cluster singular:selfsubjectreview verbs:create
        resource tokenreviews TokenReview cluster singular:tokenreview verbs:create

        type BoundObjectReference  # The object a token is bound to; the token is void once that object is deleted.
          apiVersion string @2  # Group and version of the object.
          kind string @1  # Kind of the object: Pod, Secret or Node.
          name string @3  # Name of the object.
          uid string @4  # UID of the object.

        type SelfSubjectReview kind
          # Asks who the API server takes the caller for, as kubectl auth whoami does. It is not stored.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          status SelfSubjectReviewStatus @2  # The answer: the attributes of the caller.

        type SelfSubjectReviewStatus  # Who the caller is.
          userInfo UserInfo @1  # The attributes of the caller.

        type TokenRequest kind
          # Asks for a token of a service account. It is sent to the token subresource of the account.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec TokenRequestSpec @2  # Audiences, lifetime and binding of the token.
          status TokenRequestStatus @3  # The answer: the token.

        type TokenRequestSpec  # Which token is wanted.
          audiences [string] @1
            # Who the token is meant for; its recipients must refuse it otherwise. Empty means the API server.
          boundObjectRef BoundObjectReference @3  # Binds the token to the lifetime of an object such as a pod.
          expirationSeconds int64? @4
            # Lifetime in seconds, at least 600; the server may grant another. Defaults to 3600.

        type TokenRequestStatus  # The issued token.
          expirationTimestamp time @2  # When the token expires.
          token string @1  # The token itself, for use as bearer token.

        type TokenReview kind  # Asks whether a token is valid and whose it is. It is not stored.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! TokenReviewSpec @2  # The token to check.
          status TokenReviewStatus @3  # The answer.

        type TokenReviewSpec  # The token to check.
          audiences [string] @2
            # Who the token was presented to; it must be meant for one of them. Empty means the API server.
          token! string @1  # The bearer token.

        type TokenReviewStatus  # The result of checking a token.
          audiences [string] @4
            # Those of the requested audiences that the token is meant for. Empty means that the API server is meant.
          authenticated bool @1  # Whether the token is valid.
          error string @3  # Why the token could not be checked.
          user UserInfo @2  # Whose token it is. Set if it is valid.

        type UserInfo  # The attributes by which a user is known.
          extra {[string]} @4  # Further attributes given by the authenticator.
          groups [string] @3  # Names of the groups the user belongs to.
          uid string @2  # Tells the user apart from others who had the same name at another time.
          username string @1  # Name that identifies the user among all that are active.
        """#
}
