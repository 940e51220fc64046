import HTTPCore
import NIOCore
import NIOHPACK

/// One request and its answer on one HTTP/2 stream. Used on the connection's event loop only.
final class HTTP2Stream: Exchange, ResponseSink {
    private enum Phase {
        /// The head is here; the handler starts when this burst of frames has been read, or at the request's end.
        case arriving(HTTPRequest)
        case running
        case ended
    }

    /// What ends the response, behind its last byte.
    enum Ending {
        case data
        case trailers(HPACKHeaders)
    }

    let id: UInt32
    let connection: ServerConnection
    /// nil once the stream is closed.
    private(set) var frames: HTTP2ConnectionHandler?

    private var phase: Phase
    private let isHead: Bool
    private var expectsContinue: Bool
    private let contentLength: Int?
    private var receivedBytes = 0
    private var early = ByteBuffer()
    private var bodyStream: HTTPBodyStream?
    private(set) var requestEnded = false
    private var responseStarted = false
    private(set) var responseEnded = false
    /// The response is written whole, while the client is still sending.
    var isAnswered = false
    private var paused = false
    private var response: ResponseStream?
    private var task: Task<Void, Never>?
    private var counted = false

    // MARK: Flow control

    /// Bytes the client may still send, and bytes it sent that it was not given back yet.
    var receiveWindow: Int
    var unreturned = 0
    /// Bytes the client takes; below zero after it made its windows smaller.
    var sendWindow: Int
    /// What waits for the client's window, and what comes behind it.
    var queue = CircularBuffer<ByteBuffer>()
    var queuedBytes = 0
    var ending: Ending?
    /// Whether it stands in the connection's line of those that wait for the connection's window.
    var isInLine = false
    private var isFull = false

    init(
        id: UInt32, request: HTTPRequest, frames: HTTP2ConnectionHandler, connection: ServerConnection,
        sendWindow: Int
    ) {
        self.id = id
        self.connection = connection
        self.frames = frames
        self.sendWindow = sendWindow
        receiveWindow = connection.limits.streamWindow
        isHead = request.method == .head
        contentLength = request.headers["content-length"].flatMap { Int($0) }
        expectsContinue =
            request.headers["expect"] != nil && request.headers.contains("expect", token: "100-continue")
        phase = .arriving(request)
    }

    // MARK: Request

    /// Whether the announced length still holds.
    func body(_ buffer: ByteBuffer) -> Bool {
        receivedBytes += buffer.readableBytes
        if let contentLength, receivedBytes > contentLength { return false }
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
        return true
    }

    /// Whether bytes may be given back to the client: those of a body that nobody reads on wait.
    var returnsBytes: Bool { !paused }

    /// False where fewer bytes came than announced.
    func endRequest(trailers: HTTPHeaders) -> Bool {
        guard contentLength == nil || contentLength == receivedBytes || isHead else { return false }
        requestEnded = true
        startHandler()
        bodyStream?.finish(trailers: trailers)
        bodyStream = nil
        return true
    }

