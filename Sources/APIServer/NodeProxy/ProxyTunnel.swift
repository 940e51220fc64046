import HTTPClient
import HTTPCore
import NIOCore

/// A switched protocol, passed through a proxy.
enum ProxyTunnel {
    /// Ties the client's connection to the backend's; what a backend that refuses says is passed on.
    static func open(
        _ forwarded: HTTPClientRequest, _ upgrade: String, _ client: HTTPClient,
        deadline: ContinuousClock.Instant
    ) async throws -> ServerResponse {
        var asking = forwarded
        asking.headers.set("upgrade", upgrade)
        asking.body = .empty
        do {
            let (head, backend) = try await client.upgrade(asking, deadline: deadline)
            var fields = ProxyHeaders.response(head.headers)
            fields.remove("upgrade")
            let chosen = head.headers["upgrade"] ?? upgrade
            return ServerResponse(
                status: 101,
                body: .upgrade(
                    HTTPResponse(
                        status: 101,
                        body: .upgrade(protocol: chosen, headers: fields) { visitor in
                            // Either side going away ends both; there is nobody left to tell.
                            _ = try? await HTTPCore.tunnel(visitor, backend)
                            await backend.close()
                            // Connections close with the last one who holds their client.
                            withExtendedLifetime(client) {}
                        })))
        } catch let error as HTTPClientError {
            guard case .upgradeRefused(let status, let headers, let body) = error else { throw error }
            return ServerResponse(
                status: status.rawValue,
                body: .upgrade(
                    HTTPResponse(
                        status: status, headers: ProxyHeaders.response(headers),
                        body: .bytes(ByteBuffer(bytes: body)))))
        }
    }
}
