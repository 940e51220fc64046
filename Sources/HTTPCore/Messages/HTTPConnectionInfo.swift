import NIOCore

/// What all requests of one connection have in common. Made once a connection, after the TLS handshake.
package final class HTTPConnectionInfo: Sendable {
    package let eventLoop: any EventLoop
    /// Runs tasks on `eventLoop`.
    package let executor: EventLoopTaskExecutor
    package let remoteAddress: SocketAddress?
    package let localAddress: SocketAddress?
    /// DER of the client's leaf certificate, present only where it verified against the configured client CAs.
    package let peerCertificate: [UInt8]?
    package let isSecure: Bool

    package init(
        eventLoop: any EventLoop,
        executor: EventLoopTaskExecutor,
        remoteAddress: SocketAddress?,
        localAddress: SocketAddress?,
        peerCertificate: [UInt8]?,
        isSecure: Bool
    ) {
        self.eventLoop = eventLoop
        self.executor = executor
        self.remoteAddress = remoteAddress
        self.localAddress = localAddress
        self.peerCertificate = peerCertificate
        self.isSecure = isSecure
    }
}
