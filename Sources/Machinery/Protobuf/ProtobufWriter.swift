/// Appends the wire format of protocol buffers to a byte buffer.
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init(reserving capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func tag(_ number: Int, _ type: ProtobufReader.WireType) {
        varint(UInt64(number) << 3 | UInt64(type.rawValue))
    }

    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    package mutating func integer(_ number: Int, _ value: Int64) {
        tag(number, .varint)
        varint(UInt64(bitPattern: value))
    }

    package mutating func bool(_ number: Int, _ value: Bool) {
        tag(number, .varint)
        bytes.append(value ? 1 : 0)
    }

    package mutating func double(_ number: Int, _ value: Double) {
        tag(number, .fixed64)
        let pattern = value.bitPattern
        for shift in stride(from: UInt64(0), through: 56, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
        }
    }

    package mutating func string(_ number: Int, _ text: String) {
        tag(number, .bytes)
        varint(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func data(_ number: Int, _ data: some Collection<UInt8>) {
        tag(number, .bytes)
        varint(UInt64(data.count))
        bytes.append(contentsOf: data)
    }

    /// A message within: written in place, its length put in front afterwards.
    package mutating func message(
        _ number: Int, _ body: (inout ProtobufWriter) throws(ProtobufError) -> Void
    ) throws(ProtobufError) {
        tag(number, .bytes)
        let lengthPosition = bytes.count
        bytes.append(0)
        try body(&self)
        var length = bytes.count - lengthPosition - 1
        if length < 0x80 {
            bytes[lengthPosition] = UInt8(length)
            return
        }
        var prefix: [UInt8] = []
        while length >= 0x80 {
            prefix.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        prefix.append(UInt8(length))
        bytes.replaceSubrange(lengthPosition..<lengthPosition + 1, with: prefix)
    }
}
