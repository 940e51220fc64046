import NIOCore
import NIOHTTP2

/// Minds the life of an HTTP/2 connection: ends idle ones, asks silent ones for a sign of life, closes stalled ones,
/// and when the server shuts down, says GOAWAY twice (RFC 9113 §6.8) and closes after the last stream.
final class HTTP2ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private enum Phase {
        case open
        /// The first GOAWAY is out; the answer to the ping says that the client has seen it.
        case announced
        /// The second is out: no new streams come.
        case closing
    }

    /// Marks the ping that follows the first GOAWAY, and the one that asks for a sign of life.
    private static let goAwayPing = HTTP2PingData(withInteger: 0x676f_6177_6179_0001)
    private static let lifePing = HTTP2PingData(withInteger: 0x676f_6177_6179_0002)

    private let connection: ServerConnection
    private var phase = Phase.open
    private var lastStreamID = HTTP2StreamID.rootStream
    private var openStreams = 0
    private var pingSentAt: NIODeadline?
    private var clock: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    init(connection: ServerConnection) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        clock?.cancel()
        clock = nil
    }

    fileprivate func streamCreated(_ id: HTTP2StreamID) {
        openStreams += 1
        lastStreamID = max(lastStreamID, id)
    }

    fileprivate func streamClosed() {
        openStreams -= 1
        if let context { closeIfDone(context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        clock?.cancel()
        clock = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        if case .ping(Self.goAwayPing, ack: true) = frame.payload { finishGoAway(context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ConnectionDrainEvent {
            connection.draining = true
            goAway(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Errors of one stream end that stream; anything else has already ended the connection's usefulness.
        if error is NIOHTTP2Errors.NoSuchStream || error is NIOHTTP2Errors.StreamClosed
            || error is NIOHTTP2Errors.StreamError
        {
            return
        }
        // After the last stream of a connection that was told to go, the framing refuses its own leftovers.
        if error is NIOHTTP2Errors.IOOnClosedConnection, case .closing = phase { return }
        context.close(promise: nil)
    }

    private func goAway(_ context: ChannelHandlerContext) {
        guard case .open = phase else { return }
        phase = .announced
        write(.goAway(lastStreamID: .maxID, errorCode: .noError, opaqueData: nil), context)
        write(.ping(Self.goAwayPing, ack: false), context)
        context.flush()
    }

    private func finishGoAway(_ context: ChannelHandlerContext) {
        guard case .announced = phase else { return }
        phase = .closing
        write(.goAway(lastStreamID: lastStreamID, errorCode: .noError, opaqueData: nil), context)
        context.flush()
        closeIfDone(context)
    }

    private func closeIfDone(_ context: ChannelHandlerContext) {
        guard case .closing = phase, openStreams <= 0 else { return }
        // The stream's last frame may still be on its way down the pipeline: close after it.
        let channel = context.channel
        context.eventLoop.execute { channel.close(promise: nil) }
    }

    private func write(_ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: payload)), promise: nil)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        clock = context.eventLoop.scheduleTask(in: connection.tick) {
            let (handler, context) = bound.value
            handler.tick(context)
        }
    }

    private func tick(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        schedule(context)
        let now = NIODeadline.now()
        if connection.isStalled(now) {
            context.close(promise: nil)
        } else if openStreams <= 0, connection.isIdle(now) {
            if case .announced = phase { context.close(promise: nil) } else { goAway(context) }
        } else if let sent = pingSentAt {
            if connection.lastRead >= sent {
                pingSentAt = nil
            } else if now - sent > connection.limits.pingTimeout.timeAmount {
                context.close(promise: nil)
            }
        } else if now - connection.lastRead > connection.limits.pingInterval.timeAmount {
            pingSentAt = now
            write(.ping(Self.lifePing, ack: false), context)
            context.flush()
        }
    }
}

/// Tells a connection's handler of its streams.
struct HTTP2StreamCounter: NIOHTTP2StreamDelegate {
    private let handler: NIOLoopBound<HTTP2ConnectionHandler>

    /// On the loop.
    init(_ handler: HTTP2ConnectionHandler, eventLoop: any EventLoop) {
        self.handler = NIOLoopBound(handler, eventLoop: eventLoop)
    }

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) {
        handler.value.streamCreated(id)
    }

    func streamClosed(_ id: HTTP2StreamID, channel: any Channel) {
        handler.value.streamClosed()
    }
}
