import APIServer
import HTTPCore
import HTTPTestSupport
import Machinery
import Synchronization

/// A service of the test's own, over TLS on this machine: an issuer of tokens, or a webhook that a kubeconfig leads to.
final class TestService: Sendable {
    /// A request, with the body as JSON.
    struct Call: Sendable {
        let path: String
        let headers: HTTPHeaders
        let body: JSON
    }

    private let seen = Mutex<[Call]>([])
    private let port = Mutex(0)

    /// Everything that was asked, in order.
    var calls: [Call] { seen.withLock { $0 } }

    var url: String { port.withLock { "https://localhost:\($0)" } }

    /// The kubeconfig by which the server finds the service.
    func kubeconfig() throws -> WebhookKubeconfig { try WebhookKubeconfig(kubeconfigBytes()) }

    func kubeconfigBytes() -> [UInt8] {
        let document: JSON = [
            "apiVersion": "v1", "kind": "Config", "current-context": "webhook",
            "clusters": [
                [
                    "name": "service",
                    "cluster": [
                        "server": .string("\(url)/ask"),
                        "certificate-authority-data": .string(base64(Array(TestCertificates.ca.utf8))),
                    ],
                ]
            ],
            "users": [["name": "server", "user": ["token": "secret"]]],
            "contexts": [["name": "webhook", "context": ["cluster": "service", "user": "server"]]],
        ]
        return document.encoded()
    }

    /// Serves while `body` runs.
    static func run(
        _ answer: @escaping @Sendable (Call) -> HTTPResponse,
        _ body: @escaping @Sendable (TestService) async throws -> Void
    ) async throws {
        let service = TestService()
        try await TestServer.run(
            [.tcp(host: "127.0.0.1", port: 0)], tls: try TestServer.tls(),
            handler: { request in
                let bytes = (try? await request.body.collect(upTo: 8 << 20)) ?? []
                let call = Call(
                    path: request.path, headers: request.headers, body: (try? JSON(parsing: bytes)) ?? .null)
                service.seen.withLock { $0.append(call) }
                return answer(call)
            },
            { server in
                service.port.withLock { $0 = server.port }
                try await body(service)
            })
    }

    static func json(_ value: JSON, status: Int = 200) -> HTTPResponse {
        .bytes(value.encoded(), status: HTTPStatus(rawValue: status), contentType: "application/json")
    }
}
