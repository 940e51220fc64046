import APIServer
import HTTPCore
import HTTPServing
import HTTPTestSupport
import Machinery
import NIOCore
import PKI
import Synchronization
import Testing

/// A server of the group `wardle.example.com` as extension servers are: over TLS, asking for the front proxy's
/// certificate, with resources, discovery and OpenAPI of its own.
final class ExtensionServer: HTTPHandler {
    static let group = "/apis/wardle.example.com/v1alpha1"
    static let flunders = group + "/namespaces/default/flunders"
    static let registration = "/apis/apiregistration.k8s.io/v1/apiservices"

    /// What came, in order.
    let seen = Recorder<HTTPRequest>()
    let port: Int
    let authority: String
    /// Lets a watch go on from its first event to its second.
    private let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    private let isBroken = Mutex(false)

    private init(port: Int, authority: String) {
        self.port = port
        self.authority = authority
    }

    func goOn() { opening.yield() }

    /// From now on every answer is 500, or none is any more.
    func setBroken(_ broken: Bool) { isBroken.withLock { $0 = broken } }

    /// The last request for a path.
    func last(_ path: String) -> HTTPRequest? { seen.all.last { $0.path == path } }

    /// Runs a cluster with this server behind the Service `api`.
    static func run(
        _ route: Route, _ body: @Sendable @escaping (TestCluster, ExtensionServer) async throws -> Void
    ) async throws {
        let now = SystemWallClock().now.seconds
        let life = try Validity(now: now, lifetime: .seconds(3600))
        let proxies = try CertificateAuthority.create(
            subject: DistinguishedName(commonName: "front-proxy-ca"), validity: life)
        let proxyKey = try PrivateKey.generate()
        let proxy = try proxies.issue(
            subject: DistinguishedName(commonName: "front-proxy-client"), usages: .client, validity: life,
            publicKey: proxyKey.publicKey)
        let identity = FrontProxyIdentity(certificateChainPEM: proxy.pem(), privateKeyPEM: try proxyKey.pem())
        let authority = try CertificateAuthority.create(
            subject: DistinguishedName(commonName: "wardle-ca"), validity: life)
        let key = try PrivateKey.generate()
        let certificate = try authority.issue(
            subject: DistinguishedName(commonName: "wardle"),
            alternativeNames: SubjectAlternativeNames(dnsNames: ["api.default.svc"]), usages: .server, validity: life,
            publicKey: key.publicKey)
        let tls = try ServerTLS(
            .init(
                certificateChainPEM: certificate.pem(), privateKeyPEM: key.pem(),
                clientCAsPEM: proxies.certificate.pem()))
        try await serve(tls, authority.certificate.pem()) { server in
            try await TestCluster.run(route, adjust: { $0.frontProxy = identity }) { cluster in
                try await body(cluster, server)
            }
        }
    }

    private static func serve(
        _ tls: ServerTLS, _ authority: String, _ body: @Sendable @escaping (ExtensionServer) async throws -> Void
    ) async throws {
        let holder = Recorder<ExtensionServer>()
        try await TestServer.run([.tcp(host: "127.0.0.1", port: 0)], tls: tls) { request in
            guard let extensionServer = holder.all.first else { return .text("not yet", status: 503) }
            return await extensionServer.respond(to: request)
        } _: { server in
            let extensionServer = ExtensionServer(port: server.port, authority: authority)
            holder.add(extensionServer)
            try await body(extensionServer)
        }
    }

