/// A message of the kernel's rtnetlink protocol being put together: a header, a fixed part, attributes.
struct RouteMessage {
    static let request: UInt16 = 0x1
    static let acknowledge: UInt16 = 0x4
    static let create: UInt16 = 0x400
    static let exclusive: UInt16 = 0x200
    static let replace: UInt16 = 0x100

    private(set) var bytes: [UInt8]

    /// The length in the header is filled in by `finished`.
    init(type: UInt16, flags: UInt16, body: [UInt8]) {
        bytes = []
        append(UInt32(0))
        append(type)
        append(flags | Self.request | Self.acknowledge)
        append(UInt32(1))
        append(UInt32(0))
        bytes += body
    }

    mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number) { bytes += $0 }
    }

    mutating func attribute(_ type: UInt16, _ value: [UInt8]) {
        append(UInt16(value.count + 4))
        append(type)
        bytes += value
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    mutating func attribute(_ type: UInt16, _ value: UInt32) {
        attribute(type, withUnsafeBytes(of: value) { Array($0) })
    }

    mutating func attribute(_ type: UInt16, _ text: String) {
        attribute(type, Array(text.utf8) + [0])
    }

    /// An attribute that holds attributes.
    mutating func nested(_ type: UInt16, _ body: (inout RouteMessage) -> Void) {
        let start = bytes.count
        append(UInt16(0))
        append(type)
        body(&self)
        let length = UInt16(bytes.count - start)
        withUnsafeBytes(of: length) { bytes.replaceSubrange(start..<start + 2, with: $0) }
    }

    /// An address as the kernel wants it: the bytes in network order.
    static func address(_ address: UInt32) -> [UInt8] {
        withUnsafeBytes(of: address.bigEndian) { Array($0) }
    }

    var finished: [UInt8] {
        var message = bytes
        let length = UInt32(bytes.count)
        withUnsafeBytes(of: length) { message.replaceSubrange(0..<4, with: $0) }
        return message
    }
}
