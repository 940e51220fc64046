import HTTPClient
import HTTPCore
import Machinery
import PKI

/// A claim that a token does not hold itself: it names an endpoint, which answers with another token that does.
///
/// Issuers do so with groups that are too many. The endpoint is believed because a verified token names it, the answer
/// because the issuer it names has signed it for the same audiences. Only one claim is looked for, redirects are not
/// followed, and answers, time and the number of such issuers are bounded. A claim inside the token itself (an
/// aggregated one) is left alone, as in Kubernetes.
///
/// Source: OpenID Connect Core 1.0 §5.6.2; claimResolver of k8s.io/apiserver's oidc authenticator.
actor DistributedClaim {
    private static let timeout = Duration.seconds(30)
    private static let maximumBytes = 1024 * 1024
    private static let maximumIssuers = 16

    private let name: String
    private let issuer: JWTIssuer
    private let clock: any WallClock
    private let client: HTTPClient
    private var checks: [String: IDTokenCheck] = [:]

    init(_ name: String, of issuer: JWTIssuer, clock: any WallClock) throws(IssuerKeys.Failure) {
        self.name = name
        self.issuer = issuer
        self.clock = clock
        client = try IssuerKeys.client(authorities: issuer.authorities)
    }

    /// Puts the claim into those of a verified token, where the token says that it is elsewhere.
    func expand(_ claims: inout JSONObject) async throws(IssuerKeys.Failure) {
        guard !claims.contains(name), let names = claims["_claim_names"] else { return }
        guard let names = names.objectValue else {
            throw Self.failure("oidc: error parsing distributed claim names: not an object of strings")
        }
        guard let sources = claims["_claim_sources"] else { throw Self.failure("oidc: no claim sources") }
        guard let sources = sources.objectValue else {
            throw Self.failure("oidc: could not parse claim sources: not an object")
        }
        guard let source = names.string(name) else { return }
        guard let endpoint = sources[source]?.objectValue else {
            throw Self.failure("id token _claim_names contained a source \(source) missing in _claims_sources")
        }
        guard let url = endpoint.string("endpoint"), !url.isEmpty else { return }
        claims[name] = try await resolve(url, accessToken: endpoint.string("access_token") ?? "")
    }

    private func resolve(_ url: String, accessToken: String) async throws(IssuerKeys.Failure) -> JSON {
        let text: String
        do throws(IssuerKeys.Failure) {
            text = try await get(url, accessToken: accessToken)
        } catch {
            throw Self.failure("while getting distributed claim \(GoQuote.quote(name)): \(error)")
        }
        guard let jwt = try? JWT(text), case .object(let claims)? = try? JSON(parsing: jwt.payload),
            let named = claims.string("iss")
        else {
            throw Self.failure(
                "getting untrusted issuer from endpoint \(url) failed for claim \(GoQuote.quote(name)): malformed JWT")
        }
        do throws(IssuerKeys.Failure) {
            try await check(of: named).check(jwt, claims)
        } catch {
            throw Self.failure("verify distributed claim token: \(error)")
        }
        guard let value = claims[name] else {
            throw Self.failure(
                "jwt returned by distributed claim endpoint \(GoQuote.quote(url)) did not contain claim: \(name)")
        }
        return value
    }

    private func check(of issuer: String) throws(IssuerKeys.Failure) -> IDTokenCheck {
        if let known = checks[issuer] { return known }
        let check = IDTokenCheck(
            keys: try IssuerKeys(url: issuer, authorities: self.issuer.authorities), audiences: self.issuer.audiences,
            algorithms: self.issuer.algorithms, clock: clock)
        if checks.count >= Self.maximumIssuers { checks = [:] }
        checks[issuer] = check
        return check
    }

    private func get(_ url: String, accessToken: String) async throws(IssuerKeys.Failure) -> String {
        var headers = HTTPHeaders()
        if !accessToken.isEmpty { headers.append("Authorization", "Bearer \(accessToken)") }
        do {
            let request = try HTTPClientRequest(url: url, headers: headers)
            let answer = try await client.execute(request, deadline: .now + Self.timeout)
            let bytes = try await answer.body.collect(upTo: Self.maximumBytes)
            guard (200...226).contains(answer.status.rawValue) else {
                throw Self.failure("error while getting distributed claim JWT: \(answer.status.rawValue)")
            }
            return String(decoding: bytes, as: UTF8.self)
        } catch let failure as IssuerKeys.Failure {
            throw failure
        } catch {
            throw Self.failure("Get \(GoQuote.quote(url)): \(RefusedCall.text(error, endpoint: url))")
        }
    }

    private static func failure(_ text: String) -> IssuerKeys.Failure { IssuerKeys.Failure(description: text) }
}
