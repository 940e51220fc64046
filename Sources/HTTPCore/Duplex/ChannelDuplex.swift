import NIOCore

/// A `ByteDuplex` over a channel, added as the last handler of its pipeline.
///
/// Reading holds the peer back while nobody asks for bytes; writing waits while the peer is slow.
package final class ChannelDuplex: HalfClosableDuplex {
    private let inbound: HTTPBodyStream
    private let outbound: ResponseStream

    private init(inbound: HTTPBodyStream, outbound: ResponseStream) {
        self.inbound = inbound
        self.outbound = outbound
    }

    deinit {
        // Dropped without `close`: nobody can use the connection any more.
        inbound.abandon()
        outbound.finish()
    }

    /// Takes over a channel, on its event loop. The pipeline must deliver and accept `ByteBuffer`s.
    package static func attach(to channel: any Channel) throws -> ChannelDuplex {
        let handler = ChannelDuplexHandler()
        let loop = channel.eventLoop
        let bound = NIOLoopBound(handler, eventLoop: loop)
        let inbound = HTTPBodyStream { demand in
            loop.execute { bound.value.demanded(demand) }
        }
        let outbound = ResponseStream(sink: handler, eventLoop: loop, isWritable: channel.isWritable)
        handler.inbound = inbound
        handler.outbound = outbound
        try channel.pipeline.syncOperations.addHandler(handler)
        return ChannelDuplex(inbound: inbound, outbound: outbound)
    }

    /// Called once, on the loop, when the connection is closed to writing for whatever reason.
    package func onClose(_ callback: @escaping @Sendable () -> Void) {
        outbound.onClose { _ in callback() }
    }

    package func read() async throws -> ByteBuffer? {
        do {
            return try await inbound.next()
        } catch {
            switch error {
            case .cancelled:
                try Task.checkCancellation()
                throw ByteDuplexError.closed
            case .connectionClosed:
                throw ByteDuplexError.closed
            case .malformed, .timedOut, .tooLarge:
                throw ByteDuplexError.broken(error.description)
            }
        }
    }

    package func write(_ buffer: ByteBuffer) async throws {
        try await outbound.send(buffer)
    }

    package func closeOutput() async throws {
        outbound.finish()
    }

    package func close() async {
        inbound.abandon()
        outbound.finish()
    }
}

/// The loop-bound half of `ChannelDuplex`.
private final class ChannelDuplexHandler: ChannelInboundHandler, ChannelOutboundHandler, ResponseSink {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long a close waits for bytes the peer has not taken yet.
    private static let closeDeadline = TimeAmount.seconds(10)

    var inbound: HTTPBodyStream?
    var outbound: ResponseStream?
    private var context: ChannelHandlerContext?
    private var readHeld = false
    private var paused = false
    private var inputEnded = false
    private var outputEnded = false

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // Before it is active, the channel reads by itself when it becomes so; asking earlier would be lost.
        if context.channel.isActive { context.read() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        closed()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let goOn = inbound?.yield(unwrapInboundIn(data)) ?? true
        if !goOn { paused = true }
    }

    func read(context: ChannelHandlerContext) {
        if paused { readHeld = true } else { context.read() }
    }

    func demanded(_ demand: HTTPBodyStream.Demand) {
        paused = false
        if readHeld {
            readHeld = false
            context?.read()
        }
        if case .abandoned = demand {
            inputEnded = true
            closeIfBothEnded()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent {
            inputEnded = true
            inbound?.finish()
            closeIfBothEnded()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        outbound?.writabilityChanged(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbound?.fail(.malformed(String(describing: error)))
        context.close(promise: nil)
    }

    private func closed() {
        inbound?.finish()
        outbound?.transportClosed(.peerGone)
        inbound = nil
        outbound = nil
    }

    // MARK: ResponseSink

    func write(_ buffer: ByteBuffer) {
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    func finish(trailers: HTTPHeaders?) {
        guard let context, !outputEnded else { return }
        outputEnded = true
        // A close drops what the socket has not taken; an empty write completes after everything before it.
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let timeout = context.eventLoop.scheduleTask(in: Self.closeDeadline) { bound.value.closeNow() }
        written.futureResult.whenComplete { _ in
            timeout.cancel()
            bound.value.outputDrained()
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    func abort() {
        closeNow()
    }

    private func outputDrained() {
        if inputEnded {
            closeNow()
        } else {
            context?.close(mode: .output, promise: nil)
        }
    }

    private func closeIfBothEnded() {
        if inputEnded, outputEnded, let context {
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in bound.value.closeNow() }
        }
    }

    private func closeNow() {
        context?.close(promise: nil)
    }
}
