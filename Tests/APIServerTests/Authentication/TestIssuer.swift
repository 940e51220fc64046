import APIServer
import HTTPCore
import HTTPTestSupport
import Machinery
import PKI
import Synchronization

/// An OpenID issuer of the test's own, whose key may change.
final class TestIssuer: Sendable {
    private let key: Mutex<PrivateKey>
    private let service = Mutex<TestService?>(nil)
    private let claimText = Mutex("")

    private init(_ key: PrivateKey) { self.key = Mutex(key) }

    static func run(_ body: @escaping @Sendable (TestIssuer) async throws -> Void) async throws {
        let issuer = TestIssuer(try PrivateKey.generate())
        try await TestService.run({ issuer.answer($0) }) { service in
            issuer.service.withLock { $0 = service }
            try await body(issuer)
        }
    }

    var url: String { service.withLock { $0?.url ?? "" } }
    var fetches: Int { service.withLock { $0?.calls.count { $0.path == "/keys" } ?? 0 } }

    func changeKey() throws {
        let next = try PrivateKey.generate()
        key.withLock { $0 = next }
    }

    /// What is given at `/claims` to who shows the token `f005ba11`.
    func setClaims(_ token: String) { claimText.withLock { $0 = token } }

    private func answer(_ call: TestService.Call) -> HTTPResponse {
        switch call.path {
        case "/.well-known/openid-configuration", "/discovery":
            return TestService.json(["issuer": .string(url), "jwks_uri": .string("\(url)/keys")])
        case "/keys":
            guard let keys = try? JSONWebKeySet.json([key.withLock { $0.publicKey }]) else {
                return .text("no keys", status: .internalServerError)
            }
            return .bytes(keys, contentType: "application/json")
        case "/claims":
            guard call.headers["authorization"] == "Bearer f005ba11" else { return .text("no", status: .forbidden) }
            return .text(claimText.withLock { $0 })
        default:
            return .text("nothing here", status: .notFound)
        }
    }

    /// A token for `audience` that is good for ten minutes.
    ///
    /// - Parameter claims: besides those every token has, or in their place.
    func token(_ claims: JSONObject, audience: String = "kubernetes", now: Int64) throws -> String {
        var all: JSONObject = [
            "iss": .string(url), "aud": .string(audience), "exp": .int(now + 600), "iat": .int(now), "sub": "me",
        ]
        for member in claims.members { all[member.key] = member.value }
        return try JWT.sign(payload: all.encoded(), with: key.withLock { $0 })
    }

    /// A configuration that believes this issuer.
    ///
    /// - Parameter members: of `jwt`, besides the issuer.
    func configuration(
        _ members: JSONObject = ["claimMappings": ["username": ["claim": "sub", "prefix": "oidc:"]]],
        issuer more: JSONObject = [:], anonymous: JSON? = nil
    ) throws -> AuthenticationConfiguration {
        var issuer: JSONObject = [
            "url": .string(url), "audiences": ["kubernetes"], "certificateAuthority": .string(TestCertificates.ca),
        ]
        for member in more.members { issuer[member.key] = member.value }
        var jwt = members
        jwt["issuer"] = .object(issuer)
        var document: JSONObject = [
            "apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthenticationConfiguration", "jwt": [.object(jwt)],
        ]
        document["anonymous"] = anonymous
        return try AuthenticationConfiguration(parsing: document.encoded())
    }
}

extension TestCluster {
    /// Who the server takes the sender of these fields for.
    func whoami(
        _ headers: HTTPHeaders, certificate: (certificate: String, key: String)? = nil
    ) async throws -> Answer {
        var headers = headers
        headers.append("content-type", "application/json")
        return try await raw(
            "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", headers: headers, body: Array("{}".utf8),
            certificate: certificate)
    }

    func whoami(token: String) async throws -> Answer { try await whoami(["authorization": "Bearer \(token)"]) }
}

extension Answer {
    var userName: String { json.at("status.userInfo.username").stringValue ?? "" }
    var groups: [String] { (json.at("status.userInfo.groups").arrayValue ?? []).compactMap(\.stringValue) }
    var extra: JSONObject { json.at("status.userInfo.extra").objectValue ?? [:] }
}
