/// A message of the kernel's netlink protocol being put together: a header, a fixed part, attributes (RFC 3549).
package struct NetlinkMessage: Sendable {
    package static let request: UInt16 = 0x1
    package static let acknowledge: UInt16 = 0x4
    package static let create: UInt16 = 0x400
    package static let exclusive: UInt16 = 0x200
    package static let replace: UInt16 = 0x100
    package static let dump: UInt16 = 0x300
    /// In an attribute's type: it holds attributes.
    package static let nestedFlag: UInt16 = 0x8000

    private(set) var bytes: [UInt8]

    /// The length in the header is filled in by `finished`.
    package init(type: UInt16, flags: UInt16, body: [UInt8]) {
        bytes = []
        append(UInt32(0))
        append(type)
        append(flags | Self.request)
        append(UInt32(1))
        append(UInt32(0))
        bytes += body
    }

    private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number) { bytes += $0 }
    }

    package mutating func attribute(_ type: UInt16, _ value: [UInt8]) {
        append(UInt16(value.count + 4))
        append(type)
        bytes += value
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    /// A number in the machine's own order, as rtnetlink has them.
    package mutating func attribute(_ type: UInt16, _ value: UInt32) {
        attribute(type, withUnsafeBytes(of: value) { Array($0) })
    }

    /// A number in network order, as netfilter has them.
    package mutating func attribute<Number: FixedWidthInteger>(_ type: UInt16, bigEndian value: Number) {
        attribute(type, withUnsafeBytes(of: value.bigEndian) { Array($0) })
    }

    package mutating func attribute(_ type: UInt16, _ text: String) {
        attribute(type, Array(text.utf8) + [0])
    }

    /// An attribute that holds attributes.
    package mutating func nested(_ type: UInt16, _ body: (inout NetlinkMessage) -> Void) {
        let start = bytes.count
        append(UInt16(0))
        append(type)
        body(&self)
        let length = UInt16(bytes.count - start)
        withUnsafeBytes(of: length) { bytes.replaceSubrange(start..<start + 2, with: $0) }
    }

    var finished: [UInt8] {
        var message = bytes
        let length = UInt32(bytes.count)
        withUnsafeBytes(of: length) { message.replaceSubrange(0..<4, with: $0) }
        return message
    }
}