    // MARK: Answers

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        seen.add(request)
        if isBroken.withLock({ $0 }) { return .text("broken", status: 500) }
        switch (request.method.rawValue, request.path) {
        case ("GET", Self.group): return json(Self.resources)
        case ("GET", "/openapi/v3"):
            return json(
                ["paths": ["apis/wardle.example.com/v1alpha1": ["serverRelativeURL": "/openapi/v3/x?hash=ABC"]]])
        case ("GET", "/openapi/v3" + Self.group): return json(["openapi": "3.0.0", "paths": [:]])
        case ("GET", "/openapi/v2"): return json(Self.swagger)
        case ("GET", Self.flunders) where request.query?.contains("watch=") == true: return watch()
        case ("GET", Self.flunders): return json(["kind": "FlunderList", "items": []])
        case ("GET", Self.flunders + "/moved"):
            return HTTPResponse(status: 302, headers: ["Location": "https://elsewhere.example/"])
        case ("GET", Self.flunders + "/shell/exec"):
            guard let upgrade = request.requestedUpgrade else { return .text("no upgrade", status: 400) }
            return HTTPResponse(
                status: 101,
                body: .upgrade(protocol: upgrade, headers: [:]) { connection in
                    // An echo of one message; a lost connection ends it as well.
                    if let bytes = try? await connection.read() { try? await connection.write(bytes) }
                    await connection.close()
                })
        case ("POST", Self.flunders):
            guard let body = try? await request.body.collect(upTo: 1 << 20) else {
                return .text("no body", status: 400)
            }
            return .bytes(body, status: 201, contentType: "application/json")
        default: return .text("no such path", status: 404)
        }
    }

    private func json(_ value: JSON) -> HTTPResponse { .bytes(value.encoded(), contentType: "application/json") }

    private func watch() -> HTTPResponse {
        let gate = gate
        return HTTPResponse(
            headers: ["content-type": "application/json"],
            body: .stream { stream in
                try await stream.send(ByteBuffer(string: #"{"type":"ADDED","object":{"kind":"Flunder"}}"# + "\n"))
                for await _ in gate { break }
                try await stream.send(ByteBuffer(string: #"{"type":"DELETED","object":{"kind":"Flunder"}}"# + "\n"))
            })
    }

    private static let resources: JSON = [
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "wardle.example.com/v1alpha1",
        "resources": [
            [
                "name": "flunders", "singularName": "flunder", "namespaced": true, "kind": "Flunder",
                "verbs": ["create", "get", "list", "watch"], "shortNames": ["fl"],
            ],
            ["name": "flunders/exec", "singularName": "", "namespaced": true, "kind": "Flunder", "verbs": ["get"]],
        ],
    ]

    private static let swagger: JSON = [
        "swagger": "2.0",
        "paths": [
            "/apis/wardle.example.com/v1alpha1/flunders": ["get": ["schema": ["$ref": "#/definitions/com.wardle.F"]]],
            "/apis/other/v1/things": ["get": ["schema": ["$ref": "#/definitions/com.other.T"]]],
        ],
        "definitions": [
            "com.wardle.F": [
                "properties": [
                    "metadata": ["$ref": "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"]
                ]
            ],
            "com.other.T": ["type": "object"],
            "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": ["description": "an old one", "type": "object"],
        ],
    ]
}

extension TestCluster {
    /// Registers the server under the Service `api`, which leads to this machine.
    func register(_ server: ExtensionServer, skipsVerification: Bool = false) async throws {
        try await send(
            "POST", Path.services,
            Manifest.service("api", spec: #""type":"ExternalName","externalName":"localhost""#)
        ).expect(201)
        let trust =
            skipsVerification
            ? #""insecureSkipTLSVerify":true"# : #""caBundle":"\#(base64(Array(server.authority.utf8)))""#
        try await send(
            "POST", ExtensionServer.registration,
            #"{"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService","#
                + #""metadata":{"name":"v1alpha1.wardle.example.com"},"spec":{"group":"wardle.example.com","#
                + #""version":"v1alpha1","groupPriorityMinimum":2000,"versionPriority":200,\#(trust),"#
                + #""service":{"namespace":"default","name":"api","port":\#(server.port)}}}"#
        ).expect(201)
    }

    /// The condition `Available` of an APIService.
    func available(_ name: String = "v1alpha1.wardle.example.com") async throws -> JSON {
        let service = try await send("GET", "\(ExtensionServer.registration)/\(name)")
        return (service.json.at("status.conditions").arrayValue ?? []).first { $0["type"] == "Available" } ?? .null
    }

    /// Waits for the condition's reason.
    func awaitReason(_ reason: String, of name: String = "v1alpha1.wardle.example.com") async throws {
        try await eventually { try await available(name)["reason"]?.stringValue == reason }
    }

    /// Waits until requests are passed on.
    func awaitRoute() async throws {
        try await awaitReason("Passed")
        try await eventually { try await send("GET", ExtensionServer.group).status == 200 }
    }
}
