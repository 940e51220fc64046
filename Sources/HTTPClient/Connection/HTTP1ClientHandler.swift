import HTTPCore
import NIOCore

import class NIOCore.ByteToMessageHandler
import typealias NIOHTTP1.HTTPClientRequestPart
import typealias NIOHTTP1.HTTPClientResponsePart
import enum NIOHTTP1.HTTPPart
import class NIOHTTP1.HTTPRequestEncoder
import struct NIOHTTP1.HTTPRequestHead
import typealias NIOHTTP1.HTTPResponseDecoder
import struct NIOHTTP1.HTTPResponseHead

/// The requests of one HTTP/1.1 client connection, one after the other. Lives on the connection's loop.
final class HTTP1ClientHandler: ChannelInboundHandler, ChannelOutboundHandler, RemovableChannelHandler, ResponseSink {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private enum Phase {
        case idle
        case busy(ClientExchange, reused: Bool)
        case upgraded
        case closed
    }

    private let endpoint: HTTPEndpoint
    private let idleTimeout: TimeAmount
    private let decoder: ByteToMessageHandler<HTTPResponseDecoder>
    private let encoder: HTTPRequestEncoder
    private let executor: EventLoopTaskExecutor
    weak var connection: HTTP1ClientConnection?
    private var context: ChannelHandlerContext?
    private var phase = Phase.idle
    private var idleTimer: Scheduled<Void>?
    private var requestEnded = true
    private var responseStarted = false
    private var keepAlive = true
    private var switching: HTTPClientResponse?
    private var bodyStream: HTTPBodyStream?
    private var stream: ResponseStream?
    private var task: Task<Void, Never>?
    private var paused = false
    private var readHeld = false

    init(
        endpoint: HTTPEndpoint, idleTimeout: TimeAmount, decoder: ByteToMessageHandler<HTTPResponseDecoder>,
        encoder: HTTPRequestEncoder, executor: EventLoopTaskExecutor
    ) {
        self.executor = executor
        self.endpoint = endpoint
        self.idleTimeout = idleTimeout
        self.decoder = decoder
        self.encoder = encoder
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        idleTimer?.cancel()
    }

    // MARK: Request

    func run(_ exchange: ClientExchange, reused: Bool) {
        idleTimer?.cancel()
        idleTimer = nil
        guard let context, case .idle = phase, context.channel.isActive else {
            // The server closed an idle connection just as it was taken: nothing was sent.
            retryOrFail(exchange, cause: "the connection was closed while idle")
            return
        }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        phase = .busy(exchange, reused: reused)
        guard exchange.attach(stop: { loop.execute { bound.value.stop(exchange) } }) else {
            phase = .idle
            becomeFree()
            return
        }
        responseStarted = false
        keepAlive = true
        requestEnded = false
        send(exchange.request, context)
    }

