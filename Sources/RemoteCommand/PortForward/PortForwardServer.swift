import HTTPCore
import NIOCore

/// Serves port-forward to a client that upgraded to SPDY, to SPDY inside a WebSocket (kubectl from 1.31 on), or to the
/// older WebSocket channels: negotiation before the 101, the protocol after.
package struct PortForwardServer: Sendable {
    /// Connects to a port of the pod. What it throws is told to the client.
    package typealias Dial = @Sendable (_ port: UInt16) async throws -> any ByteDuplex

    package struct Limits: Hashable, Sendable {
        /// Forwarded connections at a time on one session.
        package var connections = 256
        /// For the second of a connection's two streams to follow the first.
        package var streamCreation = Duration.seconds(30)

        package init() {}
    }

    private enum Upgrade: Hashable, Sendable {
        case spdy
        case tunnel
        case channels(isBase64: Bool, ports: [UInt16])
    }

    private static let protocolName = "portforward.k8s.io"
    private static let tunnelName = "SPDY/3.1+portforward.k8s.io"

    private let upgrade: Upgrade
    private let limits: Limits
    private let clock: any Clock<Duration>
    /// The fields of the 101 response besides `Connection` and `Upgrade`.
    package let responseHeaders: HTTPHeaders

    /// The value of `Upgrade` in the 101 response.
    package var upgradeProtocol: String { upgrade == .spdy ? "SPDY/3.1" : "websocket" }

    /// Chooses the protocol for a request.
    /// - Parameter ports: the query's `port` values, used by WebSocket channels only.
    /// - Throws: `RemoteCommandRefusal`, with the answer to give.
    package init(
        request headers: HTTPHeaders, ports: [String], limits: Limits = Limits(),
        clock: any Clock<Duration> = ContinuousClock()
    ) throws(RemoteCommandRefusal) {
        self.limits = limits
        self.clock = clock
        guard WebSocketHandshake.isUpgrade(headers) else {
            upgrade = .spdy
            let name = try Negotiation.spdyProtocol(headers, accepted: [Self.protocolName])
            responseHeaders = [Negotiation.versionHeader: name]
            return
        }
        let offered = WebSocketHandshake.offeredProtocols(headers)
        let known = [Self.tunnelName, "v4.channel.k8s.io", "v4.base64.channel.k8s.io"]
        let name = offered.first(where: known.contains)
        guard name != nil || offered.isEmpty else {
            throw RemoteCommandRefusal(
                403, "requested protocol(s) are not supported: \(offered.joined(separator: " "))")
        }
        if name == Self.tunnelName {
            upgrade = .tunnel
        } else {
            upgrade = .channels(isBase64: name == "v4.base64.channel.k8s.io", ports: try Self.parse(ports))
        }
        responseHeaders = try Negotiation.webSocketResponse(headers, subprotocol: name)
    }

    /// Serves one client over the upgraded connection and returns when it has gone.
    /// - Parameter pod: what error messages call the pod.
    /// - Throws: `ClientGone` when the client broke the protocol or its connection.
    package func serve(_ duplex: any ByteDuplex, pod: String, dial: @escaping Dial) async throws {
        switch upgrade {
        case .spdy:
            try await SPDYPortForward(pod: pod, limits: limits, clock: clock, dial: dial).run(duplex)
        case .tunnel:
            let tunnel = WebSocketByteDuplex(WebSocketConnection(duplex, role: .server))
            try await SPDYPortForward(pod: pod, limits: limits, clock: clock, dial: dial).run(tunnel)
        case .channels(let isBase64, let ports):
            try await ChannelPortForward(pod: pod, ports: ports, isBase64: isBase64, clock: clock, dial: dial)
                .run(duplex)
        }
    }

    private static func parse(_ values: [String]) throws(RemoteCommandRefusal) -> [UInt16] {
        guard !values.isEmpty else { throw RemoteCommandRefusal(400, "query parameter \"port\" is required") }
        var ports: [UInt16] = []
        for value in values.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
            ports.append(try port(String(value)))
        }
        // Two channels for each, numbered by a byte.
        guard ports.count <= 64 else { throw RemoteCommandRefusal(400, "at most 64 ports can be forwarded at once") }
        return ports
    }

    static func port(_ text: String) throws(RemoteCommandRefusal) -> UInt16 {
        guard let port = UInt16(text) else {
            throw RemoteCommandRefusal(400, "unable to parse \"\(text)\" as a port")
        }
        guard port > 0 else { throw RemoteCommandRefusal(400, "port \"\(text)\" must be > 0") }
        return port
    }
}

/// Why a forwarded connection failed, in the words the client is told.
func forwardingFailure(port: UInt16, pod: String, _ error: any Error) -> ByteBuffer {
    ByteBuffer(string: "error forwarding port \(port) to pod \(pod): \(error)")
}
