import HTTPClient
import HTTPCore
import KubeAPI
import Machinery

/// `pods/proxy`, `services/proxy` and `nodes/proxy`: any request, passed on to where the object is reached.
///
/// Redirects are the client's to follow. An upgrade is passed on as one; refused, nothing stays open. Credentials of
/// the client end here.
struct ProxySubresource: SubresourceHandler {
    let target: ProxyTarget
    /// Shows the API server's certificate, and takes those of the cluster's authority only.
    let nodeClient: HTTPClient
    /// Shows nothing, and takes any certificate: what pods serve is their own affair.
    let client: HTTPClient

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        guard let http = request.http else {
            throw StatusError.badRequest("proxied requests need a connection")
        }
        let path = ProxyPath(http.path, trailing: request.info.trailing.count)
        let query = http.query.map { "?\($0)" } ?? ""
        if path.rest.isEmpty, http.requestedUpgrade == nil, http.method == .get || http.method == .head {
            // Relative links need a folder to be relative to.
            var response = ServerResponse(status: 301, body: .bytes([]))
            response.headers.append(("Location", path.prefix + "/" + query))
            return response
        }
        try await target.admit(
            request.info, path: path.rest, options: WriteOptions(connecting: request, now: server.clock.now))
        let place = try target.place(request.info.namespace, request.info.name)
        let client = place.isNodeAgent ? nodeClient : client
        let forwarded = HTTPClientRequest(
            method: http.method, endpoint: place.endpoint, target: (path.rest.isEmpty ? "/" : path.rest) + query,
            headers: ProxyHeaders.request(http), body: Self.body(http))
        do {
            if let upgrade = http.requestedUpgrade {
                return try await ProxyTunnel.open(forwarded, upgrade, client, deadline: .now + .seconds(30))
            }
            let answer = try await client.execute(forwarded)
            let proxied = ProxiedAnswer(
                answer, prefix: path.prefix, backend: place.endpoint.authority, client: http.authority)
            return ServerResponse(
                status: answer.status.rawValue, body: .upgrade(try await proxied.response(to: http.method)))
        } catch let error as HTTPClientError {
            throw Self.unreachable(place.endpoint, error)
        } catch {
            throw Self.unreachable(place.endpoint, error)
        }
    }

    private static func body(_ http: HTTPRequest) -> HTTPClientRequest.Body {
        if http.body.isEmpty || http.requestedUpgrade != nil { return .empty }
        let body = http.body
        return .stream { stream in
            for try await piece in body { try await stream.send(piece) }
        }
    }

    private static func unreachable(_ endpoint: HTTPEndpoint, _ error: any Error) -> StatusError {
        .serviceUnavailable("error trying to reach service: \(endpoint): \(error)")
    }
}

/// A raw path, cut behind the `proxy` of its subresource.
package struct ProxyPath: Hashable {
    package let prefix: String
    /// What the backend is asked for; empty when the path ends with `proxy` itself.
    package let rest: String

    /// - Parameter trailing: how many segments follow the subresource.
    package init(_ path: String, trailing: Int) {
        let bytes = Array(path.utf8)
        let slash = UInt8(ascii: "/")
        let total = bytes.split(separator: slash, omittingEmptySubsequences: true).count
        var seen = 0
        var end = bytes.count
        for index in bytes.indices where bytes[index] != slash {
            let ends = index + 1 == bytes.count || bytes[index + 1] == slash
            guard ends else { continue }
            seen += 1
            if seen == total - trailing {
                end = index + 1
                break
            }
        }
        prefix = String(decoding: bytes[..<end], as: UTF8.self)
        rest = String(decoding: bytes[end...], as: UTF8.self)
    }
}

/// Which fields pass a proxy.
enum ProxyHeaders {
    /// Fields that speak of one connection (RFC 9110 §7.6.1), and lengths, which are told anew.
    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "content-length", "host",
    ]
    /// What says who the client is to this server, and to no other. Cookies are not among them: this server knows
    /// none, and programs behind the proxy keep their sessions in them.
    private static let credentials: Set<String> = ["authorization"]

    static func request(_ http: HTTPRequest) -> HTTPHeaders {
        var headers = HTTPHeaders()
        let named = named(by: http.headers)
        for field in http.headers {
            let name = field.name.lowercased()
            guard !hopByHop.contains(name), !credentials.contains(name), !named.contains(name),
                !name.hasPrefix("impersonate-"), !name.hasPrefix("x-remote-")
            else { continue }
            headers.append(field.name, field.value)
        }
        headers.set("X-Forwarded-Uri", http.path)
        headers.set("X-Forwarded-Host", http.authority)
        headers.set("X-Forwarded-Proto", http.isSecure ? "https" : "http")
        return headers
    }

    static func response(_ fields: HTTPHeaders) -> HTTPHeaders {
        var headers = HTTPHeaders()
        let named = named(by: fields)
        for field in fields
        where !hopByHop.contains(field.name.lowercased()) && !named.contains(field.name.lowercased()) {
            headers.append(field.name, field.value)
        }
        return headers
    }

    /// Fields that `Connection` makes hop-by-hop.
    private static func named(by headers: HTTPHeaders) -> Set<String> {
        Set(headers.elements("connection").map { $0.lowercased() })
    }
}
