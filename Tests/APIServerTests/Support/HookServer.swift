import APIServer
import HTTPCore
import HTTPServing
import HTTPTestSupport
import Machinery
import NIOCore
import PKI
import Synchronization
import Testing

/// A webhook of the test's own: over TLS, on this machine.
final class HookServer: Sendable {
    /// What it answers.
    enum Reply: Sendable {
        case allow
        /// Lets pass, with members of the response added.
        case response(JSONObject)
        case deny(JSONObject?)
        case patch(JSON)
        /// These bytes, with this status.
        case raw(Int, String)
        /// To this path of its own.
        case redirect(Int, String)
        /// Nothing, until the caller goes away.
        case silence
    }

    private let reply: @Sendable (_ path: String, _ request: JSON) -> Reply
    private let seen = Mutex<[(path: String, review: JSON)]>([])
    private let place = Mutex<(url: String, authority: String)>(("", ""))

    private init(_ reply: @escaping @Sendable (_ path: String, _ request: JSON) -> Reply) {
        self.reply = reply
    }

    /// Every review that came, in order.
    var reviews: [JSON] { seen.withLock { $0.map(\.review) } }
    var requests: [JSON] { reviews.map { $0.at("request") } }
    var paths: [String] { seen.withLock { $0.map(\.path) } }

    /// A `clientConfig` that leads here.
    func config(_ path: String = "/") -> JSON {
        place.withLock { place in
            [
                "url": .string(place.url + path), "caBundle": .string(base64(Array(place.authority.utf8))),
            ]
        }
    }

    /// Serves while `body` runs.
    static func run(
        _ reply: @escaping @Sendable (_ path: String, _ request: JSON) -> Reply,
        _ body: @Sendable @escaping (HookServer) async throws -> Void
    ) async throws {
        let hook = HookServer(reply)
        let now = SystemWallClock().now.seconds
        let authority = try CertificateAuthority.create(
            subject: DistinguishedName(commonName: "hook-ca"), validity: Validity(now: now, lifetime: .seconds(3600)))
        let key = try PrivateKey.generate()
        let certificate = try authority.issue(
            subject: DistinguishedName(commonName: "hook"),
            alternativeNames: SubjectAlternativeNames(dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"]),
            usages: .server, validity: Validity(now: now, lifetime: .seconds(3000)), publicKey: key.publicKey)
        let tls = try ServerTLS(.init(certificateChainPEM: certificate.pem(), privateKeyPEM: key.pem()))
        try await TestServer.run([.tcp(host: "127.0.0.1", port: 0)], tls: tls, handler: hook.respond) { server in
            hook.place.withLock { $0 = ("https://127.0.0.1:\(server.port)", authority.certificate.pem()) }
            try await body(hook)
        }
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let body = try? await request.body.collect(upTo: 8 << 20), let review = try? JSON(parsing: body) else {
            return .text("no review", status: 400)
        }
        seen.withLock { $0.append((request.path, review)) }
        var response: JSONObject = ["uid": review.at("request.uid"), "allowed": true]
        switch reply(request.path, review.at("request")) {
        case .allow: break
        case .response(let members): for member in members.members { response[member.key] = member.value }
        case .deny(let status):
            response["allowed"] = false
            response["status"] = status.map(JSON.object)
        case .patch(let operations):
            response["patchType"] = "JSONPatch"
            response["patch"] = .string(base64(operations.encoded()))
        case .raw(let status, let text):
            return .text(text, status: HTTPStatus(rawValue: status))
        case .redirect(let status, let path):
            let location = place.withLock { $0.url } + path
            return HTTPResponse(
                status: HTTPStatus(rawValue: status), headers: ["location": location], body: .empty)
        case .silence:
            let (forever, hold) = AsyncStream.makeStream(of: Void.self)
            for await _ in forever {}
            withExtendedLifetime(hold) {}
        }
        let answer: JSON = [
            "apiVersion": review.at("apiVersion"), "kind": "AdmissionReview", "response": .object(response),
        ]
        return .bytes(answer.encoded(), contentType: "application/json")
    }
}

/// Configurations of webhooks and policies that tests write.
enum Hooks {
    static let validating = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"
    static let mutating = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations"

    /// - Parameter hooks: members besides those every webhook has.
    static func configuration(_ kind: String, _ name: String, _ hooks: [JSONObject]) -> String {
        let all = hooks.enumerated().map { index, given -> JSON in
            var hook: JSONObject = [
                "name": .string("h\(index).\(name).test"), "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "rules": rules(["configmaps"]),
            ]
            for member in given.members { hook[member.key] = member.value }
            return .object(hook)
        }
        let configuration: JSON = [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": .string(kind), "metadata": ["name": .string(name)],
            "webhooks": .array(all),
        ]
        return configuration.description
    }

    static func rules(
        _ resources: [String], groups: [String] = [""], versions: [String] = ["v1"], operations: [String] = ["*"],
        scope: String = "*"
    ) -> JSON {
        [
            [
                "apiGroups": .array(groups.map(JSON.string)), "apiVersions": .array(versions.map(JSON.string)),
                "resources": .array(resources.map(JSON.string)),
                "operations": .array(operations.map(JSON.string)), "scope": .string(scope),
            ]
        ]
    }
}

extension TestCluster {
    func validate(_ name: String, _ hooks: JSONObject...) async throws {
        try await send(
            "POST", Hooks.validating, Hooks.configuration("ValidatingWebhookConfiguration", name, hooks)
        ).expect(201)
    }

    func mutate(_ name: String, _ hooks: JSONObject...) async throws {
        try await send(
            "POST", Hooks.mutating, Hooks.configuration("MutatingWebhookConfiguration", name, hooks)
        ).expect(201)
    }
}
