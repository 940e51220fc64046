import HTTPCore
import NIOCore

/// A request to send. `Host`, `Content-Length`, `Transfer-Encoding` and connection fields are added by the client.
package struct HTTPClientRequest: Sendable {
    package var method: HTTPMethod
    package var endpoint: HTTPEndpoint
    /// Path and query as they go on the wire: percent-encoded by the caller.
    package var target: String
    package var headers: HTTPHeaders
    package var body: Body
    /// Asked when a connection takes the request on, each time: `false` and nothing is sent.
    package var permit: (@Sendable () -> Bool)?

    package init(
        method: HTTPMethod = .get,
        endpoint: HTTPEndpoint,
        target: String,
        headers: HTTPHeaders = HTTPHeaders(),
        body: Body = .empty
    ) {
        self.method = method
        self.endpoint = endpoint
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// A request for a URL. Throws `HTTPClientError.invalidRequest` where it is not an absolute http or https one.
    package init(
        method: HTTPMethod = .get, url: String, headers: HTTPHeaders = HTTPHeaders(), body: Body = .empty
    ) throws(HTTPClientError) {
        guard let (endpoint, target) = HTTPEndpoint.parse(url) else {
            throw .invalidRequest("\(url) is no http or https URL")
        }
        self.init(method: method, endpoint: endpoint, target: target, headers: headers, body: body)
    }

    /// How the body is sent.
    package enum Body: Sendable {
        case empty
        case bytes(ByteBuffer)
        /// Written by the closure in a task of its own; returning ends the body, throwing breaks the request off.
        case stream(@Sendable (ResponseStream) async throws -> Void)
        /// Written by whoever keeps the stream: the closure is called once on the connection's loop when the request's
        /// head went out; the body ends with `finish`.
        case push(@Sendable (ResponseStream) -> Void)

        /// Whether the request could be sent a second time.
        var isReplayable: Bool {
            switch self {
            case .empty, .bytes: true
            case .stream, .push: false
            }
        }
    }

    /// Fields and target are fit for the wire.
    var problem: String? {
        if !HTTPHeaders.isToken(method.rawValue) { return "the method \(method.rawValue) is no token" }
        if !headers.isSendable { return "a header field is malformed" }
        if target.isEmpty || target.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) {
            return "the target \(target) is malformed"
        }
        return nil
    }
}
