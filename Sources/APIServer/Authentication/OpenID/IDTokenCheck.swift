import Machinery
import PKI

/// What holds of every token of an issuer: signed by one of its keys, in its time, for one of the audiences.
struct IDTokenCheck: Sendable {
    /// "Not before" may lie ahead by that much, for clocks differ.
    private static let leeway: Int64 = 300

    let keys: IssuerKeys
    let audiences: [String]
    let algorithms: Set<SigningAlgorithm>
    let clock: any WallClock

    func check(_ jwt: JWT, _ claims: JSONObject) async throws(IssuerKeys.Failure) {
        try await checkSignature(jwt)
        try checkTime(claims)
        let meant = claims.string("aud").map { [$0] } ?? claims.strings("aud")
        guard meant.contains(where: audiences.contains) else {
            throw IssuerKeys.Failure(
                description: "oidc: expected audience in \(Self.list(audiences.sorted())) got \(Self.list(meant))")
        }
    }

    private func checkSignature(_ jwt: JWT) async throws(IssuerKeys.Failure) {
        guard algorithms.contains(where: { $0.rawValue == jwt.algorithm }) else {
            throw IssuerKeys.Failure(
                description: "oidc: id token signed with unsupported algorithm, expected "
                    + "\(Self.list(algorithms.map(\.rawValue).sorted())) got \(GoQuote.quote(jwt.algorithm))")
        }
        if try await keys.keys(isNew: false).verifies(jwt, algorithms) { return }
        guard try await keys.keys(isNew: true).verifies(jwt, algorithms) else {
            throw IssuerKeys.Failure(description: "failed to verify signature: failed to verify id token signature")
        }
    }

    private func checkTime(_ claims: JSONObject) throws(IssuerKeys.Failure) {
        let now = clock.now.seconds
        guard let end = Self.seconds(claims["exp"]), now <= end else {
            let shown = Self.seconds(claims["exp"]).map { Timestamp(seconds: $0).rfc3339 } ?? "none"
            throw IssuerKeys.Failure(description: "oidc: token is expired (Token Expiry: \(shown))")
        }
        if let begin = Self.seconds(claims["nbf"]), now + Self.leeway < begin {
            throw IssuerKeys.Failure(
                description: "oidc: current time \(Timestamp(seconds: now).rfc3339) before the nbf (not before) time: "
                    + Timestamp(seconds: begin).rfc3339)
        }
    }

    private static func seconds(_ claim: JSON?) -> Int64? {
        claim?.intValue ?? claim?.doubleValue.flatMap { Int64(exactly: $0.rounded(.down)) }
    }

    private static func list(_ texts: [String]) -> String {
        "[\(texts.map(GoQuote.quote).joined(separator: " "))]"
    }
}
