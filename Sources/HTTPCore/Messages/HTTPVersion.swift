/// The protocol a message came by.
package enum HTTPVersion: Hashable, Sendable, CustomStringConvertible {
    /// HTTP/1.0: one request a connection unless the client asks otherwise.
    case http10
    /// HTTP/1.1.
    case http11
    /// HTTP/2.
    case http2

    package var description: String {
        switch self {
        case .http10: "HTTP/1.0"
        case .http11: "HTTP/1.1"
        case .http2: "HTTP/2.0"
        }
    }
}
