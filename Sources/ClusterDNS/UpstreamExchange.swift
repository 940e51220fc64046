import NIOCore
import NIOPosix

/// One question to one upstream server.
enum UpstreamExchange {
    struct NoAnswer: Error {}

    static func datagram(
        _ message: [UInt8], query: DNSQuery, id: UInt16, to server: SocketAddress
    ) async throws -> [UInt8] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: [UInt8].self)
        let channel: any Channel
        do {
            channel = try await DatagramBootstrap(group: loop)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            DatagramAnswer(AnswerMatcher(query: query, id: id), promise))
                    }
                }
                .connect(to: server).get()
        } catch {
            promise.fail(error)
            throw error
        }
        channel.writeAndFlush(
            AddressedEnvelope(remoteAddress: server, data: ByteBuffer(bytes: message)), promise: nil)
        return try await finish(promise, channel)
    }

    static func stream(
        _ message: [UInt8], query: DNSQuery, id: UInt16, to server: SocketAddress
    ) async throws -> [UInt8] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: [UInt8].self)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: loop)
                .connectTimeout(Forwarder.timeout)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            StreamAnswer(AnswerMatcher(query: query, id: id), promise))
                    }
                }
                .connect(to: server).get()
        } catch {
            promise.fail(error)
            throw error
        }
        var out = ByteBuffer()
        out.writeInteger(UInt16(truncatingIfNeeded: message.count))
        out.writeBytes(message)
        channel.writeAndFlush(out, promise: nil)
        return try await finish(promise, channel)
    }

    private static func finish(_ promise: EventLoopPromise<[UInt8]>, _ channel: any Channel) async throws -> [UInt8] {
        // The first to speak decides: the answer, the channel's end or the clock.
        let timer = channel.eventLoop.scheduleTask(in: Forwarder.timeout) { channel.close(promise: nil) }
        defer {
            timer.cancel()
            channel.close(promise: nil)
        }
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}

/// Knows the answer to a question when it sees it.
struct AnswerMatcher: Sendable {
    let question: [UInt8]
    let id: UInt16

    init(query: DNSQuery, id: UInt16) {
        question = query.question
        self.id = id
    }

    func matches(_ message: [UInt8]) -> Bool {
        guard message.count >= 12 + question.count, UInt16(message[0]) << 8 | UInt16(message[1]) == id,
            message[2] & 0x80 != 0, message[4] == 0, message[5] == 1
        else { return false }
        // Servers may spell the name their way.
        func folded(_ bytes: some Sequence<UInt8>) -> [UInt8] { bytes.map { (65...90).contains($0) ? $0 | 32 : $0 } }
        return folded(message[12..<(12 + question.count)]) == folded(question) && ForeignAnswer(message) != nil
    }
}

private final class DatagramAnswer: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let matcher: AnswerMatcher
    private let promise: EventLoopPromise<[UInt8]>

    init(_ matcher: AnswerMatcher, _ promise: EventLoopPromise<[UInt8]>) {
        self.matcher = matcher
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let message = Array(unwrapInboundIn(data).data.readableBytesView)
        // What does not match is forged or late; the answer may come yet.
        if matcher.matches(message) { promise.succeed(message) }
    }

    func channelInactive(context: ChannelHandlerContext) { promise.fail(UpstreamExchange.NoAnswer()) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }
}

private final class StreamAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let matcher: AnswerMatcher
    private let promise: EventLoopPromise<[UInt8]>
    private var buffer = ByteBuffer()

    init(_ matcher: AnswerMatcher, _ promise: EventLoopPromise<[UInt8]>) {
        self.matcher = matcher
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var read = unwrapInboundIn(data)
        buffer.writeBuffer(&read)
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt16.self),
            buffer.readableBytes >= 2 + Int(length)
        else { return }
        buffer.moveReaderIndex(forwardBy: 2)
        let message = buffer.readBytes(length: Int(length)) ?? []
        if matcher.matches(message) {
            promise.succeed(message)
        } else {
            promise.fail(UpstreamExchange.NoAnswer())
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { promise.fail(UpstreamExchange.NoAnswer()) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
