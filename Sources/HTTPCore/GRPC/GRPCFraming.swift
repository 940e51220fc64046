import NIOCore

/// Messages on a gRPC stream: a byte that says whether it is compressed, four bytes of length, the message.
package struct GRPCFraming {
    private let limit: Int
    private var buffer = ByteBuffer()

    /// - Parameter limit: bytes a message may have.
    package init(limit: Int) {
        self.limit = limit
    }

    package static func frame(_ message: [UInt8]) -> ByteBuffer {
        var out = ByteBuffer()
        out.reserveCapacity(message.count + 5)
        out.writeInteger(UInt8(0))
        out.writeInteger(UInt32(truncatingIfNeeded: message.count))
        out.writeBytes(message)
        return out
    }

    package mutating func append(_ piece: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = piece
        } else {
            buffer.writeImmutableBuffer(piece)
        }
    }

    /// The next whole message, nil where more bytes are needed.
    package mutating func next() throws(GRPCError) -> [UInt8]? {
        guard let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt32.self) else { return nil }
        if buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) != 0 {
            throw GRPCError(.unimplemented, "the peer sent a compressed message without being asked")
        }
        guard length <= limit else {
            throw GRPCError(.resourceExhausted, "received message larger than max (\(length) vs. \(limit))")
        }
        guard buffer.readableBytes >= 5 + Int(length) else { return nil }
        buffer.moveReaderIndex(forwardBy: 5)
        return buffer.readBytes(length: Int(length)) ?? []
    }

    /// Whether bytes of an unfinished message are left.
    package var isPartial: Bool { buffer.readableBytes > 0 }
}
