/// Base 64 text (RFC 4648): the standard alphabet with padding, and the URL alphabet without it.
///
/// Decoding is strict, so that one value has one text: no white space, no character of the other alphabet, padding as
/// the alphabet asks, and no bits set after the last byte.
package struct Base64: Sendable {
    package static let standard = Base64(62, is: "+", 63, is: "/", padded: true)
    package static let url = Base64(62, is: "-", 63, is: "_", padded: false)

    private let alphabet: [UInt8]
    /// The value of each character, or 255.
    private let values: [UInt8]
    private let padded: Bool

    private init(
        _ value62: UInt8, is character62: Unicode.Scalar, _ value63: UInt8, is character63: Unicode.Scalar, padded: Bool
    ) {
        var alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        alphabet.append(UInt8(ascii: character62))
        alphabet.append(UInt8(ascii: character63))
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        self.alphabet = alphabet
        self.values = values
        self.padded = padded
    }

    package func encode(_ bytes: [UInt8]) -> String {
        String(decoding: encodeToBytes(bytes), as: UTF8.self)
    }

    package func encodeToBytes(_ bytes: [UInt8]) -> [UInt8] {
        let groups = bytes.count / 3
        let tail = bytes.count % 3
        let tailLength = tail == 0 ? 0 : padded ? 4 : tail + 1
        let pad = UInt8(ascii: "=")
        return alphabet.withUnsafeBufferPointer { alphabet in
            [UInt8](unsafeUninitializedCapacity: groups * 4 + tailLength) { out, count in
                var next = 0
                func put(_ value: UInt8) {
                    out[next] = value
                    next += 1
                }
                for group in 0..<groups {
                    let (a, b, c) = (bytes[group * 3], bytes[group * 3 + 1], bytes[group * 3 + 2])
                    put(alphabet[Int(a >> 2)])
                    put(alphabet[Int((a & 3) << 4 | b >> 4)])
                    put(alphabet[Int((b & 15) << 2 | c >> 6)])
                    put(alphabet[Int(c & 63)])
                }
                if tail == 1 {
                    let a = bytes[groups * 3]
                    put(alphabet[Int(a >> 2)])
                    put(alphabet[Int((a & 3) << 4)])
                    if padded {
                        put(pad)
                        put(pad)
                    }
                } else if tail == 2 {
                    let (a, b) = (bytes[groups * 3], bytes[groups * 3 + 1])
                    put(alphabet[Int(a >> 2)])
                    put(alphabet[Int((a & 3) << 4 | b >> 4)])
                    put(alphabet[Int((b & 15) << 2)])
                    if padded { put(pad) }
                }
                count = next
            }
        }
    }

    package func decode(_ text: some StringProtocol) throws(PKIError) -> [UInt8] {
        try decode(Array(text.utf8))
    }

    package func decode(_ text: [UInt8]) throws(PKIError) -> [UInt8] {
        try decode(text[...])
    }

    package func decode(_ text: ArraySlice<UInt8>) throws(PKIError) -> [UInt8] {
        var text = text
        if padded {
            guard text.count.isMultiple(of: 4) else { throw PKIError(.malformed, "base64 text is not padded") }
            for _ in 0..<2 where text.last == UInt8(ascii: "=") { text.removeLast() }
        }
        let tail = text.count % 4
        guard tail != 1 else { throw PKIError(.malformed, "base64 text ends within a byte") }
        let length = text.count / 4 * 3 + (tail == 0 ? 0 : tail - 1)
        // Every bad character has the value 255, so one bit collects them all without a branch per character.
        var seen: UInt8 = 0
        var rest: UInt8 = 0
        let bytes = values.withUnsafeBufferPointer { values in
            text.withUnsafeBufferPointer { text in
                [UInt8](unsafeUninitializedCapacity: length) { out, count in
                    var position = 0
                    var next = 0
                    func value() -> UInt8 {
                        let value = values[Int(text[position])]
                        position += 1
                        seen |= value
                        return value
                    }
                    func put(_ byte: UInt8) {
                        out[next] = byte
                        next += 1
                    }
                    for _ in 0..<(text.count / 4) {
                        let (a, b, c, d) = (value(), value(), value(), value())
                        put(a << 2 | b >> 4 & 3)
                        put(b << 4 | c >> 2 & 15)
                        put(c << 6 | d & 63)
                    }
                    if tail == 2 {
                        let (a, b) = (value(), value())
                        put(a << 2 | b >> 4 & 3)
                        rest = b & 15
                    } else if tail == 3 {
                        let (a, b, c) = (value(), value(), value())
                        put(a << 2 | b >> 4 & 3)
                        put(b << 4 | c >> 2 & 15)
                        rest = c & 3
                    }
                    count = next
                }
            }
        }
        guard seen & 0x80 == 0 else { throw PKIError(.malformed, "a character that is not base64") }
        guard rest == 0 else { throw PKIError(.malformed, "base64 text has bits after its last byte") }
        return bytes
    }
}
