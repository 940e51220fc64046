import NIOCore

/// A request as a server received it. The body may still be on its way.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// The path as sent, percent-encoding untouched, without the query. Starts with "/" except for `OPTIONS *` and
    /// `CONNECT host:port`.
    package var path: String
    /// The query as sent, without "?"; nil where there was no "?".
    package var query: String?
    /// The `Host` field or HTTP/2 `:authority`; empty where the client sent none (HTTP/1.0).
    package var authority: String
    /// Without HTTP/2 pseudo-fields.
    package var headers: HTTPHeaders
    package var body: HTTPBody
    package var httpVersion: HTTPVersion
    package var connection: HTTPConnectionInfo

    package init(
        method: HTTPMethod,
        path: String,
        query: String? = nil,
        authority: String = "",
        headers: HTTPHeaders = HTTPHeaders(),
        body: HTTPBody = .empty,
        httpVersion: HTTPVersion = .http11,
        connection: HTTPConnectionInfo
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.authority = authority
        self.headers = headers
        self.body = body
        self.httpVersion = httpVersion
        self.connection = connection
    }

    package var remoteAddress: SocketAddress? { connection.remoteAddress }
    package var localAddress: SocketAddress? { connection.localAddress }
    /// DER of the client's verified leaf certificate.
    package var peerCertificate: [UInt8]? { connection.peerCertificate }
    /// Whether the connection is encrypted.
    package var isSecure: Bool { connection.isSecure }
    /// The loop the connection lives on; the handler's task runs there.
    package var eventLoop: any EventLoop { connection.eventLoop }

    /// The protocol the client asks to switch to (`Connection: Upgrade`, `Upgrade: …`), nil where it asks for none.
    package var requestedUpgrade: String? {
        guard httpVersion == .http11, headers.contains("connection", token: "upgrade") else { return nil }
        return headers["upgrade"]
    }
}
