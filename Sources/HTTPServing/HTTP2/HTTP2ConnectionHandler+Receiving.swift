import HTTPCore
import NIOCore

/// What the client sends, frame by frame.
extension HTTP2ConnectionHandler {
    private typealias Kind = HTTP2FrameHead.Kind
    private typealias Flag = HTTP2FrameHead.Flag

    func received(_ head: HTTP2FrameHead, _ payload: ByteBuffer) throws(HTTP2ConnectionError) {
        if headerBlock != nil {
            guard head.kind == Kind.continuation else {
                throw HTTP2ConnectionError(.protocolError, "a frame inside a head")
            }
            return try continuation(head, payload)
        }
        if !hasSettings {
            guard head.kind == Kind.settings, !head.has(Flag.acknowledged) else {
                throw HTTP2ConnectionError(.protocolError, "the first frame is no SETTINGS")
            }
            hasSettings = true
        }
        switch head.kind {
        case Kind.data: try data(head, payload)
        case Kind.headers: try headers(head, payload)
        case Kind.priority: try priority(head)
        case Kind.rstStream: try rstStream(head)
        case Kind.settings: try settings(head, payload)
        case Kind.ping: try ping(head, payload)
        case Kind.windowUpdate: try windowUpdate(head, payload)
        case Kind.goAway:
            guard head.streamID == 0 else { throw Self.wrongStream }
            guard head.length >= 8 else { throw Self.wrongSize }
        case Kind.pushPromise, Kind.continuation:
            throw HTTP2ConnectionError(.protocolError, "a frame that a client does not send here")
        default:
            // Extensions are ignored (RFC 9113 §5.5), in bounds.
            try countControl()
        }
    }

    private static let wrongStream = HTTP2ConnectionError(.protocolError, "a frame on the wrong stream")
    private static let wrongSize = HTTP2ConnectionError(.frameSizeError, "a frame of the wrong size")

    private func countControl() throws(HTTP2ConnectionError) {
        guard controls.allows() else {
            throw HTTP2ConnectionError(.enhanceYourCalm, "too many frames that say little")
        }
    }

    /// A stream that never began cannot be spoken about.
    private func checkNotIdle(_ id: UInt32) throws(HTTP2ConnectionError) {
        guard id != 0, !id.isMultiple(of: 2), id <= lastStreamID else { throw Self.wrongStream }
    }

    // MARK: DATA

    private func data(_ head: HTTP2FrameHead, _ payload: ByteBuffer) throws(HTTP2ConnectionError) {
        try checkNotIdle(head.streamID)
        receiveWindow -= head.length
        guard receiveWindow >= 0 else { throw HTTP2ConnectionError(.flowControlError, "more than the window allows") }
        unreturned += head.length
        if head.length == 0, !head.has(Flag.endStream) { try countControl() }
        let body = try Self.unpadded(head, payload)
        // A stream that this side has ended: what was on its way is of no use.
        guard let stream = streams[head.streamID], !stream.requestEnded else { return try late(head) }
        stream.receiveWindow -= head.length
        guard stream.receiveWindow >= 0 else { return reset(stream, .flowControlError) }
        stream.unreturned += head.length
        if body.readableBytes > 0, !stream.body(body) { return reset(stream, .protocolError) }
        if head.has(Flag.endStream) {
            ended(stream, trailers: HTTPHeaders())
        } else {
            returnBytes(of: stream)
        }
    }

    /// The client has sent all.
    private func ended(_ stream: HTTP2Stream, trailers: HTTPHeaders) {
        if !stream.endRequest(trailers: trailers) {
            reset(stream, .protocolError)
        } else if stream.isAnswered {
            remove(stream)
        }
    }

    /// A frame on a stream that has ended.
    private func late(_ head: HTTP2FrameHead) throws(HTTP2ConnectionError) {
        if let stream = streams[head.streamID] {
            reset(stream, .streamClosed)
        } else {
            guard resets.allows() else {
                throw HTTP2ConnectionError(.enhanceYourCalm, "too many frames on streams that have ended")
            }
        }
    }

