import HTTPCore
import HTTPServing
import HTTPTestSupport
import KubeAPI
import Machinery
import PKI
import Synchronization
import Testing

/// A node's agent of the test's own: what the API server reaches for logs, exec and port-forward.
final class NodeAgentServer: Sendable {
    private let reply: @Sendable (HTTPRequest) -> HTTPResponse
    private let seen = Mutex<[HTTPRequest]>([])

    private init(_ reply: @escaping @Sendable (HTTPRequest) -> HTTPResponse) { self.reply = reply }

    /// Every request that came, in order.
    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        seen.withLock { $0.append(request) }
        return reply(request)
    }

    /// Serves as the agent of node `n1`, where a pod `p` runs, while `body` does.
    static func run(
        _ cluster: TestCluster, _ reply: @escaping @Sendable (HTTPRequest) -> HTTPResponse,
        _ body: @Sendable @escaping (NodeAgentServer) async throws -> Void
    ) async throws {
        let agent = NodeAgentServer(reply)
        try await TestServer.run(
            [.tcp(host: "127.0.0.1", port: 0)], tls: try cluster.servingIdentity("n1"), handler: agent.respond
        ) { server in
            try await register(cluster, port: server.port)
            try await body(agent)
        }
    }

    private static func register(_ cluster: TestCluster, port: Int) async throws {
        try await cluster.send("POST", "/api/v1/nodes", #"{"metadata":{"name":"n1"}}"#).expect(201)
        let status =
            #"{"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],"#
            + #""daemonEndpoints":{"kubeletEndpoint":{"Port":\#(port)}}}}"#
        try await cluster.send("PATCH", "/api/v1/nodes/n1/status", status, type: PatchTests.merge).expect(200)
        try await cluster.send("POST", Path.pods, Manifest.pod("p", spec: #","nodeName":"n1""#)).expect(201)
    }
}
