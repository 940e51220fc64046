import HTTPCore

/// Finds out who sent a request, by its `Authorization: Bearer`: an API key, or a service account's token.
struct CallerAuthenticator: Sendable {
    let keys: APIKeyRing
    let accounts: any AccountTokens

    /// Longer ones are no token of anybody's.
    private static let longestToken = 16 * 1024

    func caller(of request: HTTPRequest) async throws(OpenAIError) -> Caller {
        guard let token = Self.token(request.headers) else { throw .unauthorized }
        if let caller = keys.caller(ofKey: token) { return caller }
        // Tokens of accounts are JSON Web Tokens: three parts.
        guard token.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2,
            let namespace = await accounts.namespace(ofToken: token)
        else { throw .unauthorized }
        return Caller(tenant: namespace)
    }

    private static func token(_ headers: HTTPHeaders) -> String? {
        guard let value = headers["authorization"], value.utf8.count <= longestToken else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, HTTPHeaders.equal(parts[0], "bearer") else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }
}
