/// The header computations of RFC 6455's opening handshake.
package enum WebSocketHandshake {
    /// True when the request asks for an upgrade to WebSocket.
    package static func isUpgrade(_ headers: HTTPHeaders) -> Bool {
        headers.contains("connection", token: "upgrade") && headers.contains("upgrade", token: "websocket")
    }

    /// The subprotocols the client offers, in its order of preference.
    package static func offeredProtocols(_ headers: HTTPHeaders) -> [String] {
        headers.elements("sec-websocket-protocol")
    }

    /// Checks the request and gives the 101 response's fields besides `Connection` and `Upgrade`.
    /// - Parameter subprotocol: the chosen one of `offeredProtocols`; nil when the client offered none.
    /// - Throws: `WebSocketError` with code `badHandshake`; answer 400.
    package static func response(
        to headers: HTTPHeaders, subprotocol: String?
    ) throws(WebSocketError) -> HTTPHeaders {
        guard isUpgrade(headers) else {
            throw WebSocketError(.badHandshake, "missing upgrade headers in request")
        }
        guard headers.elements("sec-websocket-version").contains("13") else {
            throw WebSocketError(.badHandshake, "Sec-WebSocket-Version must be 13")
        }
        let keys = headers.values("sec-websocket-key")
        guard keys.count == 1, let key = keys.first, Base64.decode(Array(key.utf8))?.count == 16 else {
            throw WebSocketError(.badHandshake, "Sec-WebSocket-Key must be 16 bytes in base64")
        }
        var response: HTTPHeaders = ["Sec-WebSocket-Accept": accept(key)]
        if let subprotocol { response.append("Sec-WebSocket-Protocol", subprotocol) }
        return response
    }

    /// A client's request fields, with the key its server has to prove it read (`accept`).
    package static func request(subprotocols: [String]) -> (key: String, headers: HTTPHeaders) {
        let key = Base64.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
        var headers: HTTPHeaders = [
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key,
        ]
        if !subprotocols.isEmpty {
            headers.append("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
        }
        return (key, headers)
    }

    /// The value of Sec-WebSocket-Accept for a request's key.
    package static func accept(_ key: String) -> String {
        Base64.encode(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }
}
