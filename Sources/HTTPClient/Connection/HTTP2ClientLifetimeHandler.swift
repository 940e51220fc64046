import HTTPCore
import NIOCore
import NIOHTTP2

/// Minds the life of a client's HTTP/2 connection: tells the pool the server's limits, retires at GOAWAY, asks a silent
/// server for a sign of life while streams are open, and closes when idle for long.
final class HTTP2ClientLifetimeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private static let ping = HTTP2PingData(withInteger: 0x6761_6e74_7279_0003)

    private let configuration: HTTPClientConfiguration
    weak var connection: HTTP2ClientConnection?
    var clock: ClientReadClockHandler?
    /// Completed when the server's first settings are here.
    private var settled: EventLoopPromise<Void>?
    /// Streams the server takes at a time; without a word from it, as many as a client will ever need.
    private(set) var limit = 10_000
    /// What broke the connection, where it was an error.
    private(set) var failure: (any Error)?
    private var openStreams = 0
    private var retired = false
    private var pingSentAt: NIODeadline?
    private var idleSince = NIODeadline.now()
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    init(configuration: HTTPClientConfiguration, settled: EventLoopPromise<Void>) {
        self.configuration = configuration
        self.settled = settled
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        timer?.cancel()
        timer = nil
    }

    fileprivate func streamCreated() {
        openStreams += 1
    }

    fileprivate func streamClosed() {
        openStreams -= 1
        idleSince = .now()
        if let context { closeIfRetired(context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        settled?.fail(ChannelError.eof)
        settled = nil
        retire(context)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data).payload {
        case .settings(.settings(let settings)):
            for setting in settings where setting.parameter == .maxConcurrentStreams { limit = setting.value }
            settled?.succeed()
            settled = nil
            if let connection { connection.tell { $0.streamLimit(connection, limit) } }
        case .goAway:
            retire(context)
        case .ping(Self.ping, ack: true):
            pingSentAt = nil
        default:
            break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ClientRetireEvent { retire(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is NIOHTTP2Errors.NoSuchStream || error is NIOHTTP2Errors.StreamClosed
            || error is NIOHTTP2Errors.StreamError
        {
            return
        }
        failure = failure ?? error
        context.close(promise: nil)
    }

    private func retire(_ context: ChannelHandlerContext) {
        guard !retired else { return }
        retired = true
        if let connection { connection.tell { $0.retired(connection) } }
        closeIfRetired(context)
    }

    private func closeIfRetired(_ context: ChannelHandlerContext) {
        guard retired, openStreams <= 0, context.channel.isActive else { return }
        // A stream handed to this connection just before may open in this turn: look again after it.
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(50)) {
            let (handler, context) = bound.value
            if handler.openStreams <= 0 { context.close(promise: nil) }
        }
    }

    private func schedule(_ context: ChannelHandlerContext) {
        let tick = min(configuration.pingInterval, configuration.pingTimeout, configuration.idleTimeout).timeAmount
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: max(tick, .milliseconds(10))) {
            let (handler, context) = bound.value
            handler.tick(context)
        }
    }

    private func tick(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        schedule(context)
        let now = NIODeadline.now()
        let lastRead = clock?.lastRead ?? now
        if openStreams <= 0 {
            pingSentAt = nil
            if now - max(idleSince, lastRead) > configuration.idleTimeout.timeAmount { retire(context) }
        } else if let sent = pingSentAt {
            if lastRead > sent {
                pingSentAt = nil
            } else if now - sent > configuration.pingTimeout.timeAmount {
                context.close(promise: nil)
            }
        } else if now - lastRead > configuration.pingInterval.timeAmount {
            pingSentAt = now
            let frame = HTTP2Frame(streamID: .rootStream, payload: .ping(Self.ping, ack: false))
            context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        }
    }
}

/// Tells a connection's handler of its streams.
struct HTTP2ClientStreamCounter: NIOHTTP2StreamDelegate {
    private let handler: NIOLoopBound<HTTP2ClientLifetimeHandler>

    /// On the loop.
    init(_ handler: HTTP2ClientLifetimeHandler, eventLoop: any EventLoop) {
        self.handler = NIOLoopBound(handler, eventLoop: eventLoop)
    }

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) {
        handler.value.streamCreated()
    }

    func streamClosed(_ id: HTTP2StreamID, channel: any Channel) {
        handler.value.streamClosed()
    }
}
