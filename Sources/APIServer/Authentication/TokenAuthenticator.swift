import HTTPCore
import Machinery

/// Users by bearer token. Each kind of token has a verifier; the first that finds a token good decides.
package struct BearerTokenAuthenticator: Authenticator {
    private let verifiers: [any TokenVerifier]

    package init(_ verifiers: [any TokenVerifier]) {
        self.verifiers = verifiers
    }

    package func authenticate(_ request: HTTPRequest) async throws(StatusError) -> Authenticated? {
        guard let token = Self.token(request.headers) else { return nil }
        guard let found = try await verify(token, audiences: nil) else { throw StatusError.unauthorized() }
        return found
    }

    /// The token's user and audiences; `nil` when no verifier knows it.
    ///
    /// - Throws: why the verifiers that know it find it bad.
    package func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
        var failures: [StatusError] = []
        for verifier in verifiers {
            do {
                if let verified = try await verifier.verify(token, audiences: audiences) { return verified }
            } catch {
                failures.append(error)
            }
        }
        guard let first = failures.first else { return nil }
        guard failures.count > 1 else { throw first }
        throw StatusError.unauthorized("[\(failures.map(\.message).joined(separator: ", "))]")
    }

    /// From the `Authorization` header, `nil` where it has another scheme; or from a browser's WebSocket, which cannot
    /// send one.
    private static func token(_ headers: HTTPHeaders) -> String? {
        if let value = headers["authorization"] {
            // Letters in capitals differ from small ones in this bit, which the space has.
            let bytes = value.utf8
            guard bytes.count > 7, zip(bytes, "bearer ".utf8).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
            let token = bytes.dropFirst(7).drop { $0 == UInt8(ascii: " ") }
            return token.isEmpty ? nil : String(Substring(token))
        }
        return WebSocketToken.find(headers)
    }
}

/// Knows one kind of token.
package protocol TokenVerifier: Sendable {
    /// - Returns: `nil` for a token of another kind.
    /// - Throws: `.unauthorized` for a token of this kind that is not good.
    /// - Parameter audiences: whom the token must be meant for; `nil` for the API server itself.
    func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated?
}
