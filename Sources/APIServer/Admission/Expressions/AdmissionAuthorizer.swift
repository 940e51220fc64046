import CEL
import Machinery

/// Answers the `authorizer` of expressions for the user of a request, or for a service account an expression names.
struct AdmissionAuthorizer: CELAuthorizer {
    let user: User
    let authorizer: any Authorizer

    func answer(_ question: CELAuthorizationQuestion) async -> CELAuthorizationAnswer {
        let user = question.serviceAccount.map(Self.user) ?? user
        let access: AccessAttributes
        switch question.target {
        case .path(let path):
            access = AccessAttributes(user: user, verb: question.verb, path: path)
        case .resource(let group, let version, let resource, let subresource, let namespace, let name):
            var attributes = AccessAttributes(
                user: user, verb: question.verb, group: group, version: version, resource: resource,
                subresource: subresource, namespace: namespace, name: name)
            // A selector that cannot be read narrows nothing.
            attributes.fieldSelector = question.fieldSelector.flatMap { try? FieldSelector(parsing: $0) }
            attributes.labelSelector = question.labelSelector.flatMap { try? Selector(parsing: $0) }
            access = attributes
        }
        switch await authorizer.authorize(access) {
        case .allow(let reason): return CELAuthorizationAnswer(isAllowed: true, reason: reason)
        case .noOpinion(let reason), .deny(let reason): return CELAuthorizationAnswer(isAllowed: false, reason: reason)
        case .failure(let failure, _): return CELAuthorizationAnswer(isAllowed: false, error: failure)
        }
    }

    private static func user(_ account: CELAuthorizationQuestion.ServiceAccount) -> User {
        let name = ServiceAccountName(namespace: account.namespace, name: account.name)
        return User(name: name.userName, groups: name.groups + [User.authenticatedGroup])
    }
}