    /// Hands the request to the handler, unless that has happened.
    func startHandler() {
        guard case .arriving(var request) = phase, frames != nil else { return }
        phase = .running
        connection.openExchanges += 1
        counted = true
        if requestEnded {
            request.body = HTTPBody(early)
        } else {
            let loop = connection.info.eventLoop
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
                frames?.writeHeaders([":status": "100"], of: self, endStream: false)
                frames?.flush()
            }
            paused = false
            frames?.returnBytes(of: self)
        case .abandoned:
            // The client's window fills, and the end of the response resets the stream.
            paused = true
        }
    }

    // MARK: Response

    func respond(_ response: HTTPResponse) -> ExchangeRemainder {
        guard let frames, !responseStarted else { return .nothing }
        responseStarted = true
        var response = response
        if case .upgrade = response.body {
            response = .text("HTTP/2 has no upgrade", status: .internalServerError)
        }
        guard let head = HTTP2Fields.response(response, isHead: isHead) else {
            frames.reset(self, .internalError)
            return .nothing
        }
        let bodiless = isHead || !response.status.allowsBody
        switch response.body {
        case .empty, .upgrade:
            writeWhole(head, [], frames)
        case .bytes(let buffer):
            writeWhole(head, bodiless || buffer.readableBytes == 0 ? [] : [buffer], frames)
        case .chunks(let buffers) where !bodiless && (response.knownLength ?? 0) > ChunkPump.threshold:
            if let stream = open(head, bodiless: false, frames) { ChunkPump.run(buffers, to: stream) }
        case .chunks(let buffers):
            writeWhole(head, bodiless ? [] : buffers.filter { $0.readableBytes > 0 }, frames)
        case .stream(let body):
            guard let stream = open(head, bodiless: bodiless, frames) else { return .nothing }
            return .stream(body, stream)
        case .push(let body):
            if let stream = open(head, bodiless: bodiless, frames) { body(stream) }
        }
        return .nothing
    }

    private func writeWhole(_ head: HPACKHeaders, _ buffers: [ByteBuffer], _ frames: HTTP2ConnectionHandler) {
        endResponse()
        frames.writeHeaders(head, of: self, endStream: buffers.isEmpty)
        if !buffers.isEmpty {
            for buffer in buffers.dropLast() { frames.write(buffer, of: self) }
            frames.write(buffers[buffers.count - 1], of: self, ending: .data)
        }
        frames.flush()
    }

    private func open(_ head: HPACKHeaders, bodiless: Bool, _ frames: HTTP2ConnectionHandler) -> ResponseStream? {
        if bodiless {
            writeWhole(head, [], frames)
            return nil
        }
        frames.writeHeaders(head, of: self, endStream: false)
        frames.flush()
        let stream = ResponseStream(
            sink: self, eventLoop: connection.info.eventLoop, isWritable: frames.isWritable && !isFull,
            connection: ObjectIdentifier(frames))
        response = stream
        return stream
    }

    private func endResponse() {
        responseEnded = true
        response = nil
        uncount()
    }

    func handlerEnded() {
        phase = .ended
        task = nil
    }

    /// Nothing more goes in or out.
    func closed() {
        frames = nil
        let task = task
        self.task = nil
        if case .arriving = phase { phase = .ended }
        uncount()
        if !requestEnded { bodyStream?.fail(.connectionClosed) }
        bodyStream = nil
        queue.removeAll()
        queuedBytes = 0
        if !responseEnded { task?.cancel() }
        let response = response
        self.response = nil
        response?.transportClosed(.peerGone)
    }

    private func uncount() {
        guard counted else { return }
        counted = false
        connection.openExchanges -= 1
    }

    // MARK: Back-pressure

    private static let highWatermark = 128 * 1024
    private static let lowWatermark = 32 * 1024

    /// To be called when bytes were queued, or left the queue.
    func queueChanged() {
        if isFull {
            guard queuedBytes <= Self.lowWatermark else { return }
            isFull = false
        } else {
            guard queuedBytes > Self.highWatermark else { return }
            isFull = true
        }
        writabilityChanged()
    }

    /// The socket takes more, or no more.
    func writabilityChanged() {
        guard let response, let frames else { return }
        let isWritable = frames.isWritable && !isFull
        if isWritable != response.isWritable { response.writabilityChanged(isWritable) }
    }

    // MARK: ResponseSink

    func write(_ buffer: ByteBuffer) {
        guard buffer.readableBytes > 0, !responseEnded else { return }
        frames?.write(buffer, of: self)
    }

    func flush() {
        frames?.flush()
    }

    func finish(trailers: HTTPHeaders?) {
        guard let frames, !responseEnded else { return }
        endResponse()
        if let trailers, !trailers.isEmpty, let block = HTTP2Fields.trailers(trailers) {
            frames.write(ByteBuffer(), of: self, ending: .trailers(block))
        } else {
            frames.write(ByteBuffer(), of: self, ending: .data)
        }
        frames.flush()
    }

    func abort() {
        guard let frames, !responseEnded else { return }
        endResponse()
        frames.reset(self, .internalError)
    }
}
