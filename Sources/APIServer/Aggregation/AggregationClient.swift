import HTTPClient
import HTTPCore
import Machinery
import NIOCore

/// Reaches extension servers: over TLS, under the name of their Service, showing the front proxy's certificate.
///
/// Redirects are not followed. Connections are kept open and shared by all requests to the same server.
final class AggregationClient: Sendable {
    /// What connections may be shared by.
    private struct Peer: Hashable {
        let trust: AggregatedService.Trust
        let serverName: String
        let identity: FrontProxyIdentity.Pair?
    }

    /// A server that was asked in full.
    struct Reply: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]
    }

    private let services: ServiceEndpoints
    private let identity: FrontProxyIdentity
    private let clients = HTTPClientTable<Peer>()

    init(services: ServiceEndpoints, identity: FrontProxyIdentity) {
        self.services = services
        self.identity = identity
    }

    /// One of the Service's ready endpoints.
    func endpoint(_ service: AggregatedService) throws(WebhookCallError) -> HTTPEndpoint {
        let place = try services.place(service.namespace, service.service, port: service.port)
        return .https(host: place.host, port: place.port)
    }

    /// - Returns: a client that has to be kept as long as an answer is read.
    func client(_ service: AggregatedService) throws(WebhookCallError) -> HTTPClient {
        let peer = Peer(trust: service.trust, serverName: service.serverName, identity: identity.pair)
        return try clients.client(for: peer) { () throws(WebhookCallError) in
            HTTPClient(HTTPClientConfiguration(tls: try Self.tls(peer)))
        }
    }

    private static func tls(_ peer: Peer) throws(WebhookCallError) -> ClientTLS {
        let trust: ClientTLS.Trust
        switch peer.trust {
        case .system: trust = .system
        case .authorities(let pem): trust = .authorities(pem: pem)
        // Where the APIService says so in so many words.
        case .anybody: trust = .insecureSkipVerify
        case .malformed: throw WebhookCallError("unable to load root certificates")
        }
        do {
            return try ClientTLS(
                .init(
                    trust: trust, certificateChainPEM: peer.identity?.certificateChain,
                    privateKeyPEM: peer.identity?.privateKey, serverName: peer.serverName))
        } catch {
            throw WebhookCallError("unable to load root certificates: \(error)")
        }
    }

    /// Asks as the aggregator itself, for what the server says of itself.
    func get(
        _ service: AggregatedService, _ path: String, accept: String, known: String = "", limit: Int,
        timeout: Duration
    ) async throws(WebhookCallError) -> Reply {
        let endpoint = try endpoint(service)
        let client = try client(service)
        // Outlives the answer's body, which ends with it.
        defer { withExtendedLifetime(client) {} }
        var headers: HTTPHeaders = ["Accept": accept, "User-Agent": "gantry-aggregator"]
        if !known.isEmpty { headers.append("If-None-Match", known) }
        RemoteUserHeaders.append(
            User(name: "system:kube-aggregator", groups: [User.mastersGroup]), to: &headers)
        let request = HTTPClientRequest(endpoint: endpoint, target: path, headers: headers)
        return try await Self.exchange(client, request, limit: limit, timeout: timeout)
    }

    private static func exchange(
        _ client: HTTPClient, _ request: HTTPClientRequest, limit: Int, timeout: Duration
    ) async throws(WebhookCallError) -> Reply {
        let url = "\(request.endpoint)\(request.target)"
        let outcome = await withTaskGroup(of: Result<Reply, WebhookCallError>.self) { group in
            group.addTask {
                do {
                    let answer = try await client.execute(request)
                    let body = try await answer.body.collect(upTo: limit)
                    return .success(Reply(status: answer.status.rawValue, headers: answer.headers, body: body))
                } catch {
                    let cause = RefusedCall.text(error, endpoint: Self.address(request.endpoint))
                    return .failure(WebhookCallError("Get \(GoQuote.quote(url)): \(cause)"))
                }
            }
            group.addTask {
                do {
                    try await Task.sleep(for: timeout)
                } catch {
                    // The answer was first, or nobody waits for it any more.
                    return .failure(WebhookCallError("Get \(GoQuote.quote(url)): context canceled"))
                }
                return .failure(WebhookCallError("Get \(GoQuote.quote(url)): context deadline exceeded"))
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(WebhookCallError("Get \(GoQuote.quote(url)): context canceled"))
        }
        return try outcome.get()
    }

    /// `HOST:PORT`, as Go's network errors name it.
    static func address(_ endpoint: HTTPEndpoint) -> String {
        guard case .https(let host, let port) = endpoint else { return endpoint.description }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
