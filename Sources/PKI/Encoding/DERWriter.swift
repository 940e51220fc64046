/// Builds DER (X.690) from the inside out: each function returns one encoded element.
enum DER {
    static func element(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        let length = content.count
        bytes.reserveCapacity(length + 6)
        bytes.append(tag)
        if length < 0x80 {
            bytes.append(UInt8(length))
        } else {
            var octets: [UInt8] = []
            var rest = length
            while rest > 0 {
                octets.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
            bytes.append(0x80 | UInt8(octets.count))
            bytes.append(contentsOf: octets.reversed())
        }
        bytes.append(contentsOf: content)
        return bytes
    }

    static func sequence(_ elements: [UInt8]...) -> [UInt8] { element(DERTag.sequence, elements.flatMap { $0 }) }

    static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(DERTag.sequence, elements.flatMap { $0 }) }

    static func set(_ elements: [UInt8]...) -> [UInt8] { element(DERTag.set, elements.flatMap { $0 }) }

    /// A non-negative integer from its big-endian octets.
    static func integer(unsigned octets: some Collection<UInt8>) -> [UInt8] {
        var magnitude = Array(octets.drop { $0 == 0 })
        if magnitude.first.map({ $0 & 0x80 != 0 }) ?? true { magnitude.insert(0, at: 0) }
        return element(DERTag.integer, magnitude)
    }

    static func octetString(_ bytes: some Collection<UInt8>) -> [UInt8] { element(DERTag.octetString, bytes) }

    /// A bit string of whole octets.
    static func bitString(_ bytes: some Collection<UInt8>) -> [UInt8] { element(DERTag.bitString, [0] + bytes) }

    /// A bit string of named bits (X.690 section 11.2.2): bit 0 is the first octet's highest, trailing zeros go.
    static func namedBits(_ bits: some Sequence<Int>) -> [UInt8] {
        var octets: [UInt8] = []
        var highest = -1
        for bit in bits where bit >= 0 {
            while octets.count <= bit / 8 { octets.append(0) }
            octets[bit / 8] |= 0x80 >> UInt8(bit % 8)
            highest = max(highest, bit)
        }
        let unused = highest < 0 ? 0 : UInt8(7 - highest % 8)
        return element(DERTag.bitString, [unused] + octets)
    }

    static func objectIdentifier(_ identifier: ObjectIdentifier) -> [UInt8] {
        element(DERTag.objectIdentifier, identifier.content)
    }

    static var `true`: [UInt8] { element(DERTag.boolean, [0xff]) }
}
