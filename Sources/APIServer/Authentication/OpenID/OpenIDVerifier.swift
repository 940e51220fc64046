import Machinery
import PKI
import Synchronization

/// Users by the tokens of other issuers: OpenID Connect, as Kubernetes' structured authentication has it.
///
/// Source: k8s.io/apiserver/plugin/pkg/authenticator/token/oidc.
struct OpenIDVerifier: TokenVerifier {
    private let issuer: JWTIssuer
    private let token: IDTokenCheck
    /// Where groups that are too many for a token are told; `nil` where no claim names them.
    private let distributed: DistributedClaim?
    private let ownAudiences: [String]

    init(_ issuer: JWTIssuer, ownAudiences: [String], clock: any WallClock) throws(ConfigurationDocument.Failure) {
        self.issuer = issuer
        self.ownAudiences = ownAudiences
        do throws(IssuerKeys.Failure) {
            token = IDTokenCheck(
                keys: try IssuerKeys(issuer), audiences: issuer.audiences, algorithms: issuer.algorithms, clock: clock)
            if case .claim(let name, _)? = issuer.groups, !name.isEmpty {
                distributed = try DistributedClaim(name, of: issuer, clock: clock)
            } else {
                distributed = nil
            }
        } catch {
            throw ConfigurationDocument.Failure(error.description)
        }
    }

    func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
        guard token.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2, let jwt = try? JWT(token),
            case .object(var claims)? = try? JSON(parsing: jwt.payload), isOurs(claims)
        else { return nil }
        // Such tokens say nothing of this server's own audiences: whoever asks for others gets no answer.
        if let audiences, !audiences.contains(where: ownAudiences.contains) { return nil }
        do {
            do throws(IssuerKeys.Failure) {
                try await self.token.check(jwt, claims)
            } catch {
                throw IssuerKeys.Failure(description: "verify token: \(error)")
            }
            do throws(IssuerKeys.Failure) {
                try await distributed?.expand(&claims)
            } catch {
                throw IssuerKeys.Failure(description: "could not expand distributed claims: \(error)")
            }
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
