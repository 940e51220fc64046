import NIOCore

/// Builds whole frames. Frames with headers must be sent in the order built.
struct SPDYFrameEncoder {
    private let deflater: SPDYHeaderDeflater

    init() throws(SPDYError) {
        deflater = try SPDYHeaderDeflater()
    }

    func synStream(id: UInt32, headers: SPDYHeaders, isFinal: Bool) throws(SPDYError) -> ByteBuffer {
        // No associated stream, highest priority, no credential slot.
        let fields = ByteBuffer(integer: id) + ByteBuffer(integer: UInt32(0)) + ByteBuffer(integer: UInt16(0))
        return Self.control(
            SPDYFrameType.synStream, flags: isFinal ? SPDYFlags.fin : 0,
            fields + (try deflater.compress(headers.encoded())))
    }

    func synReply(id: UInt32, headers: SPDYHeaders) throws(SPDYError) -> ByteBuffer {
        Self.control(
            SPDYFrameType.synReply, ByteBuffer(integer: id) + (try deflater.compress(headers.encoded())))
    }

    static func reset(id: UInt32, status: UInt32) -> ByteBuffer {
        control(SPDYFrameType.reset, ByteBuffer(integer: id) + ByteBuffer(integer: status))
    }

    static func ping(id: UInt32) -> ByteBuffer {
        control(SPDYFrameType.ping, ByteBuffer(integer: id))
    }

    static func goAway(lastGoodID: UInt32) -> ByteBuffer {
        control(SPDYFrameType.goAway, ByteBuffer(integer: lastGoodID) + ByteBuffer(integer: UInt32(0)))
    }

    /// - Parameter bytes: fewer than 2^24.
    static func data(id: UInt32, bytes: ByteBuffer, isFinal: Bool) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.reserveCapacity(bytes.readableBytes + 8)
        frame.writeInteger(id)
        frame.writeInteger(UInt32(bytes.readableBytes) | (isFinal ? UInt32(SPDYFlags.fin) << 24 : 0))
        frame.writeImmutableBuffer(bytes)
        return frame
    }

    private static func control(_ type: UInt16, flags: UInt8 = 0, _ payload: ByteBuffer) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.reserveCapacity(payload.readableBytes + 8)
        frame.writeInteger(UInt16(0x8003))
        frame.writeInteger(type)
        frame.writeInteger(UInt32(flags) << 24 | UInt32(payload.readableBytes))
        frame.writeImmutableBuffer(payload)
        return frame
    }
}

extension ByteBuffer {
    fileprivate static func + (left: ByteBuffer, right: ByteBuffer) -> ByteBuffer {
        var joined = left
        joined.writeImmutableBuffer(right)
        return joined
    }
}
