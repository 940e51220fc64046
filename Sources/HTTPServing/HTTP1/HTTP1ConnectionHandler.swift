import HTTPCore
import NIOCore

import enum NIOCore.ByteToMessageDecoderError
import class NIOCore.ByteToMessageHandler
import enum NIOHTTP1.HTTPParserError
import enum NIOHTTP1.HTTPPart
import typealias NIOHTTP1.HTTPRequestDecoder
import struct NIOHTTP1.HTTPRequestHead
import typealias NIOHTTP1.HTTPServerRequestPart
import class NIOSSL.NIOSSLServerHandler

/// The requests of an HTTP/1.1 connection, answered one after the other in the order they came.
///
/// Pipelined requests wait, a bounded number of them; then the client is held back. Reading goes on while a request is
/// answered so that a client that goes away is noticed.
final class HTTP1ConnectionHandler: ChannelInboundHandler, ChannelOutboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Between requests, or in one (`current`).
        case serving
        /// The last answer is out; what the client still sends is thrown away, up to a number of bytes, and then left
        /// in the socket, so that it reads the answer before it sees the connection reset.
        case lingering(bytesLeft: Int)
        /// The connection belongs to an upgrade now.
        case upgraded
        case closed
    }

    let connection: ServerConnection
    private let decoder: ByteToMessageHandler<HTTPRequestDecoder>
    private(set) var context: ChannelHandlerContext?
    private var phase = Phase.serving
    private var current: HTTP1Exchange?
    private var waiting = CircularBuffer<HTTPServerRequestPart>()
    private var readHeld = false
    private var clock: Scheduled<Void>?
    private var headSince: NIODeadline?

    /// Message parts of pipelined requests kept before the client is held back.
    private static let waitingLimit = 64

    init(connection: ServerConnection, decoder: ByteToMessageHandler<HTTPRequestDecoder>) {
        self.connection = connection
        self.decoder = decoder
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        headSince = .now()
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        clock?.cancel()
        clock = nil
        self.context = nil
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .upgraded:
            // What the client had sent after its request, given back by the parser.
            context.fireChannelRead(data)
        case .lingering(let bytesLeft):
            var size = 0
            if case .body(let buffer) = unwrapInboundIn(data) { size = buffer.readableBytes }
            phase = .lingering(bytesLeft: bytesLeft - size)
        case .closed:
            break
        case .serving:
            let part = unwrapInboundIn(data)
            if waiting.isEmpty, mayProcess(part) { process(part) } else { waiting.append(part) }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .serving = phase { current?.readComplete() }
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        let hold =
            switch phase {
            case .serving:
                waiting.count >= Self.waitingLimit || (current?.holdsReading ?? (!waiting.isEmpty))
            case .lingering(let bytesLeft): bytesLeft <= 0
            case .upgraded, .closed: false
            }
        if hold { readHeld = true } else { context.read() }
    }

    func resumeReading() {
        guard readHeld, let context else { return }
        readHeld = false
        read(context: context)
    }

    /// A request begins after the answer to the one before, and only while the client takes its answers.
    private func mayProcess(_ part: HTTPServerRequestPart) -> Bool {
        if let current { return !current.requestEnded }
        guard case .head = part else { return true }
        return context?.channel.isWritable ?? false
    }

    private func processWaiting() {
        while case .serving = phase, let part = waiting.first, mayProcess(part) {
            waiting.removeFirst()
            process(part)
        }
        current?.readComplete()
        resumeReading()
    }

    private func process(_ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head):
            headSince = nil
            begin(head)
        case .body(let buffer):
            current?.body(buffer)
        case .end(let trailers):
            var plain = HTTPHeaders()
            if let trailers {
                for (name, value) in trailers { plain.append(name, value) }
            }
            current?.end(trailers: plain)
            finishIfDone()
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        let exchange = HTTP1Exchange(head: head, owner: self)
        current = exchange
        connection.openExchanges += 1
        if let problem = exchange.problem { exchange.refuse(problem) }
    }

    // MARK: Exchange's end

    /// Called by the exchange when its answer is out, and here when its request has ended.
    func finishIfDone() {
        guard let exchange = current, exchange.responseEnded, case .serving = phase else { return }
        if exchange.mustClose {
            current = nil
            connection.openExchanges -= 1
            waiting.removeAll()
            linger()
            return
        }
        guard exchange.requestEnded else {
            // The rest of a small unread body is on its way: thrown away by the exchange.
            resumeReading()
            return
        }
        current = nil
        connection.openExchanges -= 1
        headSince = nil
        if connection.draining {
            linger()
            return
        }
        processWaiting()
    }

    /// Ends the connection in a way that lets the client read the last answer.
    func linger() {
        guard case .serving = phase, let context else { return }
        phase = .lingering(bytesLeft: connection.limits.discardedBodyBytes)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer()))
        written.whenComplete { _ in
            guard let context = bound.value.context else { return }
            context.close(mode: .output, promise: nil)
            bound.value.resumeReading()
            context.eventLoop.scheduleTask(in: .seconds(2)) { bound.value.closeHard() }
        }
    }

    func close() {
        phase = .closed
        context?.close(promise: nil)
    }

    /// Closes the socket without waiting for the peer's part of a TLS goodbye.
    private func closeHard() {
        phase = .closed
        guard let context else { return }
        if let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self) {
            tls.close(promise: nil)
        } else {
            context.close(promise: nil)
        }
    }

    func write(_ buffer: ByteBuffer) {
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    /// Hands the connection over after `101` was written. Completes when the parser has left the pipeline.
    func upgrade() -> EventLoopFuture<ChannelDuplex> {
        guard let context else {
            return connection.info.eventLoop.makeFailedFuture(ByteDuplexError.closed)
        }
        phase = .upgraded
        waiting.removeAll()
        clock?.cancel()
        let loop = context.eventLoop
        let channel = context.channel
        let bound = NIOLoopBound(self, eventLoop: loop)
        do {
            let drain = UpgradedDrainHandler(deadline: connection.limits.upgradedDrainDeadline.timeAmount)
            try channel.pipeline.syncOperations.addHandler(drain, position: .after(self))
            if connection.draining { drain.begin(try channel.pipeline.syncOperations.context(handler: drain)) }
            let duplex = try ChannelDuplex.attach(to: channel)
            return channel.pipeline.syncOperations.removeHandler(decoder).map {
                // Left in after the parser went, this handler would only pass everything on.
                bound.value.resumeReading()
                channel.pipeline.syncOperations.removeHandler(bound.value, promise: nil)
                return duplex
            }
        } catch {
            close()
            return loop.makeFailedFuture(error)
        }
    }

    // MARK: Connection events

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        clock?.cancel()
        clock = nil
        let exchange = current
        current = nil
        if exchange != nil { connection.openExchanges -= 1 }
        exchange?.connectionClosed()
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        current?.writabilityChanged(context.channel.isWritable)
        if current == nil, context.channel.isWritable { processWaiting() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ConnectionDrainEvent {
            connection.draining = true
            if current == nil, case .serving = phase { linger() }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .lingering(let bytesLeft) = phase,
            case .some(.dataReceivedInErrorState(_, let rest)) = error as? ByteToMessageDecoderError
        {
            // The parser has given up; what else comes is thrown away like the rest of a body.
            phase = .lingering(bytesLeft: bytesLeft - rest.readableBytes)
            return
        }
        guard case .serving = phase, let parseError = error as? HTTPParserError else {
            if case .upgraded = phase { context.fireErrorCaught(error) } else { close() }
            return
        }
        if let current {
            current.malformed(String(describing: parseError))
            return
        }
        let status: HTTPStatus = parseError == .headerOverflow ? .headerFieldsTooLarge : .badRequest
        write(HTTP1Response.refusal(status))
        flush()
        linger()
    }

    // MARK: Clocks

    private func schedule(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        clock = context.eventLoop.scheduleTask(in: connection.tick) { bound.value.tick() }
    }

    private func tick() {
        guard let context, context.channel.isActive else { return }
        let now = NIODeadline.now()
        let limits = connection.limits
        if connection.isStalled(now) || connection.isIdle(now) {
            close()
            return
        }
        if let current {
            if current.awaitsBody, now - connection.lastRead > limits.bodyTimeout.timeAmount { current.timedOut() }
        } else if let since = headSince {
            if now - since > limits.headerTimeout.timeAmount { close() }
        } else if connection.lastRead > connection.idleSince {
            // Bytes since the last request and no head yet: a head is on its way since then, at the latest.
            headSince = connection.lastRead
        }
        if case .closed = phase { return }
        schedule(context)
    }
}
