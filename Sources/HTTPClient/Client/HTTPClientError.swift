import HTTPCore

/// Why a request got no answer.
package enum HTTPClientError: Error, Sendable, CustomStringConvertible {
    /// The request cannot be put on the wire.
    case invalidRequest(String)
    /// No connection, with the system's or TLS's words.
    case connectFailed(HTTPEndpoint, cause: String)
    /// The connection closed, or the stream was reset, before the answer's head came.
    case connectionClosed(cause: String)
    /// The deadline passed before the answer's head came.
    case deadlineExceeded
    /// The server broke the protocol.
    case malformedResponse(String)
    /// Too many requests wait for a connection.
    case overloaded
    /// The request's own permit was refused when its turn came; nothing was sent.
    case notPermitted
    /// The client was shut down.
    case shutDown
    /// An upgrade was answered with something else than 101; the body is cut at 64 KiB.
    case upgradeRefused(HTTPStatus, headers: HTTPHeaders, body: [UInt8])

    package var description: String {
        switch self {
        case .invalidRequest(let cause): "invalid request: \(cause)"
        case .connectFailed(let endpoint, let cause): "cannot connect to \(endpoint): \(cause)"
        case .connectionClosed(let cause): "the connection closed before the response: \(cause)"
        case .deadlineExceeded: "no response before the deadline"
        case .malformedResponse(let cause): "malformed response: \(cause)"
        case .overloaded: "too many requests are waiting for a connection"
        case .notPermitted: "the request came too late and was not sent"
        case .shutDown: "the client is shut down"
        case .upgradeRefused(let status, _, let body):
            "the upgrade was answered with \(status): \(String(decoding: body.prefix(512), as: UTF8.self))"
        }
    }
}
