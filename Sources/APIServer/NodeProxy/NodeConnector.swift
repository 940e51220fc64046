import Client
import Glibc
import HTTPClient
import HTTPCore
import KubeAPI
import Machinery
import NIOCore

/// Reaches the HTTPS servers of node agents, for logs, exec, attach, port-forward and the proxy subresources.
///
/// Connections are authenticated both ways: the API server shows its node-client certificate, and takes only serving
/// certificates that the cluster's authority signed.
package struct NodeConnector: Sendable {
    private let client: HTTPClient
    private let nodes: Registry
    private let log: FailureLog

    package init(client: HTTPClient, nodes: Registry, log: FailureLog = .standardError) {
        self.client = client
        self.nodes = nodes
        self.log = log
    }

    /// Where the agent of a node listens.
    func endpoint(of node: String) throws(StatusError) -> HTTPEndpoint {
        let (object, _) = try nodes.current("", node)
        let status = Node(json: object).status
        let port = status.daemonEndpoints?.kubeletEndpoint?.json.int32("Port") ?? 10250
        // Nodes write this themselves; a number that is no port must not reach the sockets.
        guard (1...65535).contains(port) else {
            throw StatusError.internalError("node \"\(node)\" names port \(port), which is none")
        }
        for type in ["InternalIP", "ExternalIP", "Hostname"] {
            if let address = status.addresses.first(where: { $0.type == type })?.address, !address.isEmpty {
                return .https(host: address, port: Int(port))
            }
        }
        throw StatusError.internalError("node \"\(node)\" has no address")
    }

    /// Sends a GET and returns its answer, whose body is read as it comes.
    func get(_ node: String, target: String) async throws(StatusError) -> HTTPClientResponse {
        let endpoint = try endpoint(of: node)
        do {
            return try await client.execute(
                HTTPClientRequest(method: .get, endpoint: endpoint, target: target),
                deadline: .now + .seconds(30))
        } catch {
            throw Self.unreachable(node, error)
        }
    }

    /// Passes a client's upgrade request on to the node, and ties the two connections together.
    ///
    /// An upgrade that the node refuses is answered with the node's own words; nothing stays open.
    func tunnel(_ http: HTTPRequest, to node: String, target: String) async throws(StatusError) -> ServerResponse {
        let endpoint = try endpoint(of: node)
        guard let upgrade = http.requestedUpgrade else {
            throw StatusError.badRequest("Upgrade request required")
        }
        var headers = HTTPHeaders()
        for field in http.headers where Self.isForwarded(field.name) { headers.append(field.name, field.value) }
        let (log, name) = (log, node)
        do {
            let (head, node) = try await client.upgrade(
                HTTPClientRequest(method: http.method, endpoint: endpoint, target: target, headers: headers),
                deadline: .now + .seconds(30))
            var answer = HTTPHeaders()
            for field in head.headers where Self.isForwarded(field.name) && field.name.lowercased() != "upgrade" {
                answer.append(field.name, field.value)
            }
            let response = HTTPResponse(
                status: 101, headers: HTTPHeaders(),
                body: .upgrade(protocol: upgrade, headers: answer) { client in
                    do {
                        try await HTTPCore.tunnel(client, node)
                    } catch {
                        // Either side going away ends both, and nobody is left to tell; that is how most tunnels end.
                        if !Self.isHangUp(error) { log.report("tunnel to node \(name)", "\(error)") }
                    }
                    await node.close()
                })
            return ServerResponse(status: 101, body: .upgrade(response))
        } catch let error as HTTPClientError {
            if case .upgradeRefused(let status, _, let body) = error {
                return ServerResponse(
                    status: status.rawValue, contentType: "text/plain; charset=utf-8", body: .bytes(body))
            }
            throw Self.unreachable(node, error)
        } catch {
            throw Self.unreachable(node, error)
        }
    }

    /// Fields that speak of the protocol to switch to; credentials and hop-by-hop fields stay here.
    private static func isForwarded(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "upgrade" || name.hasPrefix("sec-websocket-") || name.hasPrefix("x-stream-protocol-version")
            || name == "user-agent"
    }

    private static func isHangUp(_ error: any Error) -> Bool {
        switch error {
        case is CancellationError, is ByteDuplexError, is ChannelError: true
        case let error as IOError: [ECONNRESET, EPIPE, ENOTCONN].contains(error.errnoCode)
        default: false
        }
    }

    private static func unreachable(_ node: String, _ error: any Error) -> StatusError {
        StatusError.internalError("error dialing node \"\(node)\": \(error)")
    }
}
