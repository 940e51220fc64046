import HTTPCore
import NIOCore
import NIOHTTP2
import Synchronization

/// What a pool is told by its connections. Called on the connection's loop.
protocol ClientConnectionObserver: AnyObject, Sendable {
    /// The connection takes this many streams at a time from now on.
    func streamLimit(_ connection: HTTP2ClientConnection, _ limit: Int)
    /// A stream ended.
    func streamEnded(_ connection: HTTP2ClientConnection)
    /// The connection takes no new requests (GOAWAY, close).
    func retired(_ connection: HTTP2ClientConnection)
    /// An HTTP/1.1 connection is free for the next request.
    func free(_ connection: HTTP1ClientConnection)
    /// An HTTP/1.1 connection closed.
    func closed(_ connection: HTTP1ClientConnection)
    /// A request that had no effect and is to be sent again.
    func resubmit(_ exchange: ClientExchange)
}

/// One HTTP/2 connection to a server.
final class HTTP2ClientConnection: Sendable {
    let channel: any Channel
    let endpoint: HTTPEndpoint
    /// Runs the tasks that write request bodies; lives as long as the connection.
    let executor: EventLoopTaskExecutor
    /// Completes when the server's first settings are here; requests sent earlier could be over its limit.
    let settled: EventLoopFuture<Void>
    private let lifetime: NIOLoopBound<HTTP2ClientLifetimeHandler>
    private let multiplexer: NIOHTTP2Handler.StreamMultiplexer
    private let observer = Mutex<(any ClientConnectionObserver)?>(nil)

    private init(
        channel: any Channel, endpoint: HTTPEndpoint, settled: EventLoopFuture<Void>,
        lifetime: HTTP2ClientLifetimeHandler, multiplexer: NIOHTTP2Handler.StreamMultiplexer
    ) {
        self.channel = channel
        self.endpoint = endpoint
        executor = EventLoopTaskExecutor(channel.eventLoop)
        self.settled = settled
        self.lifetime = NIOLoopBound(lifetime, eventLoop: channel.eventLoop)
        self.multiplexer = multiplexer
    }

    static func add(
        to channel: any Channel, endpoint: HTTPEndpoint, configuration: HTTPClientConfiguration
    ) throws -> HTTP2ClientConnection {
        var connectionConfiguration = NIOHTTP2Handler.ConnectionConfiguration()
        connectionConfiguration.initialSettings = [
            HTTP2Setting(parameter: .enablePush, value: 0),
            HTTP2Setting(parameter: .maxHeaderListSize, value: configuration.headerBytes),
            HTTP2Setting(parameter: .initialWindowSize, value: configuration.streamWindow),
            HTTP2Setting(parameter: .maxFrameSize, value: 256 * 1024),
        ]
        connectionConfiguration.targetWindowSize = configuration.connectionWindow
        var streamConfiguration = NIOHTTP2Handler.StreamConfiguration()
        // The defaults guard servers; here they would cut off a server that pings with every call (grpc-go does, to
        // measure the path) or one we cancel many watches of.
        let permitted = 100_000
        connectionConfiguration.controlFrameRateLimit.maximumCount = permitted
        connectionConfiguration.maximumConnectionGlitches = permitted
        connectionConfiguration.maximumRecentlyResetStreams = 1000
        streamConfiguration.streamResetFrameRateLimit.maximumCount = permitted
        streamConfiguration.streamErrorRateLimit.maximumCount = permitted
        streamConfiguration.targetWindowSize = configuration.streamWindow
        streamConfiguration.outboundBufferSizeHighWatermark = 256 * 1024
        streamConfiguration.outboundBufferSizeLowWatermark = 64 * 1024
        let settled = channel.eventLoop.makePromise(of: Void.self)
        let lifetime = HTTP2ClientLifetimeHandler(configuration: configuration, settled: settled)
        let framing = NIOHTTP2Handler(
            mode: .client,
            eventLoop: channel.eventLoop,
            connectionConfiguration: connectionConfiguration,
            streamConfiguration: streamConfiguration,
            streamDelegate: HTTP2ClientStreamCounter(lifetime, eventLoop: channel.eventLoop)
        ) { pushed in
            // Push was refused in the settings.
            pushed.close()
        }
        let clock = ClientReadClockHandler()
        lifetime.clock = clock
        try channel.pipeline.syncOperations.addHandlers([FlushCoalescingHandler(), clock, framing, lifetime])
        let connection = HTTP2ClientConnection(
            channel: channel, endpoint: endpoint, settled: settled.futureResult, lifetime: lifetime,
            multiplexer: try framing.syncMultiplexer())
        lifetime.connection = connection
        return connection
    }

    /// What broke the connection, nil where the peer just closed it. On the loop.
    var failure: (any Error)? { lifetime.value.failure }

    /// Streams the server takes at a time. On the loop.
    var streamLimit: Int { lifetime.value.limit }

    func observe(_ observer: any ClientConnectionObserver) {
        self.observer.withLock { $0 = observer }
    }

    func tell(_ body: (any ClientConnectionObserver) -> Void) {
        if let observer = observer.withLock({ $0 }) { body(observer) }
    }

    /// Opens a stream for the exchange. Any thread.
    func run(_ exchange: ClientExchange) {
        let created = channel.eventLoop.makePromise(of: (any Channel).self)
        created.futureResult.whenFailure { error in
            // No stream came to be, so nothing was sent.
            self.tell { $0.streamEnded(self) }
            if exchange.mayRetry() {
                self.tell { $0.resubmit(exchange) }
            } else {
                exchange.fail(HTTPClientError.connectionClosed(cause: String(describing: error)))
            }
        }
        multiplexer.createStreamChannel(promise: created) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(HTTP2ClientStreamHandler(exchange, connection: self))
            }
        }
    }

    /// Closes after the open streams have ended.
    func retire() {
        channel.pipeline.fireUserInboundEventTriggered(ClientRetireEvent())
    }

    func close() {
        channel.close(promise: nil)
    }
}

/// Travels a connection's pipeline: take nothing new, close when idle.
struct ClientRetireEvent: Sendable {}

/// Notes when bytes last came.
final class ClientReadClockHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private(set) var lastRead = NIODeadline.now()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastRead = .now()
        context.fireChannelRead(data)
    }
}
