import HTTPCore
import NIOCore
import NIOHPACK
import NIOHTTP2

/// One request and its answer on one HTTP/2 stream.
final class HTTP2ExchangeHandler: ChannelInboundHandler, ChannelOutboundHandler, Exchange, ResponseSink {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Phase {
        case waiting
        /// The head is here; the handler starts when this burst of frames has been read, or at the request's end.
        case arriving(HTTPRequest)
        case running
        case ended
    }

    let connection: ServerConnection
    private var context: ChannelHandlerContext?
    private var phase = Phase.waiting
    private var isHead = false
    private var expectsContinue = false
    private var contentLength: Int?
    private var early = ByteBuffer()
    private var bodyStream: HTTPBodyStream?
    private var requestEnded = false
    private var responseStarted = false
    private var responseEnded = false
    private var paused = false
    private var readHeld = false
    private var stream: ResponseStream?
    private var task: Task<Void, Never>?
    private var counted = false

    init(connection: ServerConnection) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        closed()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is NIOHTTP2Errors.StreamClosed { return }
        context.close(promise: nil)
    }

    // MARK: Request

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let head):
            headers(head.headers, endStream: head.endStream)
        case .data(let data):
            if case .byteBuffer(let buffer) = data.data { body(buffer) }
            if data.endStream { endRequest(trailers: HTTPHeaders()) }
        case .rstStream, .priority, .settings, .pushPromise, .ping, .goAway, .windowUpdate, .alternativeService,
            .origin:
            break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .arriving = phase { startHandler() }
    }

    func read(context: ChannelHandlerContext) {
        if paused { readHeld = true } else { context.read() }
    }

    private func headers(_ block: HPACKHeaders, endStream: Bool) {
        if case .waiting = phase {
            phase = .arriving(request(block))
            if endStream { endRequest(trailers: HTTPHeaders()) }
        } else if endStream {
            endRequest(trailers: HTTP2Fields.plain(block))
        }
    }

    private func request(_ block: HPACKHeaders) -> HTTPRequest {
        var headers = HTTPHeaders()
        headers.reserveCapacity(block.count)
        var method = ""
        var target = ""
        var authority = ""
        for (name, value, _) in block {
            if name.utf8.first == UInt8(ascii: ":") {
                switch name {
                case ":method": method = value
                case ":path": target = value
                case ":authority": authority = value
                default: break
                }
            } else {
                headers.append(name, value)
            }
        }
        if authority.isEmpty { authority = headers["host"] ?? "" }
        isHead = method == "HEAD"
        contentLength = headers["content-length"].flatMap { Int($0) }
        expectsContinue = headers["expect"] != nil && headers.contains("expect", token: "100-continue")
        let (path, query) = RequestTarget.split(target)
        return HTTPRequest(
            method: HTTPMethod(rawValue: method), path: path, query: query, authority: authority, headers: headers,
            httpVersion: .http2, connection: connection.info)
    }

    private func body(_ buffer: ByteBuffer) {
        if case .arriving = phase {
            if early.readableBytes == 0 {
                early = buffer
            } else {
                var buffer = buffer
                early.writeBuffer(&buffer)
            }
        } else if let bodyStream, !bodyStream.yield(buffer) {
            paused = true
        }
    }

    private func endRequest(trailers: HTTPHeaders) {
        requestEnded = true
        if case .arriving = phase { startHandler() }
        bodyStream?.finish(trailers: trailers)
        bodyStream = nil
    }

    private func startHandler() {
        guard case .arriving(var request) = phase, let context else { return }
        phase = .running
        connection.openExchanges += 1
        counted = true
        if requestEnded {
            request.body = HTTPBody(early)
        } else {
            let loop = context.eventLoop
            let bound = NIOLoopBound(self, eventLoop: loop)
            let stream = HTTPBodyStream(
                highWatermark: connection.limits.streamWindow, startsPaused: expectsContinue
            ) { demand in
                if loop.inEventLoop {
                    bound.value.demanded(demand)
                } else {
                    loop.execute { bound.value.demanded(demand) }
                }
            }
            if early.readableBytes > 0 { paused = !stream.yield(early) }
            bodyStream = stream
            request.body = HTTPBody(stream, contentLength: contentLength)
        }
        early = ByteBuffer()
        let task = start(request)
        if case .running = phase { self.task = task }
    }

    private func demanded(_ demand: HTTPBodyStream.Demand) {
        switch demand {
        case .more:
            if expectsContinue, !responseStarted {
                expectsContinue = false
                context?.writeAndFlush(
                    wrapOutboundOut(.headers(.init(headers: [":status": "100"]))), promise: nil)
            }
            resumeReading()
        case .abandoned:
            // Reading stops: the client's window fills and the end of the response resets the stream.
            break
        }
    }

    private func resumeReading() {
        paused = false
        if readHeld {
            readHeld = false
            context?.read()
        }
    }

    // MARK: Response

    func respond(_ response: HTTPResponse) -> ExchangeRemainder {
        guard let context, context.channel.isActive, !responseStarted else { return .nothing }
        responseStarted = true
        var response = response
        if case .upgrade = response.body {
            response = .text("HTTP/2 has no upgrade", status: .internalServerError)
        }
        guard let head = HTTP2Fields.response(response, isHead: isHead) else {
            context.writeAndFlush(wrapOutboundOut(.rstStream(.internalError)), promise: nil)
            return .nothing
        }
        let bodiless = isHead || !response.status.allowsBody
        switch response.body {
        case .empty, .upgrade:
            writeWhole(head, [], context)
        case .bytes(let buffer):
            writeWhole(head, bodiless || buffer.readableBytes == 0 ? [] : [buffer], context)
        case .chunks(let buffers) where !bodiless && (response.knownLength ?? 0) > ChunkPump.threshold:
            if let stream = open(head, bodiless: false, context) { ChunkPump.run(buffers, to: stream) }
        case .chunks(let buffers):
            writeWhole(head, bodiless ? [] : buffers.filter { $0.readableBytes > 0 }, context)
        case .stream(let body):
            guard let stream = open(head, bodiless: bodiless, context) else { return .nothing }
            return .stream(body, stream)
        case .push(let body):
            if let stream = open(head, bodiless: bodiless, context) { body(stream) }
        }
        return .nothing
    }

    private func writeWhole(_ head: HPACKHeaders, _ buffers: [ByteBuffer], _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.headers(.init(headers: head, endStream: buffers.isEmpty))), promise: nil)
        // A body the client is still sending is refused after the answer has left whole.
        let sent = requestEnded ? nil : context.eventLoop.makePromise(of: Void.self)
        for (index, buffer) in buffers.enumerated() {
            let isLast = index == buffers.count - 1
            context.write(
                wrapOutboundOut(.data(.init(data: .byteBuffer(buffer), endStream: isLast))),
                promise: isLast ? sent : nil)
        }
        endResponse()
        context.flush()
        if let sent {
            if buffers.isEmpty { sent.succeed() }
            refuseRest(after: sent.futureResult)
        }
    }

    private func open(_ head: HPACKHeaders, bodiless: Bool, _ context: ChannelHandlerContext) -> ResponseStream? {
        if bodiless {
            writeWhole(head, [], context)
            return nil
        }
        context.writeAndFlush(wrapOutboundOut(.headers(.init(headers: head, endStream: false))), promise: nil)
        let stream = ResponseStream(
            sink: self, eventLoop: context.eventLoop, isWritable: context.channel.isWritable)
        self.stream = stream
        return stream
    }

    private func endResponse() {
        responseEnded = true
        stream = nil
        uncount()
    }

    /// Tells the client to stop sending (RFC 9113 §8.1): a reset without error after a complete response.
    private func refuseRest(after sent: EventLoopFuture<Void>) {
        guard let context else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        sent.whenComplete { _ in
            let handler = bound.value
            guard !handler.requestEnded, let context = handler.context else { return }
            context.writeAndFlush(handler.wrapOutboundOut(.rstStream(.noError)), promise: nil)
        }
    }

    func handlerEnded() {
        phase = .ended
        task = nil
    }

    private func closed() {
        let task = task
        self.task = nil
        uncount()
        if !requestEnded { bodyStream?.fail(.connectionClosed) }
        bodyStream = nil
        if !responseEnded { task?.cancel() }
        let stream = stream
        self.stream = nil
        stream?.transportClosed(.peerGone)
    }

    private func uncount() {
        guard counted else { return }
        counted = false
        connection.openExchanges -= 1
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stream?.writabilityChanged(context.channel.isWritable)
    }

    // MARK: ResponseSink

    func write(_ buffer: ByteBuffer) {
        guard buffer.readableBytes > 0 else { return }
        context?.write(wrapOutboundOut(.data(.init(data: .byteBuffer(buffer)))), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    func finish(trailers: HTTPHeaders?) {
        guard let context, !responseEnded else { return }
        let sent = requestEnded ? nil : context.eventLoop.makePromise(of: Void.self)
        if let trailers, !trailers.isEmpty, let block = HTTP2Fields.trailers(trailers) {
            context.write(wrapOutboundOut(.headers(.init(headers: block, endStream: true))), promise: sent)
        } else {
            context.write(
                wrapOutboundOut(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))), promise: sent)
        }
        endResponse()
        context.flush()
        if let sent { refuseRest(after: sent.futureResult) }
    }

    func abort() {
        guard let context, !responseEnded else { return }
        endResponse()
        context.writeAndFlush(wrapOutboundOut(.rstStream(.internalError)), promise: nil)
    }
}
