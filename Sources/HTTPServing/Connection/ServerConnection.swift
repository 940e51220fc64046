import HTTPCore
import NIOCore

/// What the handlers of one connection share. Used on the connection's event loop only.
final class ServerConnection {
    let info: HTTPConnectionInfo
    let limits: HTTPServerLimits
    let handler: any HTTPHandler
    /// The server is shutting down.
    var draining = false
    /// Requests under way.
    var openExchanges = 0 {
        didSet { if openExchanges == 0 { idleSince = .now() } }
    }
    /// When the last request ended, or the connection began.
    private(set) var idleSince: NIODeadline
    /// When a byte last came.
    var lastRead: NIODeadline
    /// Since when the socket takes no more bytes.
    var unwritableSince: NIODeadline?

    init(info: HTTPConnectionInfo, limits: HTTPServerLimits, handler: any HTTPHandler) {
        self.info = info
        self.limits = limits
        self.handler = handler
        idleSince = .now()
        lastRead = idleSince
    }

    /// How often a connection looks at its clocks: the shortest of them, so that none fires later than twice itself.
    var tick: TimeAmount {
        let shortest = min(
            limits.headerTimeout, limits.bodyTimeout, limits.idleTimeout, limits.writeTimeout, limits.pingInterval,
            limits.pingTimeout)
        return max(shortest.timeAmount, .milliseconds(10))
    }

    func isStalled(_ now: NIODeadline) -> Bool {
        guard let since = unwritableSince else { return false }
        return now - since > limits.writeTimeout.timeAmount
    }

    func isIdle(_ now: NIODeadline) -> Bool {
        openExchanges == 0 && now - idleSince > limits.idleTimeout.timeAmount
    }
}
