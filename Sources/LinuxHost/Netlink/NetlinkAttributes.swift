/// The attributes of a message the kernel sent, by type; of a type that comes twice the last.
///
/// What is not well-formed ends the reading, so a short message has fewer attributes and nothing else happens.
package struct NetlinkAttributes: Sendable {
    private let values: [UInt16: ArraySlice<UInt8>]

    package init(_ bytes: ArraySlice<UInt8>) {
        var values: [UInt16: ArraySlice<UInt8>] = [:]
        var rest = bytes
        while rest.count >= 4 {
            let start = rest.startIndex
            let length = Int(rest[start]) | Int(rest[start + 1]) << 8
            let type = UInt16(rest[start + 2]) | UInt16(rest[start + 3]) << 8
            guard length >= 4, length <= rest.count else { break }
            // The two highest bits tell the form, not the type.
            values[type & 0x3fff] = rest[(start + 4)..<(start + length)]
            rest = rest.dropFirst((length + 3) & ~3)
        }
        self.values = values
    }

    package func bytes(_ type: UInt16) -> [UInt8]? { values[type].map { Array($0) } }

    package func nested(_ type: UInt16) -> NetlinkAttributes? { values[type].map { NetlinkAttributes($0) } }

    /// A number in network order.
    package func bigEndian<Number: FixedWidthInteger & UnsignedInteger>(_ type: UInt16, _: Number.Type) -> Number? {
        guard let value = values[type], value.count == Number.bitWidth / 8 else { return nil }
        return value.reduce(0) { $0 << 8 | Number($1) }
    }
}