    private func send(_ request: HTTPClientRequest, _ context: ChannelHandlerContext) {
        var head = HTTPRequestHead(
            version: .http1_1, method: .init(rawValue: request.method.rawValue), uri: request.target)
        if !request.headers.contains("host") { head.headers.add(name: "Host", value: endpoint.authority) }
        for field in request.headers
        where !HTTPHeaders.equal(field.name, "content-length") && !HTTPHeaders.equal(field.name, "transfer-encoding") {
            head.headers.add(name: field.name, value: field.value)
        }
        switch request.body {
        case .empty:
            switch request.method {
            case .post, .put, .patch: head.headers.add(name: "Content-Length", value: "0")
            default: break
            }
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            endRequest(context)
        case .bytes(let buffer):
            head.headers.add(name: "Content-Length", value: String(buffer.readableBytes))
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
            endRequest(context)
        case .stream(let body):
            let stream = open(head, context)
            task = executor.start {
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
    }

    private func open(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) -> ResponseStream {
        var head = head
        head.headers.add(name: "Transfer-Encoding", value: "chunked")
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        let stream = ResponseStream(sink: self, eventLoop: context.eventLoop, isWritable: context.channel.isWritable)
        self.stream = stream
        return stream
    }

    private func endRequest(_ context: ChannelHandlerContext) {
        requestEnded = true
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// The exchange ended before its answer: the connection cannot be used for another.
    private func stop(_ exchange: ClientExchange) {
        guard case .busy(let current, _) = phase, current === exchange, !responseStarted else { return }
        context?.close(promise: nil)
    }

    // MARK: Response

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .upgraded:
            context.fireChannelRead(data)
        case .busy(let exchange, _):
            switch unwrapInboundIn(data) {
            case .head(let head): begin(head, exchange, context)
            case .body(let buffer):
                if let bodyStream, !bodyStream.yield(buffer) { paused = true }
            case .end(let trailers):
                var plain = HTTPHeaders()
                if let trailers {
                    for (name, value) in trailers { plain.append(name, value) }
                }
                end(plain, exchange, context)
            }
        case .idle:
            // Bytes nobody asked for.
            context.close(promise: nil)
        case .closed:
            break
        }
    }

    private func begin(_ head: HTTPResponseHead, _ exchange: ClientExchange, _ context: ChannelHandlerContext) {
        responseStarted = true
        keepAlive = head.isKeepAlive
        var headers = HTTPHeaders()
        headers.reserveCapacity(head.headers.count)
        for (name, value) in head.headers { headers.append(name, value) }
        let status = HTTPStatus(rawValue: Int(head.status.code))
        let version: HTTPVersion = head.version == .http1_0 ? .http10 : .http11
        if status == .switchingProtocols {
            guard exchange.request.headers.contains("upgrade") else {
                exchange.fail(HTTPClientError.malformedResponse("101 without being asked"))
                context.close(promise: nil)
                return
            }
            switching = HTTPClientResponse(status: status, headers: headers, body: .empty, httpVersion: version)
            return
        }
        let loop = context.eventLoop
        let bound = NIOLoopBound(self, eventLoop: loop)
        let stream = HTTPBodyStream(highWatermark: 256 * 1024) { demand in
            loop.execute { bound.value.demanded(demand, exchange) }
        }
        bodyStream = stream
        let length = exchange.request.method == .head ? 0 : headers["content-length"].flatMap { Int($0) }
        let response = HTTPClientResponse(
            status: status, headers: headers, body: HTTPBody(stream, contentLength: length), httpVersion: version)
        if !exchange.succeed(ClientAnswer(response: response)) { context.close(promise: nil) }
    }

    private func end(_ trailers: HTTPHeaders, _ exchange: ClientExchange, _ context: ChannelHandlerContext) {
        if let switching {
            self.switching = nil
            upgrade(switching, exchange, context)
            return
        }
        let body = bodyStream
        bodyStream = nil
        // The connection is free before the reader learns of the end: its next request finds it.
        defer { body?.finish(trailers: trailers) }
        resumeReading()
        guard keepAlive, requestEnded else {
            // The server has answered without waiting for the rest of the body.
            endRequestEarly()
            context.close(promise: nil)
            return
        }
        phase = .idle
        becomeFree()
    }

    private func endRequestEarly() {
        guard !requestEnded else { return }
        requestEnded = true
        let task = task
        let stream = stream
        self.task = nil
        self.stream = nil
        task?.cancel()
        stream?.transportClosed(.peerGone)
    }

    private func becomeFree() {
        guard let context, let connection else { return }
        let channel = context.channel
        idleTimer = context.eventLoop.scheduleTask(in: idleTimeout) { channel.close(promise: nil) }
        connection.tell { $0.free(connection) }
    }

    private func demanded(_ demand: HTTPBodyStream.Demand, _ exchange: ClientExchange) {
        guard case .busy(let current, _) = phase, current === exchange else { return }
        switch demand {
        case .more:
            resumeReading()
        case .abandoned:
            // The rest of the body is not wanted, and the connection cannot skip it.
            if bodyStream != nil {
                bodyStream = nil
                context?.close(promise: nil)
            }
        }
    }

    private func upgrade(_ head: HTTPClientResponse, _ exchange: ClientExchange, _ context: ChannelHandlerContext) {
        phase = .upgraded
        let pipeline = context.channel.pipeline.syncOperations
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let channel = context.channel
        do {
            let duplex = try ChannelDuplex.attach(to: channel)
            pipeline.removeHandler(encoder, promise: nil)
            pipeline.removeHandler(decoder).whenComplete { result in
                switch result {
                case .success:
                    channel.pipeline.syncOperations.removeHandler(bound.value, promise: nil)
                    // A caller that gave up meanwhile drops the duplex, which closes the connection.
                    _ = exchange.succeed(ClientAnswer(response: head, duplex: duplex))
                case .failure(let error):
                    exchange.fail(HTTPClientError.connectionClosed(cause: String(describing: error)))
                    channel.close(promise: nil)
                }
            }
        } catch {
            exchange.fail(HTTPClientError.connectionClosed(cause: String(describing: error)))
            context.close(promise: nil)
        }
    }

    func read(context: ChannelHandlerContext) {
        if paused { readHeld = true } else { context.read() }
    }

    private func resumeReading() {
        paused = false
        if readHeld {
            readHeld = false
            context?.read()
        }
    }

    // MARK: End

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .busy(let exchange, _) = phase, !responseStarted {
            exchange.fail(HTTPClientError.malformedResponse(String(describing: error)))
        }
        let body = bodyStream
        bodyStream = nil
        body?.fail(.malformed(String(describing: error)))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let before = phase
        phase = .closed
        idleTimer?.cancel()
        idleTimer = nil
        let task = task
        let stream = stream
        let body = bodyStream
        self.task = nil
        self.stream = nil
        bodyStream = nil
        if !requestEnded { task?.cancel() }
        stream?.transportClosed(.peerGone)
        body?.fail(.connectionClosed)
        if let connection { connection.tell { $0.closed(connection) } }
        if case .busy(let exchange, let reused) = before, !responseStarted {
            // A kept connection the server closes may have crossed with the request.
            if reused, exchange.request.method.isIdempotent {
                retryOrFail(exchange, cause: "the peer closed")
            } else {
                exchange.fail(HTTPClientError.connectionClosed(cause: "the peer closed"))
            }
        }
        context.fireChannelInactive()
    }

    private func retryOrFail(_ exchange: ClientExchange, cause: String) {
        var resubmitted = false
        if exchange.mayRetry() {
            connection?.tell {
                resubmitted = true
                $0.resubmit(exchange)
            }
        }
        if !resubmitted { exchange.fail(HTTPClientError.connectionClosed(cause: cause)) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stream?.writabilityChanged(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    // MARK: ResponseSink

    func write(_ buffer: ByteBuffer) {
        guard buffer.readableBytes > 0 else { return }
        context?.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    func finish(trailers: HTTPHeaders?) {
        stream = nil
        guard let context, !requestEnded else { return }
        endRequest(context)
    }

    func abort() {
        stream = nil
        context?.close(promise: nil)
    }
}
