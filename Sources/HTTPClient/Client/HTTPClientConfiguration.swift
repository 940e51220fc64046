import HTTPCore
import NIOCore
import NIOPosix

/// How a client connects and what it allows servers.
package struct HTTPClientConfiguration: Sendable {
    /// Which protocols to speak.
    package enum Protocols: Hashable, Sendable {
        /// HTTP/2 or HTTP/1.1 as TLS negotiates; HTTP/1.1 without TLS.
        case negotiated
        /// HTTP/1.1 only.
        case http1
        /// HTTP/2 from the first byte, TLS or not: for servers known to speak it, such as gRPC on a unix socket.
        case http2
    }

    package var tls: ClientTLS?
    package var protocols = Protocols.negotiated
    package var eventLoopGroup: any EventLoopGroup
    /// From the first packet to the end of the TLS handshake.
    package var connectTimeout = Duration.seconds(10)
    /// HTTP/1.1 connections open at a time to one endpoint; more requests wait.
    package var http1Connections = 32
    /// HTTP/2 connections open at a time to one endpoint; one is used until its streams run out.
    package var http2Connections = 8
    /// Requests waiting for a connection to one endpoint.
    package var waitingRequests = 10_000
    /// An unused connection is closed after that.
    package var idleTimeout = Duration.seconds(90)
    /// Silence after which an HTTP/2 server is asked for a sign of life while streams are open.
    package var pingInterval = Duration.seconds(30)
    /// How long it may take to give it; then the connection is given up and its streams fail.
    package var pingTimeout = Duration.seconds(15)
    /// How long the network may keep what was sent without delivering it; then the connection is given up, and what was
    /// not delivered never will be (RFC 5482's user timeout). The system's own limit unless given: many minutes.
    package var deliveryLimit: Duration?
    /// Bytes of header fields in one response.
    package var headerBytes = 256 * 1024
    /// Bytes of one HTTP/2 response body in flight before they are read.
    package var streamWindow = 1024 * 1024
    /// Bytes of all HTTP/2 response bodies of one connection in flight.
    package var connectionWindow = 16 * 1024 * 1024
    /// After a failed connect, how long requests fail at once with the same error: doubled from `connectBackoffBase` up
    /// to this. Zero: every request tries.
    package var connectBackoffLimit = Duration.zero
    package var connectBackoffBase = Duration.milliseconds(20)

    package init(tls: ClientTLS? = nil, eventLoopGroup: (any EventLoopGroup)? = nil) {
        self.tls = tls
        self.eventLoopGroup = eventLoopGroup ?? MultiThreadedEventLoopGroup.singleton
    }
}

extension Duration {
    /// The same in NIO's unit, not negative.
    var timeAmount: TimeAmount {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .nanoseconds(.max / 4) : .nanoseconds(max(0, whole &+ attoseconds / 1_000_000_000))
    }
}
