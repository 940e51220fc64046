import HTTPCore
import NIOCore
import NIOHPACK

/// An HTTP/2 connection (RFC 9113): frames, header compression, streams and flow control.
///
/// Written for many small exchanges and many long watches on one connection, where a channel with a pipeline for every
/// stream costs more than what goes through it. What a client may make the server do without work of its own (resets,
/// pings, settings, empty frames, endless heads) is counted and bounded.
final class HTTP2ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = Never
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// The largest frame this server takes.
    static let maximumFrameLength = 64 * 1024

    /// A head that is still coming, in HEADERS and CONTINUATION frames.
    struct HeaderBlock {
        let streamID: UInt32
        let endStream: Bool
        var bytes: ByteBuffer
        var frames = 1
        let since = NIODeadline.now()
    }

    enum Phase {
        case open
        /// The first GOAWAY is out; the answer to the ping says that the client has seen it.
        case announced
        /// The second is out: no new streams come.
        case closing
        case closed
    }

    let connection: ServerConnection
    var context: ChannelHandlerContext?
    var phase = Phase.open
    var reader = HTTP2FrameReader(maximumLength: maximumFrameLength)
    var decoder: HPACKDecoder
    var encoder = HPACKEncoder(allocator: ByteBufferAllocator())
    var hasSettings = false
    var headerBlock: HeaderBlock?
    var streams: [UInt32: HTTP2Stream] = [:]
    /// Those whose handlers start when what has come is read.
    var arriving: [HTTP2Stream] = []
    var lastStreamID: UInt32 = 0
    var isReading = false

    // What goes out, and when; see HTTP2ConnectionHandler+Flushing.
    var output = HTTP2Output()
    var wantsFlush = false
    var isFlushScheduled = false

    // Flow control: what the client may send, what it takes.
    var receiveWindow: Int
    var unreturned = 0
    var sendWindow = HTTP2Window.initial
    var initialSendWindow = HTTP2Window.initial
    var peerFrameLength = 16 * 1024
    /// Streams that wait for the connection's window, in the order in which they came.
    var line = CircularBuffer<HTTP2Stream>()

    var resets: HTTP2RateLimit
    var controls: HTTP2RateLimit
    var pingSentAt: NIODeadline?
    var clock: Scheduled<Void>?

    init(connection: ServerConnection) {
        self.connection = connection
        let limits = connection.limits
        decoder = HPACKDecoder(
            allocator: ByteBufferAllocator(), maxDynamicTableSize: HPACKDecoder.maxDynamicTableSize,
            maxHeaderListSize: limits.headerBytes)
        receiveWindow = limits.connectionWindow
        resets = HTTP2RateLimit(maximum: limits.resetsPer30Seconds)
        controls = HTTP2RateLimit(maximum: limits.controlFramesPer30Seconds)
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        schedule(context)
        let limits = connection.limits
        var greeting = ByteBuffer()
        greeting.writeFrame(settings: [
            (HTTP2Parameter.maxConcurrentStreams, UInt32(clamping: limits.concurrentStreams)),
            (HTTP2Parameter.maxHeaderListSize, UInt32(clamping: limits.headerBytes)),
            (HTTP2Parameter.initialWindowSize, UInt32(clamping: limits.streamWindow)),
            (HTTP2Parameter.maxFrameSize, UInt32(clamping: Self.maximumFrameLength)),
        ])
        let more = limits.connectionWindow - HTTP2Window.initial
        if more > 0 { greeting.writeFrame(HTTP2FrameHead.Kind.windowUpdate, stream: 0, value: UInt32(clamping: more)) }
        send(greeting)
        flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        if wantsFlush || !output.isEmpty { flushNow(context) }
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        wantsFlush = false
        for promise in output.abandon() { promise.fail(ChannelError.ioOnClosedChannel) }
        end()
        context.fireChannelInactive()
    }

    /// The connection is gone, or as good as gone.
    private func end() {
        phase = .closed
        clock?.cancel()
        clock = nil
        let streams = streams.values
        self.streams = [:]
        arriving = []
        line.removeAll()
        for stream in streams { stream.closed() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(context)
    }

    func fail(_ error: HTTP2ConnectionError) {
        guard let context, phase != .closed else { return }
        var frame = ByteBuffer()
        frame.writeFrame(goAway: lastStreamID, error.code, reason: error.reason)
        send(frame)
        flushNow(context)
        end()
        close(context)
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.lastRead = .now()
        isReading = true
        reader.append(unwrapInboundIn(data))
        do throws(HTTP2ConnectionError) {
            while phase != .closed, let (head, payload) = try reader.next() { try received(head, payload) }
        } catch {
            fail(error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !arriving.isEmpty {
            let arrived = arriving
            arriving = []
            for stream in arrived { stream.startHandler() }
        }
        if wantsReturn { returnConnectionBytes() }
        isReading = false
        if wantsFlush { flushNow(context) }
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        connection.unwritableSince = context.channel.isWritable ? nil : .now()
        for stream in streams.values { stream.writabilityChanged() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ConnectionDrainEvent {
            connection.draining = true
            goAway()
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Writing

    var isWritable: Bool { context?.channel.isWritable ?? false }

    // MARK: Clocks

    private func schedule(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        clock = context.eventLoop.scheduleTask(in: connection.tick) {
            let (handler, context) = bound.value
            handler.tick(context)
        }
    }

    private func tick(_ context: ChannelHandlerContext) {
        guard context.channel.isActive, phase != .closed else { return }
        schedule(context)
        let now = NIODeadline.now()
        if connection.isStalled(now) {
            close(context)
        } else if let block = headerBlock, now - block.since > connection.limits.headerTimeout.timeAmount {
            fail(HTTP2ConnectionError(.enhanceYourCalm, "a head that does not end"))
        } else if streams.isEmpty, connection.isIdle(now) {
            if case .open = phase { goAway() } else { close(context) }
        } else if let sent = pingSentAt {
            if connection.lastRead >= sent {
                pingSentAt = nil
            } else if now - sent > connection.limits.pingTimeout.timeAmount {
                close(context)
            }
        } else if now - connection.lastRead > connection.limits.pingInterval.timeAmount {
            pingSentAt = now
            var frame = ByteBuffer()
            frame.writeFrame(ping: Self.lifePing, isAnswer: false)
            send(frame)
            flush()
        }
    }
}
