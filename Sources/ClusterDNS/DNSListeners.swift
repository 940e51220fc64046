import Glibc
import NIOCore
import NIOPosix

/// What the listeners hand messages to.
protocol DNSAnswerer: Sendable {
    /// - Parameters:
    ///   - isStream: whether the answer may have any length.
    ///   - reply: called once, from anywhere; with `nil` where nothing is to be said.
    func answer(_ message: [UInt8], isStream: Bool, reply: @escaping @Sendable ([UInt8]?) -> Void)
}

/// The UDP socket and the TCP listener, on the same port.
struct DNSListeners {
    static let maximumConnections = 256
    private static let anyPortAttempts = 8
    /// How long a TCP connection may say nothing.
    static let idle = TimeAmount.seconds(10)

    let port: Int
    private let datagrams: any Channel
    private let streams: any Channel

    /// Listens for both kinds on one port; port 0 is any that is free for both.
    static func bind(
        address: String, port: Int, group: any EventLoopGroup, answerer: any DNSAnswerer
    ) async throws -> DNSListeners {
        for _ in 1..<Self.anyPortAttempts where port == 0 {
            do {
                return try await bindBoth(address: address, port: port, group: group, answerer: answerer)
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                // The port that the kernel gave for streams is another's for datagrams: the next one.
                continue
            }
        }
        return try await bindBoth(address: address, port: port, group: group, answerer: answerer)
    }

    private static func bindBoth(
        address: String, port: Int, group: any EventLoopGroup, answerer: any DNSAnswerer
    ) async throws -> DNSListeners {
        let streams = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ConnectionLimit(Self.maximumConnections))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        IdleStateHandler(readTimeout: Self.idle), StreamHandler(answerer),
                    ])
                }
            }
            .bind(host: address, port: port).get()
        do {
            let bound = streams.localAddress?.port ?? port
            let datagrams = try await DatagramBootstrap(group: group)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DatagramHandler(answerer))
                    }
                }
                .bind(host: address, port: bound).get()
            return DNSListeners(port: bound, datagrams: datagrams, streams: streams)
        } catch {
            streams.close(promise: nil)
            throw error
        }
    }

    func close() {
        datagrams.close(promise: nil)
        streams.close(promise: nil)
    }
}

/// Answers datagrams, each for itself.
private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let answerer: any DNSAnswerer

    init(_ answerer: any DNSAnswerer) {
        self.answerer = answerer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let channel = context.channel
        let client = envelope.remoteAddress
        answerer.answer(Array(envelope.data.readableBytesView), isStream: false) { bytes in
            guard let bytes, channel.isWritable else { return }
            channel.writeAndFlush(
                AddressedEnvelope(remoteAddress: client, data: ByteBuffer(bytes: bytes)), promise: nil)
        }
    }

    /// Clients that are gone already are told of here (by ICMP); the socket is as good as before.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// Answers the questions of a connection; each has its length in two bytes before it.
private final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How many questions may wait for their answer; more are not taken from the client.
    private static let maximumWaiting = 32

    private let answerer: any DNSAnswerer
    private var buffer = ByteBuffer()
    private var waiting = 0

    init(_ answerer: any DNSAnswerer) {
        self.answerer = answerer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var read = unwrapInboundIn(data)
        buffer.writeBuffer(&read)
        takeMessages(context)
    }

    private func takeMessages(_ context: ChannelHandlerContext) {
        while waiting < Self.maximumWaiting,
            let length = buffer.getInteger(at: buffer.readerIndex, as: UInt16.self),
            buffer.readableBytes >= 2 + Int(length)
        {
            buffer.moveReaderIndex(forwardBy: 2)
            let message = buffer.readBytes(length: Int(length)) ?? []
            waiting += 1
            let loop = context.eventLoop
            let channel = context.channel
            let bound = NIOLoopBound(Waiting(handler: self, context: context), eventLoop: loop)
            answerer.answer(message, isStream: true) { bytes in
                loop.execute {
                    let waiting = bound.value
                    guard let bytes, channel.isActive else { return channel.close(promise: nil) }
                    var out = ByteBuffer()
                    out.writeInteger(UInt16(truncatingIfNeeded: bytes.count))
                    out.writeBytes(bytes)
                    channel.writeAndFlush(out, promise: nil)
                    waiting.handler.waiting -= 1
                    waiting.handler.takeMessages(waiting.context)
                }
            }
        }
        buffer.discardReadBytes()
        // A client that sends on without waiting for answers has more bytes here than any question has.
        if buffer.readableBytes > 2 + 65535 { context.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private struct Waiting {
        let handler: StreamHandler
        let context: ChannelHandlerContext
    }
}

/// Closes connections above a number at once.
private final class ConnectionLimit: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let maximum: Int
    private var open = 0

    init(_ maximum: Int) {
        self.maximum = maximum
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let child = unwrapInboundIn(data)
        guard open < maximum else { return child.close(promise: nil) }
        open += 1
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        child.closeFuture.hop(to: context.eventLoop).whenComplete { _ in bound.value.open -= 1 }
        context.fireChannelRead(data)
    }
}
