import HTTPClient
import HTTPCore
import Machinery
import NIOCore

/// Asks webhooks: posts JSON over TLS and gives the JSON that comes back.
///
/// Redirects are not followed, answers and the time they take are bounded. Connections are kept open for later calls,
/// by what they trust and by the name the server has to prove.
package final class WebhookClient: Sendable {
    private static let maximumAnswerBytes = 8 * 1024 * 1024

    /// What connections may be shared by.
    private struct Peer: Hashable {
        let authorities: String?
        let serverName: String?
    }

    private let services: ServiceEndpoints
    private let clients = HTTPClientTable<Peer>()

    init(services: ServiceEndpoints) {
        self.services = services
    }

    /// - Parameter timeout: for the whole call, connecting included. The webhook is told in whole seconds.
    package func post(
        _ body: [UInt8], to target: WebhookTarget, timeout: Duration
    ) async throws(WebhookCallError) -> [UInt8] {
        let url = "\(target.url)?timeout=\(max(1, timeout.components.seconds))s"
        let outcome = await withTaskGroup(of: Result<[UInt8], WebhookCallError>.self) { group in
            group.addTask { await self.exchange(body, target, url: url) }
            group.addTask {
                do {
                    try await Task.sleep(for: timeout)
                } catch {
                    // The answer was first, or nobody waits for it any more.
                    return .failure(Self.failure(url, "context canceled"))
                }
                return .failure(Self.failure(url, "context deadline exceeded"))
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(Self.failure(url, "context canceled"))
        }
        return try outcome.get()
    }

    private static func failure(_ url: String, _ cause: String) -> WebhookCallError {
        WebhookCallError("Post \(GoQuote.quote(url)): \(cause)")
    }

    private func exchange(
        _ body: [UInt8], _ target: WebhookTarget, url: String
    ) async -> Result<[UInt8], WebhookCallError> {
        var endpointName = ""
        do {
            let (client, request) = try prepare(body, target, url: url)
            // Outlives the answer's body, which ends with it.
            defer { withExtendedLifetime(client) {} }
            if case .https(let host, let port) = request.endpoint {
                endpointName = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            }
            let answer = try await client.execute(request)
            let bytes = try await answer.body.collect(upTo: Self.maximumAnswerBytes)
            if answer.status.rawValue == 200 { return .success(bytes) }
            return .failure(WebhookCallError(RefusedCall.text(answer.status.rawValue, bytes)))
        } catch let error as WebhookCallError {
            return .failure(Self.failure(url, error.description))
        } catch {
            return .failure(Self.failure(url, RefusedCall.text(error, endpoint: endpointName)))
        }
    }

    private func prepare(
        _ body: [UInt8], _ target: WebhookTarget, url: String
    ) throws -> (HTTPClient, HTTPClientRequest) {
        guard var (endpoint, path) = HTTPEndpoint.parse(url), endpoint.isSecure else {
            throw WebhookCallError("unsupported protocol scheme")
        }
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "Accept": "application/json, */*", "User-Agent": "gantry-admission",
        ]
        var serverName: String?
        if case .service(let namespace, let name, _, let port) = target.address {
            headers.set("Host", endpoint.authority)
            let place = try services.place(namespace, name, port: port)
            endpoint = .https(host: place.host, port: place.port)
            serverName = "\(name).\(namespace).svc"
        }
        if !path.hasPrefix("/") { path = "/" + path }
        let request = HTTPClientRequest(
            method: .post, endpoint: endpoint, target: path, headers: headers, body: .bytes(ByteBuffer(bytes: body)))
        let peer = Peer(authorities: target.authorities, serverName: serverName)
        let client = try clients.client(for: peer) { () throws(WebhookCallError) in try Self.client(peer) }
        return (client, request)
    }

    private static func client(_ peer: Peer) throws(WebhookCallError) -> HTTPClient {
        let trust: ClientTLS.Trust = peer.authorities.map { .authorities(pem: $0) } ?? .system
        let tls: ClientTLS
        do {
            tls = try ClientTLS(.init(trust: trust, serverName: peer.serverName))
        } catch {
            throw WebhookCallError("unable to load root certificates: \(error)")
        }
        var configuration = HTTPClientConfiguration(tls: tls)
        // One HTTP/2 connection would send everything to the same of a service's endpoints.
        if peer.serverName != nil { configuration.protocols = .http1 }
        return HTTPClient(configuration)
    }
}
