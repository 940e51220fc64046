/// Who answers the `authorizer` of expressions: the host's authorization.
///
/// Evaluation itself never waits. An expression that asks what is not known yet is abandoned, the question is answered
/// here, and the expression is evaluated again with the answer; two questions are the most that one expression's cost
/// allows.
package protocol CELAuthorizer: Sendable {
    /// May the user do it? A failure to find out belongs into the answer's `error`.
    func answer(_ question: CELAuthorizationQuestion) async -> CELAuthorizationAnswer
}

/// A check an expression makes: `authorizer.group('apps').resource('deployments').namespace('x').check('get')`.
package struct CELAuthorizationQuestion: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case path(String)
        case resource(
            group: String, version: String, resource: String, subresource: String, namespace: String, name: String)
    }

    package let target: Target
    package let verb: String
    /// The service account asked for with `authorizer.serviceAccount(namespace, name)`; else the requesting user.
    package let serviceAccount: ServiceAccount?
    /// The selectors' texts, parsed by the host like those of a SubjectAccessReview.
    package let fieldSelector: String?
    package let labelSelector: String?

    package struct ServiceAccount: Hashable, Sendable {
        package let namespace: String
        package let name: String
    }
}

package struct CELAuthorizationAnswer: Hashable, Sendable {
    package let isAllowed: Bool
    package let reason: String
    package let error: String?

    package init(isAllowed: Bool, reason: String = "", error: String? = nil) {
        self.isAllowed = isAllowed
        self.reason = reason
        self.error = error
    }
}
