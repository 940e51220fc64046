import Machinery
import PKI
import Synchronization

/// Users by the tokens of other issuers: OpenID Connect, as Kubernetes' structured authentication has it.
///
/// Source: k8s.io/apiserver/plugin/pkg/authenticator/token/oidc. Distributed claims are not followed.
struct OpenIDVerifier: TokenVerifier {
    private let issuer: JWTIssuer
    private let keys: IssuerKeys
    private let clock: any WallClock
    private let ownAudiences: [String]

    /// "Not before" may lie ahead by that much, for clocks differ.
    private static let leeway: Int64 = 300

    init(_ issuer: JWTIssuer, ownAudiences: [String], clock: any WallClock) throws(ConfigurationDocument.Failure) {
        self.issuer = issuer
        self.clock = clock
        self.ownAudiences = ownAudiences
        do throws(IssuerKeys.Failure) {
            keys = try IssuerKeys(issuer)
        } catch {
            throw ConfigurationDocument.Failure(error.description)
        }
    }

    func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
        guard token.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2, let jwt = try? JWT(token),
            case .object(let claims)? = try? JSON(parsing: jwt.payload), isOurs(claims)
        else { return nil }
        // Such tokens say nothing of this server's own audiences: whoever asks for others gets no answer.
        if let audiences, !audiences.contains(where: ownAudiences.contains) { return nil }
        do {
            try await checkSignature(jwt)
            try check(claims)
            let user = try user(claims)
            return Authenticated(user: user, audiences: audiences.map { $0.filter(ownAudiences.contains) } ?? [])
        } catch {
            throw StatusError.unauthorized("oidc: \(error)")
        }
    }

    private func isOurs(_ claims: JSONObject) -> Bool {
        let given = claims.string("iss")
        // Google's own tokens name their issuer without a scheme.
        return given == issuer.url || (given == "accounts.google.com" && issuer.url == "https://accounts.google.com")
    }

    private func checkSignature(_ jwt: JWT) async throws(IssuerKeys.Failure) {
        guard issuer.algorithms.contains(where: { $0.rawValue == jwt.algorithm }) else {
            let names = issuer.algorithms.map(\.rawValue).sorted().map(GoQuote.quote).joined(separator: " ")
            throw IssuerKeys.Failure(
                description: "verify token: oidc: id token signed with unsupported algorithm, expected [\(names)] got "
                    + GoQuote.quote(jwt.algorithm))
        }
        if try await keys.keys(isNew: false).verifies(jwt, issuer.algorithms) { return }
        guard try await keys.keys(isNew: true).verifies(jwt, issuer.algorithms) else {
            throw IssuerKeys.Failure(
                description: "verify token: failed to verify signature: failed to verify id token signature")
        }
    }

    private func check(_ claims: JSONObject) throws(ClaimExpression.Failure) {
        let now = clock.now.seconds
        guard let end = Self.seconds(claims["exp"]), now <= end else {
            let shown = Self.seconds(claims["exp"]).map { Timestamp(seconds: $0).rfc3339 } ?? "none"
            throw .init(description: "verify token: oidc: token is expired (Token Expiry: \(shown))")
        }
        if let begin = Self.seconds(claims["nbf"]), now + Self.leeway < begin {
            throw .init(
                description: "verify token: oidc: current time \(Timestamp(seconds: now).rfc3339) before the nbf (not "
                    + "before) time: \(Timestamp(seconds: begin).rfc3339)")
        }
        let meant = claims.string("aud").map { [$0] } ?? claims.strings("aud")
        guard meant.contains(where: issuer.audiences.contains) else {
            func list(_ texts: [String]) -> String { "[\(texts.map(GoQuote.quote).joined(separator: " "))]" }
            throw .init(
                description: "verify token: oidc: expected audience in \(list(issuer.audiences.sorted())) got "
                    + list(meant))
        }
    }

    private static func seconds(_ claim: JSON?) -> Int64? {
        claim?.intValue ?? claim?.doubleValue.flatMap { Int64(exactly: $0.rounded(.down)) }
    }

    private func user(_ claims: JSONObject) throws(ClaimExpression.Failure) -> User {
        var user = User(name: try userName(claims))
        user.groups = try groups(claims)
        user.uid = try uid(claims)
        if let id = claims.string("jti"), !id.isEmpty {
            user.extra["authentication.kubernetes.io/credential-id"] = ["JTI=\(id)"]
        }
        for extra in issuer.extra {
            let values = try named("extra claim") { () throws(ClaimExpression.Failure) in
                try extra.value.strings(of: claims)
            }
            if !values.isEmpty { user.extra[extra.key] = values }
        }
        for rule in issuer.claimRules { try check(rule, claims, "error evaluating claim validation expression") }
        for rule in issuer.userRules { try check(rule, user.json, "error evaluating user info validation rule") }
        return user
    }

    private func userName(_ claims: JSONObject) throws(ClaimExpression.Failure) -> String {
        switch issuer.userName {
        case .expression(let expression):
            let value = try named("username claim") { () throws(ClaimExpression.Failure) in
                guard let text = try expression.value(of: claims).stringValue else {
                    throw .init(description: "username claim expression must return a string")
                }
                return text
            }
            guard !value.isEmpty else { throw .init(description: "empty username via CEL expression is not allowed") }
            return value
        case .claim(let name, let prefix):
            guard let value = claims.string(name) else {
                throw .init(
                    description: "parse username claims \(GoQuote.quote(name)): "
                        + (claims.contains(name) ? "not a string" : "claim not present"))
            }
            if name == "email", let isVerified = claims["email_verified"] {
                guard let isVerified = isVerified.boolValue else {
                    throw .init(description: "parse 'email_verified' claim: not a bool")
                }
                guard isVerified else { throw .init(description: "email not verified") }
            }
            return prefix + value
        }
    }

    private func groups(_ claims: JSONObject) throws(ClaimExpression.Failure) -> [String] {
        switch issuer.groups {
        case nil: return []
        case .expression(let expression)?:
            return try named("group claim") { () throws(ClaimExpression.Failure) in try expression.strings(of: claims) }
        case .claim(let name, let prefix)?:
            guard let claim = claims[name] else { return [] }
            let elements = claim.arrayValue ?? [claim]
            let texts = elements.compactMap(\.stringValue)
            guard texts.count == elements.count else {
                throw .init(description: "parse groups claim \(GoQuote.quote(name)): not a string or list of strings")
            }
            return texts.map { prefix + $0 }
        }
    }

    private func uid(_ claims: JSONObject) throws(ClaimExpression.Failure) -> String {
        switch issuer.uid {
        case nil: return ""
        case .expression(let expression)?:
            return try named("uid claim") { () throws(ClaimExpression.Failure) in
                guard let text = try expression.value(of: claims).stringValue else {
                    throw .init(description: "uid claim expression must return a string")
                }
                return text
            }
        case .claim(let name, _)?:
            guard let value = claims.string(name) else {
                throw .init(description: "parse uid claim \(GoQuote.quote(name)): claim not present")
            }
            return value
        }
    }

    private func named<Value>(
        _ name: String, _ body: () throws(ClaimExpression.Failure) -> Value
    ) throws(ClaimExpression.Failure) -> Value {
        do {
            return try body()
        } catch {
            throw .init(description: "error evaluating \(name) expression: \(error)")
        }
    }

    private func check(
        _ rule: JWTIssuer.Rule, _ object: JSONObject, _ context: String
    ) throws(ClaimExpression.Failure) {
        switch rule {
        case .claim(let name, let value):
            guard object.contains(name) else {
                throw .init(description: "required claim \(name) not present in ID token")
            }
            guard let given = object.string(name) else {
                throw .init(description: "parse claim \(name): not a string")
            }
            guard given == value else {
                throw .init(
                    description: "required claim \(name) value does not match. Got = \(given), want = \(value)")
            }
        case .expression(let expression, let message):
            let result: Bool?
            do {
                result = try expression.value(of: object).boolValue
            } catch {
                throw .init(description: "\(context): \(error)")
            }
            guard result == true else {
                throw .init(
                    description: "\(context): validation expression '\(expression.text)' failed: \(message)")
            }
        }
    }
}

/// The issuers whose tokens are believed, replaceable while the server runs.
package final class OpenIDVerifiers: TokenVerifier {
    private static let remembered = Duration.seconds(10)

    private let ownAudiences: [String]
    private let clock: any WallClock
    private let current = Mutex<[TokenCache]>([])

    init(ownAudiences: [String], clock: any WallClock) {
        self.ownAudiences = ownAudiences
        self.clock = clock
    }

    /// Takes other issuers; on an error the old ones stay.
    func replace(_ issuers: [JWTIssuer]) throws(ConfigurationDocument.Failure) {
        var verifiers: [TokenCache] = []
        for issuer in issuers {
            let verifier = try OpenIDVerifier(issuer, ownAudiences: ownAudiences, clock: clock)
            verifiers.append(TokenCache(verifier, successes: Self.remembered, failures: .zero, clock: clock))
        }
        current.withLock { $0 = verifiers }
    }

    package func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
        let verifiers = current.withLock { $0 }
        guard !verifiers.isEmpty, Self.isJWT(token) else { return nil }
        for verifier in verifiers {
            if let found = try await verifier.verify(token, audiences: audiences) { return found }
        }
        return nil
    }

    private static func isJWT(_ token: String) -> Bool {
        token.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2
    }
}
