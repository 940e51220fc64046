import HTTPCore
import NIOCore
import NIOSSL

/// Prepares accepted connections: admission, TLS, then whichever protocol the client speaks.
struct ConnectionAcceptor: Sendable {
    let tls: ServerTLS?
    let limits: HTTPServerLimits
    let handler: any HTTPHandler
    let registry: ConnectionRegistry
    let executors: EventLoopExecutors

    func accept(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            guard registry.admit(channel) else { throw ConnectionRefused() }
            let pipeline = channel.pipeline.syncOperations
            if let tls {
                try pipeline.addHandler(NIOSSLServerHandler(context: tls.context))
            }
            try pipeline.addHandler(ProtocolChooser(acceptor: self))
        }
    }

    /// Sets up the pipeline above `chooser`, which goes away afterwards. On the loop.
    func configure(_ channel: any Channel, for protocolName: NegotiatedProtocol, peerCertificate: [UInt8]?) throws {
        let info = HTTPConnectionInfo(
            eventLoop: channel.eventLoop,
            executor: executors.executor(for: channel.eventLoop),
            remoteAddress: channel.remoteAddress,
            localAddress: channel.localAddress,
            peerCertificate: peerCertificate,
            isSecure: tls != nil)
        let connection = ServerConnection(info: info, limits: limits, handler: handler)
        switch protocolName {
        case .http1: try HTTP1Pipeline.add(to: channel, connection: connection)
        case .http2: try HTTP2Pipeline.add(to: channel, connection: connection)
        }
    }
}

/// What a connection was found to speak.
enum NegotiatedProtocol {
    case http1
    case http2
}

/// The connection was not admitted: too many are open, or the server is shutting down.
struct ConnectionRefused: Error {}