    /// The payload without its padding (RFC 9113 §6.1).
    private static func unpadded(
        _ head: HTTP2FrameHead, _ payload: ByteBuffer
    ) throws(HTTP2ConnectionError) -> ByteBuffer {
        guard head.has(Flag.padded) else { return payload }
        var payload = payload
        guard let count = payload.readInteger(as: UInt8.self), Int(count) <= payload.readableBytes,
            let body = payload.readSlice(length: payload.readableBytes - Int(count))
        else { throw HTTP2ConnectionError(.protocolError, "more padding than frame") }
        return body
    }

    // MARK: Small frames

    private func priority(_ head: HTTP2FrameHead) throws(HTTP2ConnectionError) {
        guard head.streamID != 0 else { throw Self.wrongStream }
        guard head.length == 5 else { throw Self.wrongSize }
        try countControl()
    }

    private func rstStream(_ head: HTTP2FrameHead) throws(HTTP2ConnectionError) {
        guard head.length == 4 else { throw Self.wrongSize }
        try checkNotIdle(head.streamID)
        guard resets.allows() else { throw HTTP2ConnectionError(.enhanceYourCalm, "too many resets") }
        if let stream = streams[head.streamID] { remove(stream) }
    }

    private func ping(_ head: HTTP2FrameHead, _ payload: ByteBuffer) throws(HTTP2ConnectionError) {
        guard head.streamID == 0 else { throw Self.wrongStream }
        guard head.length == 8, let data = payload.getInteger(at: payload.readerIndex, as: UInt64.self) else {
            throw Self.wrongSize
        }
        if head.has(Flag.acknowledged) {
            if data == Self.goAwayPing { finishGoAway() }
            return
        }
        try countControl()
        var answer = ByteBuffer()
        answer.writeFrame(ping: data, isAnswer: true)
        send(answer)
        flush()
    }

    private func windowUpdate(_ head: HTTP2FrameHead, _ payload: ByteBuffer) throws(HTTP2ConnectionError) {
        guard head.length == 4, let value = payload.getInteger(at: payload.readerIndex, as: UInt32.self) else {
            throw Self.wrongSize
        }
        let more = Int(value & 0x7FFF_FFFF)
        guard head.streamID != 0 else {
            guard more > 0 else { throw HTTP2ConnectionError(.protocolError, "a window that grows by nothing") }
            sendWindow += more
            guard sendWindow <= HTTP2Window.maximum else {
                throw HTTP2ConnectionError(.flowControlError, "a window beyond its limit")
            }
            return connectionWindowGrew()
        }
        guard let stream = streams[head.streamID] else {
            // Of a stream that has ended meanwhile.
            return try checkNotIdle(head.streamID)
        }
        guard more > 0 else { return reset(stream, .protocolError) }
        stream.sendWindow += more
        guard stream.sendWindow <= HTTP2Window.maximum else { return reset(stream, .flowControlError) }
        streamWindowGrew(stream)
    }

    // MARK: SETTINGS

    private func settings(_ head: HTTP2FrameHead, _ payload: ByteBuffer) throws(HTTP2ConnectionError) {
        guard head.streamID == 0 else { throw Self.wrongStream }
        if head.has(Flag.acknowledged) {
            guard head.length == 0 else { throw Self.wrongSize }
            return
        }
        guard head.length.isMultiple(of: 6) else { throw Self.wrongSize }
        try countControl()
        var payload = payload
        while let (parameter, value) = payload.readMultipleIntegers(as: (UInt16, UInt32).self) {
            try apply(parameter, value)
        }
        var answer = ByteBuffer()
        answer.writeSettingsAcknowledgement()
        send(answer)
        flush()
    }

