import HTTPCore
import Machinery

/// Users by bearer token. Each kind of token has a verifier; the first that knows a token decides.
package struct BearerTokenAuthenticator: Authenticator {
    private let verifiers: [any TokenVerifier]

    package init(_ verifiers: [any TokenVerifier]) {
        self.verifiers = verifiers
    }

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> User? {
        guard let token = Self.token(request.headers) else { return nil }
        guard let user = try verify(token, audiences: nil)?.user else { throw StatusError.unauthorized() }
        return user
    }

    /// The token's user and audiences; `nil` when no verifier knows it.
    package func verify(_ token: String, audiences: [String]?) throws(StatusError) -> VerifiedToken? {
        for verifier in verifiers {
            if let verified = try verifier.verify(token, audiences: audiences) { return verified }
        }
        return nil
    }

    /// From the `Authorization` header; `nil` where it has another scheme.
    private static func token(_ headers: HTTPHeaders) -> String? {
        if let value = headers["authorization"] {
            // Letters in capitals differ from small ones in this bit, which the space has.
            let bytes = value.utf8
            guard bytes.count > 7, zip(bytes, "bearer ".utf8).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
            let token = bytes.dropFirst(7).drop { $0 == UInt8(ascii: " ") }
            return token.isEmpty ? nil : String(Substring(token))
        }
        return nil
    }
}

package struct VerifiedToken: Sendable {
    package let user: User
    package let audiences: [String]

    package init(user: User, audiences: [String]) {
        self.user = user
        self.audiences = audiences
    }
}

/// Knows one kind of token.
package protocol TokenVerifier: Sendable {
    /// - Returns: `nil` for a token of another kind.
    /// - Throws: `.unauthorized` for a token of this kind that is not good.
    /// - Parameter audiences: whom the token must be meant for; `nil` for the API server itself.
    func verify(_ token: String, audiences: [String]?) throws(StatusError) -> VerifiedToken?
}
