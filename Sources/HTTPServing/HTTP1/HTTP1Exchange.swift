import HTTPCore
import NIOCore

import struct NIOHTTP1.HTTPRequestHead

/// One request and its answer on an HTTP/1.1 connection.
final class HTTP1Exchange: Exchange, ResponseSink {
    private enum Phase {
        case arriving(HTTPRequest)
        case running
        case ended
    }

    let connection: ServerConnection
    private let owner: HTTP1ConnectionHandler
    private var phase: Phase
    private let isHead: Bool
    private let version: HTTPVersion
    private let wantsUpgrade: Bool
    private let contentLength: Int?
    private var expectsContinue: Bool
    private var early = ByteBuffer()
    private var bodyStream: HTTPBodyStream?
    private var stream: ResponseStream?
    private var task: Task<Void, Never>?
    private var responseStarted = false
    private var chunked = false
    private var paused = false

    /// What is wrong with the request, nil where it can be handled.
    let problem: HTTPStatus?
    private(set) var requestEnded = false
    private(set) var responseEnded = false
    /// The connection cannot be used again after this answer.
    private(set) var mustClose: Bool

    init(head: HTTPRequestHead, owner: HTTP1ConnectionHandler) {
        self.owner = owner
        connection = owner.connection
        var headers = HTTPHeaders()
        headers.reserveCapacity(head.headers.count)
        for (name, value) in head.headers { headers.append(name, value) }
        version = head.version == .http1_0 ? .http10 : .http11
        isHead = head.method == .HEAD
        let hosts = headers.values("host")
        if version == .http11, hosts.count != 1 {
            problem = .badRequest
        } else if let expectation = headers["expect"], !HTTPHeaders.equal(expectation, "100-continue") {
            problem = .expectationFailed
        } else {
            problem = nil
        }
        // The parser stops at a request that asks for an upgrade: its connection ends with it one way or the other.
        wantsUpgrade = headers.contains("connection", token: "upgrade") && headers.contains("upgrade")
        mustClose = !head.isKeepAlive || wantsUpgrade || head.method == .CONNECT
        contentLength = headers["content-length"].flatMap { Int($0) }
        expectsContinue = version == .http11 && headers.contains("expect")
        let (path, query) = RequestTarget.split(head.uri)
        phase = .arriving(
            HTTPRequest(
                method: HTTPMethod(rawValue: head.method.rawValue), path: path, query: query,
                authority: hosts.first ?? "", headers: headers, httpVersion: version, connection: connection.info))
    }

    // MARK: Request

    /// The client is to be held back.
    var holdsReading: Bool { paused && !responseEnded }

    /// The handler waits for bytes the client has not sent.
    var awaitsBody: Bool { !requestEnded && !paused && !responseEnded }

    func body(_ buffer: ByteBuffer) {
        switch phase {
        case .arriving:
            if early.readableBytes == 0 {
                early = buffer
            } else {
                var buffer = buffer
                early.writeBuffer(&buffer)
            }
        case .running, .ended:
            if let bodyStream, !bodyStream.yield(buffer) { paused = true }
        }
    }

    func end(trailers: HTTPHeaders) {
        requestEnded = true
        if case .arriving = phase { startHandler() }
        bodyStream?.finish(trailers: trailers)
        bodyStream = nil
    }

    func readComplete() {
        if case .arriving = phase, problem == nil { startHandler() }
    }

