import HTTPCore
import Machinery

/// Establishes who sent a request.
package protocol Authenticator: Sendable {
    /// - Returns: the user; `nil` when the request carries nothing this authenticator knows.
    /// - Throws: `.unauthorized` for a credential that is not good.
    func authenticate(_ request: HTTPRequest) async throws(StatusError) -> Authenticated?
}

/// Who sent a request, or whose token it is, and what there is to say about the credential.
package struct Authenticated: Sendable {
    package var user: User
    /// Whom a token is meant for, of those that were asked about.
    package var audiences: [String]
    /// For the request's audit event.
    package var annotations: [(key: String, value: String)] = []
    package var warnings: [String] = []

    package init(user: User, audiences: [String] = []) {
        self.user = user
        self.audiences = audiences
    }
}

/// Asks several authenticators in turn; a request without any credential is anonymous, where that is allowed.
///
/// A bad credential does not fail at once, since another authenticator may know it, but it never becomes anonymous.
package struct AuthenticatorUnion: Authenticator {
    private let authenticators: [any Authenticator]
    private let anonymous: AnonymousAccess

    package init(_ authenticators: [any Authenticator], anonymous: AnonymousAccess = AnonymousAccess()) {
        self.authenticators = authenticators
        self.anonymous = anonymous
    }

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> Authenticated? {
        var failure: StatusError?
        for authenticator in authenticators {
            do {
                if var found = try await authenticator.authenticate(request) {
                    found.user.addAuthenticatedGroup()
                    return found
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard !request.headers.contains("authorization"), anonymous.isAllowed(request.path) else { return nil }
        return Authenticated(user: .anonymous)
    }
}

extension User {
    /// Everybody who proved who they are is a member, but for those who came as nobody by way of a proxy.
    mutating func addAuthenticatedGroup() {
        guard name != Self.anonymous.name, !groups.contains(where: { Self.everyone.contains($0) }) else { return }
        groups.append(Self.authenticatedGroup)
    }

    private static let everyone: Set<String> = [authenticatedGroup, unauthenticatedGroup]
}
