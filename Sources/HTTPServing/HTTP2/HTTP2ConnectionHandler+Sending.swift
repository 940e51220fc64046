import NIOCore
import NIOHPACK

/// What goes to the client, within the windows it gives.
extension HTTP2ConnectionHandler {
    private static let largestData = 64 * 1024

    func writeHeaders(_ block: HPACKHeaders, of stream: HTTP2Stream, endStream: Bool) {
        var bytes = ByteBuffer()
        do {
            try encoder.beginEncoding(allocator: ByteBufferAllocator())
            try encoder.append(headers: block)
            bytes = try encoder.endEncoding()
        } catch {
            fail(HTTP2ConnectionError(.internalError, "a head that cannot be encoded"))
            return
        }
        var out = ByteBuffer()
        out.reserveCapacity(bytes.readableBytes + HTTP2FrameHead.size)
        var flags = endStream ? HTTP2FrameHead.Flag.endStream : 0
        var kind = HTTP2FrameHead.Kind.headers
        repeat {
            let length = min(bytes.readableBytes, peerFrameLength)
            guard let piece = bytes.readSlice(length: length) else { break }
            if bytes.readableBytes == 0 { flags |= HTTP2FrameHead.Flag.endHeaders }
            out.writeFrameHead(HTTP2FrameHead(length: length, kind: kind, flags: flags, streamID: stream.id))
            out.writeImmutableBuffer(piece)
            kind = HTTP2FrameHead.Kind.continuation
            flags = 0
        } while bytes.readableBytes > 0
        let sent = endStream ? lastFrame(of: stream) : nil
        send(out, promise: sent)
        if endStream { sentEnd(of: stream, sent) }
    }

    /// Sends what the windows allow, and keeps the rest.
    func write(_ buffer: ByteBuffer, of stream: HTTP2Stream, ending: HTTP2Stream.Ending? = nil) {
        let size = buffer.readableBytes
        if ending == nil, size > 0, size <= min(stream.sendWindow, sendWindow, peerFrameLength, Self.largestData),
            stream.queue.isEmpty
        {
            // One whole frame that may go at once, such as nearly every event of a watch.
            stream.sendWindow -= size
            sendWindow -= size
            output.append(HTTP2FrameHead(length: size, kind: HTTP2FrameHead.Kind.data, streamID: stream.id), buffer)
            return
        }
        if let ending { stream.ending = ending }
        var buffer = buffer
        if stream.queue.isEmpty { sendData(&buffer, of: stream) }
        if buffer.readableBytes > 0 {
            stream.queue.append(buffer)
            stream.queuedBytes += buffer.readableBytes
            stream.queueChanged()
            stand(stream)
        } else if stream.queue.isEmpty, ending != nil {
            sendEnding(of: stream)
        }
    }

    /// Goes on with what waits on a stream.
    private func drain(_ stream: HTTP2Stream) {
        let before = stream.queuedBytes
        while stream.sendWindow > 0, sendWindow > 0, var first = stream.queue.popFirst() {
            let size = first.readableBytes
            sendData(&first, of: stream)
            stream.queuedBytes -= size - first.readableBytes
            if first.readableBytes > 0 { stream.queue.prepend(first) }
        }
        if stream.queue.isEmpty, stream.ending != nil {
            sendEnding(of: stream)
        } else {
            stand(stream)
        }
        if stream.queuedBytes != before { stream.queueChanged() }
    }

    /// The client's window of a stream grew.
    func streamWindowGrew(_ stream: HTTP2Stream) {
        guard !stream.queue.isEmpty else { return }
        drain(stream)
        flush()
    }

    /// The client's window of the connection grew: those that wait take turns.
    func connectionWindowGrew() {
        guard !line.isEmpty else { return }
        var turns = line.count
        while turns > 0, sendWindow > 0, let stream = line.popFirst() {
            turns -= 1
            stream.isInLine = false
            if stream.frames != nil { drain(stream) }
        }
        flush()
    }

    private func stand(_ stream: HTTP2Stream) {
        guard sendWindow <= 0, !stream.queue.isEmpty, !stream.isInLine else { return }
        stream.isInLine = true
        line.append(stream)
    }

