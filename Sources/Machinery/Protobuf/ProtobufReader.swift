/// Reads the wire format of protocol buffers from bytes, never beyond them.
package struct ProtobufReader {
    package enum WireType: UInt8 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
        case fixed32 = 5
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    package var isAtEnd: Bool { position >= bytes.count }

    package mutating func tag() throws(ProtobufError) -> (number: Int, type: WireType) {
        let tag = try varint()
        guard let number = Int(exactly: tag >> 3), number > 0, number < 1 << 29 else {
            throw ProtobufError(code: .malformed, message: "illegal tag \(tag >> 3)")
        }
        guard let type = WireType(rawValue: UInt8(truncatingIfNeeded: tag & 7)) else {
            throw ProtobufError(code: .malformed, message: "illegal wireType \(tag & 7)")
        }
        return (number, type)
    }

    package mutating func varint() throws(ProtobufError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < bytes.count else { throw Self.truncated }
            let byte = bytes[position]
            position += 1
            if shift == 63, byte > 1 { throw ProtobufError(code: .malformed, message: "integer overflow") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
            if shift > 63 { throw ProtobufError(code: .malformed, message: "integer overflow") }
        }
    }

    package mutating func fixed64() throws(ProtobufError) -> UInt64 {
        let slice = try take(8)
        return slice.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    package mutating func fixed32() throws(ProtobufError) -> UInt32 {
        let slice = try take(4)
        return slice.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The bytes of a string, a message or a packed list.
    package mutating func delimited() throws(ProtobufError) -> UnsafeBufferPointer<UInt8> {
        let length = try varint()
        guard length <= UInt64(bytes.count - position) else { throw Self.truncated }
        return try take(Int(length))
    }

    package mutating func string() throws(ProtobufError) -> String {
        guard let text = String(validating: try delimited(), as: UTF8.self) else {
            throw ProtobufError(code: .malformed, message: "string field contains invalid UTF-8")
        }
        return text
    }

    package mutating func skip(_ type: WireType) throws(ProtobufError) {
        switch type {
        case .varint: _ = try varint()
        case .fixed64: _ = try take(8)
        case .bytes: _ = try delimited()
        case .fixed32: _ = try take(4)
        }
    }

    private mutating func take(_ count: Int) throws(ProtobufError) -> UnsafeBufferPointer<UInt8> {
        guard bytes.count - position >= count else { throw Self.truncated }
        defer { position += count }
        return UnsafeBufferPointer(rebasing: bytes[position..<position + count])
    }

    private static let truncated = ProtobufError(code: .truncated, message: "unexpected EOF")
}