    private func apply(_ parameter: UInt16, _ value: UInt32) throws(HTTP2ConnectionError) {
        switch parameter {
        case HTTP2Parameter.headerTableSize:
            do {
                try encoder.setDynamicTableSize(min(Int(value), encoder.maximumDynamicTableSize))
            } catch {
                throw HTTP2ConnectionError(.compressionError, "a header table of \(value) bytes")
            }
        case HTTP2Parameter.enablePush:
            guard value <= 1 else { throw HTTP2ConnectionError(.protocolError, "ENABLE_PUSH is neither 0 nor 1") }
        case HTTP2Parameter.initialWindowSize:
            guard value <= UInt32(HTTP2Window.maximum) else {
                throw HTTP2ConnectionError(.flowControlError, "a window beyond its limit")
            }
            let more = Int(value) - initialSendWindow
            initialSendWindow = Int(value)
            for stream in streams.values {
                stream.sendWindow += more
                guard stream.sendWindow <= HTTP2Window.maximum else {
                    throw HTTP2ConnectionError(.flowControlError, "a window beyond its limit")
                }
            }
            if more > 0 { for stream in Array(streams.values) { streamWindowGrew(stream) } }
        case HTTP2Parameter.maxFrameSize:
            guard (16_384...16_777_215).contains(value) else {
                throw HTTP2ConnectionError(.protocolError, "frames of \(value) bytes")
            }
            peerFrameLength = Int(value)
        default:
            break
        }
    }

    // MARK: HEADERS

    private func headers(_ head: HTTP2FrameHead, _ payload: ByteBuffer) throws(HTTP2ConnectionError) {
        guard !head.streamID.isMultiple(of: 2) else { throw Self.wrongStream }
        var block = try Self.unpadded(head, payload)
        if head.has(Flag.priority) {
            guard block.readableBytes >= 5 else { throw Self.wrongSize }
            block.moveReaderIndex(forwardBy: 5)
        }
        let started = HeaderBlock(streamID: head.streamID, endStream: head.has(Flag.endStream), bytes: block)
        if head.has(Flag.endHeaders) { try completed(started) } else { headerBlock = started }
    }

    private func continuation(_ head: HTTP2FrameHead, _ payload: ByteBuffer) throws(HTTP2ConnectionError) {
        guard var block = headerBlock, head.streamID == block.streamID else {
            throw HTTP2ConnectionError(.protocolError, "a frame inside a head")
        }
        headerBlock = nil
        block.frames += 1
        // The bytes of a block never are more than the fields they stand for, but for a few of overhead.
        guard block.bytes.readableBytes + head.length <= connection.limits.headerBytes,
            block.frames <= connection.limits.headerFields
        else { throw HTTP2ConnectionError(.enhanceYourCalm, "a head that does not end") }
        block.bytes.writeImmutableBuffer(payload)
        if head.has(Flag.endHeaders) { try completed(block) } else { headerBlock = block }
    }

    private func completed(_ block: HeaderBlock) throws(HTTP2ConnectionError) {
        var bytes = block.bytes
        let fields: HTTP2RequestFields.Block
        do {
            fields = try decoder.decodeHeaders(from: &bytes)
        } catch {
            throw HTTP2ConnectionError(.compressionError, "\(error)")
        }
        if let stream = streams[block.streamID] {
            guard block.endStream, !stream.requestEnded, let trailers = HTTP2RequestFields.trailers(fields) else {
                return reset(stream, .protocolError)
            }
            return ended(stream, trailers: trailers)
        }
        guard block.streamID > lastStreamID else {
            return try late(HTTP2FrameHead(length: 0, kind: Kind.headers, streamID: block.streamID))
        }
        lastStreamID = block.streamID
        // After the second GOAWAY the client knows that nobody looks at new streams.
        if phase == .closing { return }
        guard streams.count < connection.limits.concurrentStreams else {
            guard resets.allows() else { throw HTTP2ConnectionError(.enhanceYourCalm, "too many streams") }
            return reset(block.streamID, .refusedStream)
        }
        guard let request = HTTP2RequestFields.request(fields, connection: connection.info) else {
            guard resets.allows() else { throw HTTP2ConnectionError(.enhanceYourCalm, "too many wrong heads") }
            return reset(block.streamID, .protocolError)
        }
        let stream = HTTP2Stream(
            id: block.streamID, request: request, frames: self, connection: connection,
            sendWindow: initialSendWindow)
        streams[block.streamID] = stream
        if block.endStream {
            ended(stream, trailers: HTTPHeaders())
        } else {
            arriving.append(stream)
        }
    }
}
