import HTTPCore
import NIOCore

/// Where a server listens.
package enum HTTPBindAddress: Hashable, Sendable, CustomStringConvertible {
    /// TCP with TLS; port 0 takes a free one.
    case tcp(host: String, port: Int)
    /// TCP without TLS: for loopback health and metrics ports that are so by convention.
    case plainTCP(host: String, port: Int)
    /// A unix socket, always without TLS. A stale socket file is replaced; the mode is applied after binding.
    case unix(path: String, mode: UInt32 = 0o600)

    package var description: String {
        switch self {
        case .tcp(let host, let port): "https://\(host):\(port)"
        case .plainTCP(let host, let port): "http://\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        }
    }
}

/// How a server behaves. The defaults suit an API server; every limit can be lowered in tests.
package struct HTTPServerConfiguration: Sendable {
    /// At least one.
    package var addresses: [HTTPBindAddress]
    /// Needed where an address is `.tcp`.
    package var tls: ServerTLS?
    /// Loops to run on; nil makes `eventLoops` of the server's own and ends them with it.
    package var eventLoopGroup: (any EventLoopGroup)?
    /// How many loops to make; nil: one per core.
    package var eventLoops: Int?
    /// Called once every address is bound, with what was bound, in the order of `addresses`.
    package var onReady: @Sendable ([SocketAddress]) -> Void = { _ in }
    /// Called when shutting down starts: the place to end what would never end by itself, such as watches.
    package var onDrain: @Sendable () -> Void = {}
    package var limits = HTTPServerLimits()

    package init(addresses: [HTTPBindAddress], tls: ServerTLS? = nil) {
        self.addresses = addresses
        self.tls = tls
    }
}

/// What a server allows its clients.
package struct HTTPServerLimits: Sendable {
    /// Connections open at a time; more are closed at once.
    package var connections = 16384
    /// HTTP/2 streams open at a time on one connection.
    package var concurrentStreams = 250
    /// Bytes of header fields in one message.
    package var headerBytes = 128 * 1024
    /// Header fields in one HTTP/1.1 message; frames of one HTTP/2 head.
    package var headerFields = 256
    /// Bytes of one HTTP/2 request body in flight before its handler reads them.
    package var streamWindow = 128 * 1024
    /// Bytes of all HTTP/2 request bodies of one connection in flight.
    package var connectionWindow = 1024 * 1024
    /// Resets by one client in 30 seconds (HTTP/2 rapid reset).
    package var resetsPer30Seconds = 1000
    /// Pings, settings, empty frames and the like by one client in 30 seconds.
    package var controlFramesPer30Seconds = 1000
    /// From accepting to the end of the TLS handshake.
    package var handshakeTimeout = Duration.seconds(10)
    /// From the first byte of a request to the end of its head.
    package var headerTimeout = Duration.seconds(15)
    /// Silence in the middle of a request body somebody waits for.
    package var bodyTimeout = Duration.seconds(60)
    /// A connection without requests.
    package var idleTimeout = Duration.seconds(180)
    /// A client that takes no byte of what is ready for it.
    package var writeTimeout = Duration.seconds(60)
    /// Silence after which an HTTP/2 client with open streams is asked for a sign of life.
    package var pingInterval = Duration.seconds(30)
    /// How long it may take to give it.
    package var pingTimeout = Duration.seconds(15)
    /// Bytes of an unread HTTP/1.1 body read and thrown away so that the client sees the answer.
    package var discardedBodyBytes = 256 * 1024
    /// How long a shutdown waits for requests to end.
    package var drainDeadline = Duration.seconds(10)
    /// How long it leaves connections that were switched to another protocol.
    package var upgradedDrainDeadline = Duration.seconds(10)

    package init() {}
}

extension Duration {
    /// The same in NIO's unit, not negative.
    var timeAmount: TimeAmount {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .nanoseconds(.max / 4) : .nanoseconds(max(0, whole &+ attoseconds / 1_000_000_000))
    }
}
