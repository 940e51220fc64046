import NIOCore

/// Cuts what a client sends into frames. Holds at most one unfinished frame of the largest size allowed.
struct HTTP2FrameReader {
    /// How every client begins (RFC 9113 §3.4).
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    let maximumLength: Int
    private var buffer = ByteBuffer()
    private var hasPreface = false

    init(maximumLength: Int) {
        self.maximumLength = maximumLength
    }

    mutating func append(_ bytes: ByteBuffer) {
        var bytes = bytes
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.discardReadBytes()
            buffer.writeBuffer(&bytes)
        }
    }

    /// The next whole frame; nil until more bytes come.
    mutating func next() throws(HTTP2ConnectionError) -> (HTTP2FrameHead, ByteBuffer)? {
        if !hasPreface {
            let count = min(buffer.readableBytes, Self.preface.count)
            guard buffer.readableBytesView.prefix(count).elementsEqual(Self.preface.prefix(count)) else {
                throw HTTP2ConnectionError(.protocolError, "no client connection preface")
            }
            guard count == Self.preface.count else { return nil }
            buffer.moveReaderIndex(forwardBy: count)
            hasPreface = true
        }
        let start = buffer.readerIndex
        guard
            let (first, flags, stream) = buffer.getMultipleIntegers(
                at: start, as: (UInt32, UInt8, UInt32).self)
        else { return nil }
        let length = Int(first >> 8)
        guard length <= maximumLength else {
            throw HTTP2ConnectionError(.frameSizeError, "a frame of \(length) bytes")
        }
        guard let payload = buffer.getSlice(at: start + HTTP2FrameHead.size, length: length) else { return nil }
        buffer.moveReaderIndex(forwardBy: HTTP2FrameHead.size + length)
        let head = HTTP2FrameHead(
            length: length, kind: UInt8(truncatingIfNeeded: first), flags: flags, streamID: stream & 0x7FFF_FFFF)
        return (head, payload)
    }
}

extension ByteBuffer {
    fileprivate func getMultipleIntegers(
        at index: Int, as: (UInt32, UInt8, UInt32).Type
    ) -> (UInt32, UInt8, UInt32)? {
        guard let first = getInteger(at: index, as: UInt32.self),
            let second = getInteger(at: index + 4, as: UInt8.self),
            let third = getInteger(at: index + 5, as: UInt32.self)
        else { return nil }
        return (first, second, third)
    }
}
