import HTTPCore

/// Choosing stream protocols from a request's headers.
enum Negotiation {
    static let versionHeader = "X-Stream-Protocol-Version"
    static let acceptedHeader = "X-Accepted-Stream-Protocol-Versions"

    /// The client's first SPDY stream protocol that is among `accepted`.
    static func spdyProtocol(_ headers: HTTPHeaders, accepted: [String]) throws(RemoteCommandRefusal) -> String {
        let isUpgrade =
            headers.contains("connection", token: "upgrade") && headers.contains("upgrade", token: "spdy/3.1")
        guard isUpgrade else {
            throw RemoteCommandRefusal(400, "unable to upgrade: missing upgrade headers in request")
        }
        let offered = headers.elements(versionHeader)
        guard !offered.isEmpty else {
            throw RemoteCommandRefusal(400, "unable to upgrade: header \(versionHeader) does not exist in request")
        }
        guard let name = offered.first(where: accepted.contains) else {
            throw RemoteCommandRefusal(
                403,
                "unable to upgrade: unable to negotiate protocol: client supports [\(offered.joined(separator: " "))],"
                    + " server accepts [\(accepted.joined(separator: " "))]",
                acceptedProtocols: accepted)
        }
        return name
    }

    /// The WebSocket handshake's answer.
    static func webSocketResponse(
        _ headers: HTTPHeaders, subprotocol: String?
    ) throws(RemoteCommandRefusal) -> HTTPHeaders {
        do {
            return try WebSocketHandshake.response(to: headers, subprotocol: subprotocol)
        } catch {
            throw RemoteCommandRefusal(400, error.description)
        }
    }
}
