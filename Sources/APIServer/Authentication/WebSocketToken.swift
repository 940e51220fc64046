import HTTPCore
import PKI

/// A bearer token offered as a WebSocket subprotocol, the only place where browsers can put one:
/// `base64url.bearer.authorization.k8s.io.TOKEN`, beside the subprotocol that is really meant.
enum WebSocketToken {
    private static let field = "sec-websocket-protocol"
    private static let prefix = "base64url.bearer.authorization.k8s.io."

    /// - Returns: `nil` unless there is exactly one token, and a subprotocol besides it.
    static func find(_ headers: HTTPHeaders) -> String? {
        guard headers.contains(field), headers.contains("upgrade", token: "websocket") else { return nil }
        let offered = headers.elements(field)
        let tokens = offered.filter { $0.hasPrefix(prefix) }
        guard tokens.count == 1, offered.count > 1 else { return nil }
        // What is no base64 is no token.
        guard let bytes = try? Base64.url.decode(String(tokens[0].dropFirst(prefix.count))) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    static func isOffered(_ headers: HTTPHeaders) -> Bool {
        headers.contains(field) && headers.elements(field).contains { $0.hasPrefix(prefix) }
    }

    /// The request without the token, which is not for those it is handed on to.
    static func stripped(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        let kept = request.headers.elements(field).filter { !$0.hasPrefix(prefix) }
        request.headers.set(field, kept.joined(separator: ", "))
        return request
    }
}
