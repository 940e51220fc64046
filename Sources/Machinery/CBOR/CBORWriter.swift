/// Writes JSON trees as CBOR (RFC 8949), in the profile of KEP-4222: text is written as byte strings, numbers in their
/// shortest form, and a document begins with the tag that says it is CBOR.
package struct CBORWriter {
    /// Tag 55799, "self-described CBOR": how a document is told from other forms.
    package static let selfDescribed: [UInt8] = [0xD9, 0xD9, 0xF7]

    package private(set) var bytes: [UInt8]

    package init(reserving capacity: Int = 1024) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// A whole document.
    package static func document(_ value: JSON) -> [UInt8] {
        var writer = CBORWriter()
        writer.bytes.append(contentsOf: selfDescribed)
        writer.write(value)
        return writer.bytes
    }

    package mutating func write(_ value: JSON) {
        switch value {
        case .null: bytes.append(0xF6)
        case .bool(let flag): bytes.append(flag ? 0xF5 : 0xF4)
        case .int(let number) where number >= 0: head(.unsigned, UInt64(number))
        case .int(let number): head(.negative, UInt64(bitPattern: ~number))
        case .double(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements):
            head(.array, UInt64(elements.count))
            for element in elements { write(element) }
        case .object(let object):
            head(.map, UInt64(object.members.count))
            for member in object.members {
                write(member.key)
                write(member.value)
            }
        }
    }

    private mutating func write(_ text: String) {
        head(.bytes, UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(_ number: Double) {
        let half = Float16(number)
        let single = Float(number)
        if Double(half) == number {
            bytes.append(0xF9)
            append(UInt64(half.bitPattern), byteCount: 2)
        } else if Double(single) == number {
            bytes.append(0xFA)
            append(UInt64(single.bitPattern), byteCount: 4)
        } else {
            bytes.append(0xFB)
            append(number.bitPattern, byteCount: 8)
        }
    }

    private mutating func head(_ type: CBORMajorType, _ argument: UInt64) {
        let high = type.rawValue << 5
        switch argument {
        case 0..<24: bytes.append(high | UInt8(argument))
        case 24...0xFF:
            bytes.append(high | 24)
            append(argument, byteCount: 1)
        case 0x100...0xFFFF:
            bytes.append(high | 25)
            append(argument, byteCount: 2)
        case 0x1_0000...0xFFFF_FFFF:
            bytes.append(high | 26)
            append(argument, byteCount: 4)
        default:
            bytes.append(high | 27)
            append(argument, byteCount: 8)
        }
    }

    private mutating func append(_ value: UInt64, byteCount: Int) {
        for index in (0..<byteCount).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8))) }
    }
}

/// What the first three bits of an item say.
enum CBORMajorType: UInt8 {
    case unsigned = 0
    case negative
    case bytes
    case text
    case array
    case map
    case tag
    case simple
}
