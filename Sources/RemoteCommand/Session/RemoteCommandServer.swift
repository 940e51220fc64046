import HTTPCore
import NIOCore

/// Serves exec and attach to a client that upgraded to SPDY or WebSocket: negotiation, then the protocol.
package struct RemoteCommandServer: Sendable {
    package struct Timeouts: Hashable, Sendable {
        /// For the client to open its streams.
        package var streamCreation = Duration.seconds(30)
        /// For the client to hang up after it was told that the command has ended.
        package var goodbye = Duration.seconds(10)

        package init() {}
    }

    /// What was agreed with the client.
    package enum Upgrade: Hashable, Sendable {
        case spdy(RemoteCommandVersion)
        case webSocket(RemoteCommandVersion, isBase64: Bool)
    }

    private let upgrade: Upgrade
    private let options: RemoteCommandOptions
    private let timeouts: Timeouts
    private let clock: any Clock<Duration>
    /// The fields of the 101 response besides `Connection` and `Upgrade`.
    package let responseHeaders: HTTPHeaders

    /// The value of `Upgrade` in the 101 response.
    package var upgradeProtocol: String {
        switch upgrade {
        case .spdy: "SPDY/3.1"
        case .webSocket: "websocket"
        }
    }

    /// Chooses the protocol for a request.
    /// - Throws: `RemoteCommandRefusal`, with the answer to give.
    package init(
        request headers: HTTPHeaders, options: RemoteCommandOptions, timeouts: Timeouts = Timeouts(),
        clock: any Clock<Duration> = ContinuousClock()
    ) throws(RemoteCommandRefusal) {
        self.options = options
        self.timeouts = timeouts
        self.clock = clock
        if WebSocketHandshake.isUpgrade(headers) {
            let (chosen, version, isBase64) = try Self.webSocketProtocol(headers)
            upgrade = .webSocket(version, isBase64: isBase64)
            responseHeaders = try Negotiation.webSocketResponse(headers, subprotocol: chosen)
        } else {
            let names = RemoteCommandVersion.allCases.reversed().map(\.protocolName)
            let name = try Negotiation.spdyProtocol(headers, accepted: names)
            // Every accepted name is a version's.
            upgrade = .spdy(RemoteCommandVersion(protocolName: name) ?? .v4)
            responseHeaders = [Negotiation.versionHeader: name]
        }
    }

    /// Serves one client over the upgraded connection and returns when it has gone.
    /// - Throws: `ClientGone` when the client went away before the command ended, `DeadlineExceeded` when it did not
    ///   open its streams in time.
    package func serve(_ duplex: any ByteDuplex, body: @escaping RemoteCommandSession.Body) async throws {
        switch upgrade {
        case .spdy(let version):
            try await SPDYCommandService(
                duplex: duplex, version: version, options: options, timeouts: timeouts, clock: clock
            ).run(body)
        case .webSocket(let version, let isBase64):
            try await WebSocketCommandService(
                duplex: duplex, version: version, isBase64: isBase64, options: options, timeouts: timeouts,
                clock: clock
            ).run(body)
        }
    }

    private static func webSocketProtocol(
        _ headers: HTTPHeaders
    ) throws(RemoteCommandRefusal) -> (String?, RemoteCommandVersion, isBase64: Bool) {
        let offered = WebSocketHandshake.offeredProtocols(headers)
        if offered.isEmpty { return (nil, .v1, false) }
        for name in offered {
            switch name {
            case "v5.channel.k8s.io": return (name, .v5, false)
            case "v4.channel.k8s.io": return (name, .v4, false)
            case "v4.base64.channel.k8s.io": return (name, .v4, true)
            case "channel.k8s.io": return (name, .v1, false)
            case "base64.channel.k8s.io": return (name, .v1, true)
            default: continue
            }
        }
        throw RemoteCommandRefusal(
            403, "requested protocol(s) are not supported: \(offered.joined(separator: " "))")
    }
}

/// Runs `body` and turns what it throws into a status, except for its own cancellation.
func outcome(
    of body: RemoteCommandSession.Body, _ session: RemoteCommandSession
) async throws -> RemoteCommandStatus {
    do {
        return try await body(session)
    } catch {
        try Task.checkCancellation()
        return .internalError("error executing command in container: \(error)")
    }
}
