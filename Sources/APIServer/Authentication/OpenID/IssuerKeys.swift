import HTTPClient
import HTTPCore
import Machinery
import PKI

/// The keys of an issuer of tokens, found by OpenID discovery when first needed, and again when a token is signed by
/// one that is not known: issuers change their keys.
///
/// Fetching is limited, so that nobody makes this server ask an issuer all the time by sending it bad tokens.
actor IssuerKeys {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Keys by their names; what has none is under the empty name.
    struct KeySet: Sendable {
        fileprivate var keys: [(name: String, algorithm: String, key: WebKey)] = []

        /// Whether one of the keys signed a token.
        func verifies(_ token: JWT, _ algorithms: Set<SigningAlgorithm>) -> Bool {
            keys.contains { entry in
                (token.keyID == nil || entry.name.isEmpty || entry.name == token.keyID)
                    && (entry.algorithm.isEmpty || entry.algorithm == token.algorithm)
                    && entry.key.verifies(token, algorithms)
            }
        }
    }

    private static let timeout = Duration.seconds(30)
    private static let maximumBytes = 1024 * 1024
    /// Fetches at once, and how soon one more is allowed.
    private static let burst = 5.0
    private static let interval = Duration.seconds(1)

    private let issuer: String
    private let discoveryURL: String
    private let client: HTTPClient
    private var keysURL: String?
    private var known: KeySet?
    private var fetching: Task<Result<KeySet, Failure>, Never>?
    private var allowance = IssuerKeys.burst
    private var lastFetch = ContinuousClock.now

    init(_ issuer: JWTIssuer) throws(Failure) {
        try self.init(url: issuer.url, discoveryURL: issuer.discoveryURL, authorities: issuer.authorities)
    }

    /// - Parameters:
    ///   - discoveryURL: where its document is; empty for the usual place.
    ///   - authorities: PEM text; `nil`: the system's.
    init(url: String, discoveryURL: String = "", authorities: String?) throws(Failure) {
        issuer = url
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.discoveryURL = discoveryURL.isEmpty ? base + "/.well-known/openid-configuration" : discoveryURL
        client = try Self.client(authorities: authorities)
    }

    static func client(authorities: String?) throws(Failure) -> HTTPClient {
        do {
            let trust: ClientTLS.Trust = authorities.map { .authorities(pem: $0) } ?? .system
            return HTTPClient(HTTPClientConfiguration(tls: try ClientTLS(.init(trust: trust))))
        } catch {
            throw Failure(description: "Failed to read the CA contents: \(error)")
        }
    }

    /// - Parameter isNew: whether keys fetched before are not good enough.
    func keys(isNew: Bool) async throws(Failure) -> KeySet {
        if let known, !isNew { return known }
        if let fetching { return try await fetching.value.get() }
        guard mayFetch() else {
            guard let known else { throw Failure(description: "oidc: authenticator not initialized") }
            return known
        }
        let task = Task { await fetch() }
        fetching = task
        let outcome = await task.value
        fetching = nil
        let keys = try outcome.get()
        known = keys
        return keys
    }

    private func mayFetch() -> Bool {
        let now = ContinuousClock.now
        allowance = min(Self.burst, allowance + (now - lastFetch) / Self.interval)
        lastFetch = now
        guard allowance >= 1 else { return false }
        allowance -= 1
        return true
    }

    private func fetch() async -> Result<KeySet, Failure> {
        do throws(Failure) {
            let url: String
            if let keysURL {
                url = keysURL
            } else {
                url = try await discover()
                keysURL = url
            }
            return .success(try Self.parse(await get(url)))
        } catch {
            return .failure(error)
        }
    }

    private func discover() async throws(Failure) -> String {
        let document = try await get(discoveryURL)
        let found = document.string("issuer") ?? ""
        guard found == issuer else {
            throw Failure(
                description: "oidc: issuer did not match the issuer returned by provider, expected "
                    + "\(GoQuote.quote(issuer)) got \(GoQuote.quote(found))")
        }
        guard let url = document.string("jwks_uri"), !url.isEmpty else {
            throw Failure(description: "provider did not return JWKS URL")
        }
        return url
    }

    private func get(_ url: String) async throws(Failure) -> JSONObject {
        let bytes: [UInt8]
        do {
            let request = try HTTPClientRequest(url: url, headers: ["Accept": "application/json"])
            let answer = try await client.execute(request, deadline: .now + Self.timeout)
            bytes = try await answer.body.collect(upTo: Self.maximumBytes)
            guard answer.status.rawValue == 200 else {
                throw Failure(
                    description: "\(answer.status.rawValue): \(String(decoding: bytes.prefix(256), as: UTF8.self))")
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(description: "Get \(GoQuote.quote(url)): \(RefusedCall.text(error, endpoint: url))")
        }
        guard let object = (try? JSON(parsing: bytes))?.objectValue else {
            throw Failure(description: "oidc: failed to decode \(url): no JSON object")
        }
        return object
    }

    /// Keys of kinds that are not known here, or not for signatures, are passed over.
    private static func parse(_ document: JSONObject) -> KeySet {
        var set = KeySet()
        for entry in document.values("keys").compactMap(\.objectValue) where (entry.string("use") ?? "sig") == "sig" {
            guard let key = key(entry) else { continue }
            set.keys.append((entry.string("kid") ?? "", entry.string("alg") ?? "", key))
        }
        return set
    }

    private static func key(_ entry: JSONObject) -> WebKey? {
        func octets(_ name: String) -> [UInt8] {
            (entry.string(name)).flatMap { try? PKI.Base64.url.decode($0) } ?? []
        }
        switch entry.string("kty") {
        case "RSA": return try? WebKey(modulus: octets("n"), exponent: octets("e"))
        case "EC":
            guard let curve = WebKey.Curve(rawValue: entry.string("crv") ?? "") else { return nil }
            return try? WebKey(curve: curve, x: octets("x"), y: octets("y"))
        default: return nil
        }
    }
}