    /// Takes off `buffer` what may be sent now. The last frame of a body also says that it is the last.
    private func sendData(_ buffer: inout ByteBuffer, of stream: HTTP2Stream) {
        while buffer.readableBytes > 0 {
            let length = min(
                buffer.readableBytes, stream.sendWindow, sendWindow, peerFrameLength, Self.largestData)
            guard length > 0, let piece = buffer.readSlice(length: length) else { return }
            stream.sendWindow -= length
            sendWindow -= length
            var flags: UInt8 = 0
            if buffer.readableBytes == 0, stream.queue.isEmpty, case .data = stream.ending {
                flags = HTTP2FrameHead.Flag.endStream
            }
            let sent = flags == 0 ? nil : lastFrame(of: stream)
            output.append(
                HTTP2FrameHead(length: length, kind: HTTP2FrameHead.Kind.data, flags: flags, streamID: stream.id),
                piece, promise: sent)
            if flags != 0 {
                stream.ending = nil
                sentEnd(of: stream, sent)
            }
        }
    }

    private func sendEnding(of stream: HTTP2Stream) {
        guard let ending = stream.ending, stream.frames != nil else { return }
        stream.ending = nil
        switch ending {
        case .data:
            var head = ByteBuffer()
            head.writeFrameHead(
                HTTP2FrameHead(
                    length: 0, kind: HTTP2FrameHead.Kind.data, flags: HTTP2FrameHead.Flag.endStream,
                    streamID: stream.id))
            let sent = lastFrame(of: stream)
            send(head, promise: sent)
            sentEnd(of: stream, sent)
        case .trailers(let block):
            writeHeaders(block, of: stream, endStream: true)
        }
    }

    /// Where the client is still sending, what tells that the response has left.
    private func lastFrame(of stream: HTTP2Stream) -> EventLoopPromise<Void>? {
        stream.requestEnded ? nil : context?.eventLoop.makePromise(of: Void.self)
    }

    /// The response is written whole. A body that the client is still sending when it has left is refused (RFC 9113 §8.1);
    /// not sooner: most are whole by then, and some clients take a reset for a failure.
    private func sentEnd(of stream: HTTP2Stream, _ sent: EventLoopPromise<Void>?) {
        guard let sent, let context else { return remove(stream) }
        stream.isAnswered = true
        let bound = NIOLoopBound((self, stream), eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in
            let (handler, stream) = bound.value
            guard stream.frames != nil, !stream.requestEnded else { return }
            handler.reset(stream, .noError)
        }
    }

    /// Ends a stream at once, in both directions.
    func reset(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
        guard stream.frames != nil else { return }
        reset(stream.id, code)
        remove(stream)
    }

    func reset(_ id: UInt32, _ code: HTTP2ErrorCode) {
        var frame = ByteBuffer()
        frame.writeFrame(HTTP2FrameHead.Kind.rstStream, stream: id, value: code.rawValue)
        send(frame)
        flush()
    }

    func remove(_ stream: HTTP2Stream) {
        guard streams.removeValue(forKey: stream.id) != nil else { return }
        stream.closed()
        closeIfDone()
    }

    // MARK: Giving bytes back

    /// Lets the client send as many bytes more as were taken, once that is worth a frame.
    func returnBytes(of stream: HTTP2Stream) {
        guard stream.returnsBytes, !stream.requestEnded, stream.unreturned >= connection.limits.streamWindow / 2
        else { return }
        var frame = ByteBuffer()
        frame.writeFrame(
            HTTP2FrameHead.Kind.windowUpdate, stream: stream.id, value: UInt32(clamping: stream.unreturned))
        stream.receiveWindow += stream.unreturned
        stream.unreturned = 0
        send(frame)
        flush()
    }

    var wantsReturn: Bool { unreturned >= connection.limits.connectionWindow / 2 }

    /// The connection's window bounds what is on its way; what waits for a handler, each stream's own does.
    func returnConnectionBytes() {
        var frame = ByteBuffer()
        frame.writeFrame(HTTP2FrameHead.Kind.windowUpdate, stream: 0, value: UInt32(clamping: unreturned))
        receiveWindow += unreturned
        unreturned = 0
        send(frame)
        flush()
    }
}