    private func startHandler() {
        guard case .arriving(var request) = phase, problem == nil else { return }
        phase = .running
        if requestEnded {
            request.body = HTTPBody(early)
        } else {
            let loop = connection.info.eventLoop
            let bound = NIOLoopBound(self, eventLoop: loop)
            let stream = HTTPBodyStream(startsPaused: expectsContinue) { demand in
                if loop.inEventLoop {
                    bound.value.demanded(demand)
                } else {
                    loop.execute { bound.value.demanded(demand) }
                }
            }
            if early.readableBytes > 0 { paused = !stream.yield(early) }
            if expectsContinue { paused = false }
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
                owner.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
                owner.flush()
            }
        case .abandoned:
            bodyStream = nil
        }
        paused = false
        owner.resumeReading()
    }

    /// Answers without a handler, and ends the connection.
    func refuse(_ status: HTTPStatus) {
        guard !responseStarted else { return }
        phase = .ended
        responseStarted = true
        mustClose = true
        owner.write(HTTP1Response.refusal(status))
        owner.flush()
        endResponse()
    }

    /// The client broke the protocol in the middle of the body.
    func malformed(_ cause: String) {
        mustClose = true
        let stream = bodyStream
        bodyStream = nil
        stream?.fail(.malformed(cause))
        if case .arriving = phase { refuse(.badRequest) }
    }

    func timedOut() {
        mustClose = true
        let stream = bodyStream
        bodyStream = nil
        stream?.fail(.timedOut)
        if stream == nil { owner.close() }
    }

    // MARK: Response

    func respond(_ response: HTTPResponse) -> ExchangeRemainder {
        guard !responseStarted, owner.context != nil else { return .nothing }
        responseStarted = true
        var response = response
        if case .upgrade(let name, let headers, let body) = response.body {
            if wantsUpgrade, requestEnded, response.headers.isSendable, headers.isSendable {
                return upgrade(name, response.headers, headers, body)
            }
            response = .text("the request asked for no upgrade", status: .internalServerError)
        }
        if !response.headers.isSendable {
            response = .text("the response has malformed header fields", status: .internalServerError)
        }
        decideFraming(response)
        let bodiless = isHead || !response.status.allowsBody
        var out = HTTP1Response.head(
            response, version: version, close: mustClose, chunked: chunked,
            capacity: bodiless ? 0 : min(response.knownLength ?? 0, HTTP1Response.joinLimit))
        switch response.body {
        case .empty, .upgrade:
            writeWhole(&out, [])
        case .bytes(let buffer):
            writeWhole(&out, bodiless ? [] : [buffer])
        case .chunks(let buffers) where !bodiless && (response.knownLength ?? 0) > ChunkPump.threshold:
            if let stream = open(&out, bodiless: false) { ChunkPump.run(buffers, to: stream) }
        case .chunks(let buffers):
            writeWhole(&out, bodiless ? [] : buffers)
        case .stream(let body):
            guard let stream = open(&out, bodiless: bodiless) else { return .nothing }
            return .stream(body, stream)
        case .push(let body):
            if let stream = open(&out, bodiless: bodiless) { body(stream) }
        }
        return .nothing
    }

    private func decideFraming(_ response: HTTPResponse) {
        if connection.draining || (response.headers.contains("connection", token: "close")) { mustClose = true }
        // An unread body: a small one is thrown away as it comes, before a large one the connection is closed.
        if !requestEnded {
            let rest = contentLength ?? .max
            if expectsContinue || rest > connection.limits.discardedBodyBytes { mustClose = true }
        }
        switch response.body {
        case .stream, .push:
            let declared = response.headers.contains("content-length")
            chunked = version == .http11 && response.status.allowsBody && !declared
            if version == .http10, !declared { mustClose = true }
        case .empty, .bytes, .chunks, .upgrade:
            chunked = false
        }
    }

    private func writeWhole(_ out: inout ByteBuffer, _ buffers: [ByteBuffer]) {
        for buffer in buffers {
            if buffer.readableBytes <= HTTP1Response.joinLimit {
                out.writeImmutableBuffer(buffer)
            } else {
                if out.readableBytes > 0 { owner.write(out) }
                owner.write(buffer)
                out = ByteBuffer()
            }
        }
        if out.readableBytes > 0 { owner.write(out) }
        owner.flush()
        endResponse()
    }

    private func open(_ out: inout ByteBuffer, bodiless: Bool) -> ResponseStream? {
        if bodiless {
            writeWhole(&out, [])
            return nil
        }
        owner.write(out)
        owner.flush()
        let stream = ResponseStream(
            sink: self, eventLoop: connection.info.eventLoop, isWritable: owner.context?.channel.isWritable ?? false)
        self.stream = stream
        return stream
    }

    private func upgrade(
        _ name: String, _ outer: HTTPHeaders, _ inner: HTTPHeaders,
        _ body: @escaping @Sendable (any ByteDuplex) async -> Void
    ) -> ExchangeRemainder {
        var headers = outer
        headers.append(contentsOf: inner)
        headers.set("connection", "Upgrade")
        headers.set("upgrade", name)
        owner.write(HTTP1Response.switching(headers))
        owner.flush()
        let bound = NIOLoopBound(self, eventLoop: connection.info.eventLoop)
        owner.context?.channel.closeFuture.whenComplete { _ in bound.value.task?.cancel() }
        return .upgrade(body, owner.upgrade())
    }

    private func endResponse() {
        responseEnded = true
        stream = nil
        paused = false
        // Decided now, because the handler may not have read everything when it answered.
        if !requestEnded, mustClose { bodyStream = nil }
        owner.finishIfDone()
    }

    func handlerEnded() {
        phase = .ended
        task = nil
    }

    func writabilityChanged(_ isWritable: Bool) {
        stream?.writabilityChanged(isWritable)
    }

    func connectionClosed() {
        let task = task
        let stream = stream
        let body = bodyStream
        self.task = nil
        self.stream = nil
        bodyStream = nil
        body?.fail(.connectionClosed)
        if !responseEnded { task?.cancel() }
        stream?.transportClosed(.peerGone)
    }

    // MARK: ResponseSink

    func write(_ buffer: ByteBuffer) {
        guard buffer.readableBytes > 0 else { return }
        guard chunked else {
            // The length was declared, or the end of the connection is the end of the body.
            owner.write(buffer)
            return
        }
        if buffer.readableBytes <= HTTP1Response.joinLimit {
            var out = ByteBuffer()
            out.reserveCapacity(buffer.readableBytes + 16)
            out.writeString(String(buffer.readableBytes, radix: 16))
            out.writeStaticString("\r\n")
            out.writeImmutableBuffer(buffer)
            out.writeStaticString("\r\n")
            owner.write(out)
        } else {
            owner.write(ByteBuffer(string: String(buffer.readableBytes, radix: 16) + "\r\n"))
            owner.write(buffer)
            owner.write(ByteBuffer(string: "\r\n"))
        }
    }

    func flush() {
        owner.flush()
    }

    func finish(trailers: HTTPHeaders?) {
        guard !responseEnded else { return }
        if chunked {
            var out = ByteBuffer(string: "0\r\n")
            if let trailers, trailers.isSendable { HTTP1Response.write(trailers, to: &out) }
            out.writeStaticString("\r\n")
            owner.write(out)
        }
        owner.flush()
        endResponse()
    }

    func abort() {
        // Without the last chunk, the client knows the body is cut off.
        guard !responseEnded else { return }
        responseEnded = true
        stream = nil
        owner.close()
    }
}
