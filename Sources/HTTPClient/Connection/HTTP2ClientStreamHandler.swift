import HTTPCore
import NIOCore
import NIOHPACK
import NIOHTTP2

/// One request and its answer on one HTTP/2 stream of a client.
final class HTTP2ClientStreamHandler: ChannelInboundHandler, ChannelOutboundHandler, ResponseSink {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let exchange: ClientExchange
    private let connection: HTTP2ClientConnection
    private var context: ChannelHandlerContext?
    private var sent = false
    private var requestEnded = false
    private var responseStarted = false
    private var responseEnded = false
    private var counted = true
    private var bodyStream: HTTPBodyStream?
    private var stream: ResponseStream?
    private var task: Task<Void, Never>?
    private var paused = false
    private var readHeld = false
    private var resetCode: HTTP2ErrorCode?
    private var failure: (any Error)?

    init(_ exchange: ClientExchange, connection: HTTP2ClientConnection) {
        self.exchange = exchange
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        closed()
        self.context = nil
    }

    // MARK: Request

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        guard exchange.attach(stop: { loop.execute { bound.value.reset(.cancel) } }) else {
            context.close(promise: nil)
            return
        }
        let request = exchange.request
        let head = Self.block(request, endpoint: connection.endpoint)
        switch request.body {
        case .empty:
            requestEnded = true
            context.writeAndFlush(wrapOutboundOut(.headers(.init(headers: head, endStream: true))), promise: nil)
        case .bytes(let buffer):
            requestEnded = true
            context.write(wrapOutboundOut(.headers(.init(headers: head, endStream: false))), promise: nil)
            context.writeAndFlush(
                wrapOutboundOut(.data(.init(data: .byteBuffer(buffer), endStream: true))), promise: nil)
        case .stream(let body):
            let stream = open(head, context)
            task = connection.executor.start {
                do {
                    try await body(stream)
                    stream.finish()
                } catch {
                    stream.abort()
                }
            }
        case .push(let body):
            body(open(head, context))
        }
        sent = true
    }

    private func open(_ head: HPACKHeaders, _ context: ChannelHandlerContext) -> ResponseStream {
        context.writeAndFlush(wrapOutboundOut(.headers(.init(headers: head, endStream: false))), promise: nil)
        let stream = ResponseStream(sink: self, eventLoop: context.eventLoop, isWritable: context.channel.isWritable)
        self.stream = stream
        return stream
    }

    private static func block(_ request: HTTPClientRequest, endpoint: HTTPEndpoint) -> HPACKHeaders {
        var block = HPACKHeaders()
        block.reserveCapacity(request.headers.count + 5)
        block.add(name: ":method", value: request.method.rawValue)
        block.add(name: ":scheme", value: endpoint.isSecure ? "https" : "http")
        block.add(name: ":path", value: request.target, indexing: .nonIndexable)
        block.add(name: ":authority", value: request.headers["host"] ?? endpoint.authority)
        for field in request.headers {
            let name = field.name.lowercased()
            switch name {
            case "host", "connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection",
                "content-length":
                continue
            default:
                block.add(name: name, value: field.value)
            }
        }
        if case .bytes(let buffer) = request.body {
            block.add(name: "content-length", value: String(buffer.readableBytes), indexing: .nonIndexable)
        }
        return block
    }

    // MARK: Response

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let head):
            headers(head.headers, endStream: head.endStream)
        case .data(let data):
            if case .byteBuffer(let buffer) = data.data, let bodyStream, !bodyStream.yield(buffer) { paused = true }
            if data.endStream { endResponse(trailers: HTTPHeaders()) }
        case .rstStream(let code):
            resetCode = code
        case .priority, .settings, .pushPromise, .ping, .goAway, .windowUpdate, .alternativeService, .origin:
            break
        }
    }

    func read(context: ChannelHandlerContext) {
        if paused { readHeld = true } else { context.read() }
    }

    private func headers(_ block: HPACKHeaders, endStream: Bool) {
        if responseStarted {
            if endStream { endResponse(trailers: Self.plain(block)) }
            return
        }
        guard let status = block.first(name: ":status").flatMap({ Int($0) }) else {
            exchange.fail(HTTPClientError.malformedResponse("no status"))
            return
        }
        if HTTPStatus(rawValue: status).isInformational { return }
        responseStarted = true
        let headers = Self.plain(block)
        let body: HTTPBody
        if endStream {
            let stream = HTTPBodyStream { _ in }
            // Trailers-only answers (gRPC) carry their trailers in the head.
            stream.finish(trailers: headers)
            body = HTTPBody(stream, contentLength: 0)
            responseEnded = true
        } else {
            body = HTTPBody(openBody(), contentLength: headers["content-length"].flatMap { Int($0) })
        }
        let response = HTTPClientResponse(
            status: HTTPStatus(rawValue: status), headers: headers, body: body, httpVersion: .http2)
        if !exchange.succeed(ClientAnswer(response: response)) { reset(.cancel) }
    }

    private func openBody() -> HTTPBodyStream {
        let loop = connection.channel.eventLoop
        let bound = NIOLoopBound(self, eventLoop: loop)
        let stream = HTTPBodyStream(highWatermark: 256 * 1024) { demand in
            loop.execute { bound.value.demanded(demand) }
        }
        bodyStream = stream
        return stream
    }

    private func demanded(_ demand: HTTPBodyStream.Demand) {
        switch demand {
        case .more:
            paused = false
            if readHeld {
                readHeld = false
                context?.read()
            }
        case .abandoned:
            bodyStream = nil
            if !responseEnded { reset(.cancel) }
        }
    }

    private func endResponse(trailers: HTTPHeaders) {
        guard !responseEnded else { return }
        responseEnded = true
        bodyStream?.finish(trailers: trailers)
        bodyStream = nil
    }

    private func reset(_ code: HTTP2ErrorCode) {
        context?.writeAndFlush(wrapOutboundOut(.rstStream(code)), promise: nil)
    }

    private static func plain(_ block: HPACKHeaders) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserveCapacity(block.count)
        for (name, value, _) in block where name.utf8.first != UInt8(ascii: ":") { headers.append(name, value) }
        return headers
    }

    // MARK: End

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = error
        if let closed = error as? NIOHTTP2Errors.StreamClosed {
            resetCode = resetCode ?? closed.errorCode
            return
        }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed()
    }

    private func closed() {
        guard counted else { return }
        counted = false
        let task = task
        let stream = stream
        let body = bodyStream
        self.task = nil
        self.stream = nil
        bodyStream = nil
        if !requestEnded { task?.cancel() }
        stream?.transportClosed(responseEnded ? .finished : .peerGone)
        if !responseEnded { body?.fail(.connectionClosed) }
        connection.tell { $0.streamEnded(connection) }
        guard !responseStarted else { return }
        // A refused stream, or one never sent, had no effect on the server (RFC 9113 §8.7).
        if resetCode == .refusedStream || !sent, exchange.mayRetry() {
            connection.tell { $0.resubmit(exchange) }
            return
        }
        let cause =
            resetCode.map { "the stream was reset: \($0)" }
            ?? (failure ?? connection.failure).map(String.init(describing:))
        exchange.fail(HTTPClientError.connectionClosed(cause: cause ?? "the peer closed"))
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
        guard let context, !requestEnded else { return }
        requestEnded = true
        stream = nil
        context.writeAndFlush(
            wrapOutboundOut(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))), promise: nil)
    }

    func abort() {
        requestEnded = true
        stream = nil
        exchange.fail(HTTPClientError.connectionClosed(cause: "the request's body was broken off"))
        reset(.cancel)
    }
}
