import NIOCore

/// Frame types of RFC 6455, section 5.2.
enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool {
        switch self {
        case .continuation, .text, .binary: false
        case .close, .ping, .pong: true
        }
    }
}

/// The four bytes a client's payload is combined with, and how far into them the payload has come.
struct MaskKey: Hashable, Sendable {
    private let bytes: (UInt8, UInt8, UInt8, UInt8)
    private var offset = 0

    init(_ value: UInt32) {
        bytes = (
            UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
            UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)
        )
    }

    static func random() -> MaskKey { MaskKey(UInt32.random(in: .min ... .max)) }

    var value: UInt32 {
        UInt32(bytes.0) << 24 | UInt32(bytes.1) << 16 | UInt32(bytes.2) << 8 | UInt32(bytes.3)
    }

    static func == (left: MaskKey, right: MaskKey) -> Bool {
        left.value == right.value && left.offset == right.offset
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(offset)
    }

    /// Masks or unmasks the readable bytes, going on where the last call stopped.
    mutating func apply(to buffer: inout ByteBuffer) {
        let count = buffer.readableBytes
        let key = [bytes.0, bytes.1, bytes.2, bytes.3]
        let rotated = (0..<4).map { key[($0 + offset) & 3] }
        // The same four bytes twice, in memory order, so that whole words can be combined.
        let word = (rotated + rotated).enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (8 * $1.offset) }
        buffer.withUnsafeMutableReadableBytes { raw in
            var index = 0
            while index + 8 <= raw.count {
                let value = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                raw.storeBytes(of: (value ^ word).littleEndian, toByteOffset: index, as: UInt64.self)
                index += 8
            }
            while index < raw.count {
                raw[index] ^= rotated[index & 3]
                index += 1
            }
        }
        offset = (offset + count) & 3
    }
}

/// A frame's header, checked against the rules for its sender.
struct FrameHeader: Hashable, Sendable {
    var opcode: WebSocketOpcode
    var isFinal: Bool
    var payloadLength: UInt64
    var mask: MaskKey?
    /// Bytes the header itself takes.
    var length: Int

    /// Reads a header without consuming it; nil when it is incomplete.
    /// - Parameter role: who is receiving.
    init?(peeking buffer: ByteBuffer, role: WebSocketRole) throws(WebSocketError) {
        var bytes = buffer
        guard let first = bytes.readInteger(as: UInt8.self), let second = bytes.readInteger(as: UInt8.self) else {
            return nil
        }
        guard first & 0x70 == 0 else {
            throw WebSocketError(.protocolViolation, "reserved bits are set though no extension was agreed")
        }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
            throw WebSocketError(.protocolViolation, "unknown frame type \(first & 0x0F)")
        }
        let isMasked = second & 0x80 != 0
        guard isMasked == (role == .server) else {
            let problem = role == .server ? "a client's frame is not masked" : "a server's frame is masked"
            throw WebSocketError(.protocolViolation, problem)
        }
        self.opcode = opcode
        isFinal = first & 0x80 != 0
        switch second & 0x7F {
        case 126:
            guard let value = bytes.readInteger(as: UInt16.self) else { return nil }
            payloadLength = UInt64(value)
        case 127:
            guard let value = bytes.readInteger(as: UInt64.self) else { return nil }
            guard value <= UInt64(Int64.max) else {
                throw WebSocketError(.protocolViolation, "frame length has its highest bit set")
            }
            payloadLength = value
        case let value: payloadLength = UInt64(value)
        }
        if opcode.isControl {
            guard isFinal else { throw WebSocketError(.protocolViolation, "fragmented control frame") }
            guard payloadLength <= 125 else {
                throw WebSocketError(.tooLarge, "control frame of \(payloadLength) bytes")
            }
        }
        if isMasked {
            guard let key = bytes.readInteger(as: UInt32.self) else { return nil }
            mask = MaskKey(key)
        }
        length = bytes.readerIndex - buffer.readerIndex
    }
}

/// Builds whole frames for sending.
enum WebSocketFrameEncoder {
    /// One unfragmented frame whose payload is `prefix` followed by `payload`.
    static func encode(
        _ opcode: WebSocketOpcode, prefix: UInt8? = nil, payload: ByteBuffer, role: WebSocketRole
    ) -> ByteBuffer {
        let length = payload.readableBytes + (prefix == nil ? 0 : 1)
        var frame = ByteBuffer()
        frame.reserveCapacity(length + 14)
        frame.writeInteger(0x80 | opcode.rawValue)
        let maskBit: UInt8 = role == .client ? 0x80 : 0
        switch length {
        case ...125: frame.writeInteger(maskBit | UInt8(length))
        case ...0xFFFF:
            frame.writeInteger(maskBit | 126)
            frame.writeInteger(UInt16(length))
        default:
            frame.writeInteger(maskBit | 127)
            frame.writeInteger(UInt64(length))
        }
        guard role == .client else {
            if let prefix { frame.writeInteger(prefix) }
            frame.writeImmutableBuffer(payload)
            return frame
        }
        var mask = MaskKey.random()
        frame.writeInteger(mask.value)
        var body = ByteBuffer()
        body.reserveCapacity(length)
        if let prefix { body.writeInteger(prefix) }
        body.writeImmutableBuffer(payload)
        mask.apply(to: &body)
        frame.writeBuffer(&body)
        return frame
    }
}
