import HTTPCore
import Machinery

/// Establishes who sent a request.
package protocol Authenticator: Sendable {
    /// - Returns: the user; `nil` when the request carries nothing this authenticator knows.
    /// - Throws: `.unauthorized` for a credential that is not good.
    func authenticate(_ request: HTTPRequest) async throws(StatusError) -> User?
}

/// Asks several authenticators in turn; a request none of them knows is anonymous.
///
/// A bad credential does not fail at once, since another authenticator may know it, but it never becomes anonymous.
package struct AuthenticatorUnion: Authenticator {
    private let authenticators: [any Authenticator]

    package init(_ authenticators: [any Authenticator]) {
        self.authenticators = authenticators
    }

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> User? {
        var failure: StatusError?
        for authenticator in authenticators {
            do {
                if var user = try await authenticator.authenticate(request) {
                    if !user.groups.contains(User.authenticatedGroup) { user.groups.append(User.authenticatedGroup) }
                    return user
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return request.headers.contains("authorization") ? nil : .anonymous
    }
}
