import HTTPCore
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// Makes connections to one endpoint and finds out what they speak.
struct ClientConnector: Sendable {
    /// A connection ready for requests.
    enum Connected: Sendable {
        case http1(HTTP1ClientConnection)
        case http2(HTTP2ClientConnection)
    }

    let endpoint: HTTPEndpoint
    let configuration: HTTPClientConfiguration

    init(_ endpoint: HTTPEndpoint, _ configuration: HTTPClientConfiguration) {
        self.endpoint = endpoint
        self.configuration = configuration
    }

    /// Connects. The future completes on the connection's loop.
    func connect(_ protocols: HTTPClientConfiguration.Protocols) -> EventLoopFuture<Connected> {
        let loop = configuration.eventLoopGroup.any()
        let ready = loop.makePromise(of: Connected.self)
        let timeout = loop.scheduleTask(in: configuration.connectTimeout.timeAmount) {
            ready.fail(ConnectTimedOut())
        }
        ready.futureResult.whenComplete { _ in timeout.cancel() }
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(configuration.connectTimeout.timeAmount)
            .channelOption(.writeBufferWaterMark, value: .init(low: 128 * 1024, high: 512 * 1024))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try prepare(channel, protocols, ready) }
            }
        let connecting: EventLoopFuture<any Channel>
        switch endpoint {
        case .https(let host, let port), .http(let host, let port):
            var tcp =
                bootstrap
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelOption(.socketOption(.so_keepalive), value: 1)
            if let limit = configuration.deliveryLimit {
                tcp = tcp.channelOption(.tcpOption(.userTimeout), value: Int(limit.milliseconds))
            }
            connecting = tcp.connect(host: host, port: port)
        case .unix(let path, _):
            connecting = bootstrap.connect(unixDomainSocketPath: path)
        }
        connecting.whenComplete { result in
            switch result {
            case .success(let channel):
                ready.futureResult.whenFailure { _ in channel.close(promise: nil) }
            case .failure(let error):
                ready.fail(error)
            }
        }
        return ready.futureResult
    }

    private func prepare(
        _ channel: any Channel, _ protocols: HTTPClientConfiguration.Protocols, _ ready: EventLoopPromise<Connected>
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        if endpoint.isSecure {
            guard let tls = configuration.tls else { throw TLSNotConfigured() }
            let contexts = tls.contexts
            let context =
                switch protocols {
                case .negotiated: contexts.negotiated
                case .http1: contexts.http1
                case .http2: contexts.http2
                }
            try pipeline.addHandler(
                NIOSSLClientHandler(context: context, serverHostname: serverName(contexts.serverName)))
        }
        try pipeline.addHandler(ConnectedHandler(isSecure: endpoint.isSecure, connector: self, protocols, ready))
    }

    /// What SNI and verification use: nil for addresses, which are verified as the peer's address.
    private func serverName(_ override: String?) -> String? {
        let name: String
        if let override {
            name = override
        } else if case .https(let host, _) = endpoint {
            name = host
        } else {
            return nil
        }
        let isAddress = (try? SocketAddress(ipAddress: name, port: 0)) != nil
        return isAddress ? nil : name
    }

    /// Sets up the rest of the pipeline. On the loop.
    fileprivate func configure(_ channel: any Channel, http2: Bool) throws -> Connected {
        if http2 {
            .http2(try HTTP2ClientConnection.add(to: channel, endpoint: endpoint, configuration: configuration))
        } else {
            .http1(try HTTP1ClientConnection.add(to: channel, endpoint: endpoint, configuration: configuration))
        }
    }
}

/// The TCP or TLS handshake took too long.
struct ConnectTimedOut: Error, CustomStringConvertible {
    var description: String { "the connection was not ready in time" }
}

/// An https endpoint with a client that has no TLS settings.
struct TLSNotConfigured: Error, CustomStringConvertible {
    var description: String { "the client has no TLS settings" }
}

/// Waits for the handshake, sets up the protocol and leaves.
private final class ConnectedHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let isSecure: Bool
    private let connector: ClientConnector
    private let protocols: HTTPClientConfiguration.Protocols
    private let ready: EventLoopPromise<ClientConnector.Connected>
    private var done = false

    init(
        isSecure: Bool, connector: ClientConnector, _ protocols: HTTPClientConfiguration.Protocols,
        _ ready: EventLoopPromise<ClientConnector.Connected>
    ) {
        self.isSecure = isSecure
        self.connector = connector
        self.protocols = protocols
        self.ready = ready
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        if !isSecure { configure(context, http2: protocols == .http2) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted(let name) = event {
            configure(context, http2: name == "h2" || protocols == .http2)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !done else {
            context.fireErrorCaught(error)
            return
        }
        done = true
        ready.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !done {
            done = true
            ready.fail(ChannelError.eof)
        }
        context.fireChannelInactive()
    }

    private func configure(_ context: ChannelHandlerContext, http2: Bool) {
        guard !done else { return }
        done = true
        do {
            let connected = try connector.configure(context.channel, http2: http2)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
            switch connected {
            case .http1:
                ready.succeed(connected)
            case .http2(let connection):
                let ready = ready
                connection.settled.whenComplete { result in
                    switch result {
                    case .success: ready.succeed(connected)
                    case .failure(let error): ready.fail(error)
                    }
                }
            }
        } catch {
            ready.fail(error)
            context.close(promise: nil)
        }
    }
}

extension NIOBSDSocket.Option {
    /// `TCP_USER_TIMEOUT` of Linux, in milliseconds; its headers' name is not there for Swift on every system.
    fileprivate static var userTimeout: NIOBSDSocket.Option { NIOBSDSocket.Option(rawValue: 18) }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
