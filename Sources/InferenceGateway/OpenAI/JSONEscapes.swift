/// What the escapes in a JSON string stand for (RFC 8259, section 7).
enum JSONEscapes {
    /// An escape that is none, or half of a surrogate pair, becomes U+FFFD.
    static func decode(_ raw: UnsafeRawBufferPointer) -> String {
        var units: [UInt16] = []
        var result = ""
        var index = 0
        func flush() {
            guard !units.isEmpty else { return }
            result += String(decoding: units, as: UTF16.self)
            units = []
        }
        while index < raw.count {
            guard raw[index] == UInt8(ascii: "\\"), index + 1 < raw.count else {
                flush()
                let end = raw[index...].dropFirst().firstIndex(of: UInt8(ascii: "\\")) ?? raw.count
                result += String(decoding: raw[index..<end], as: UTF8.self)
                index = end
                continue
            }
            let kind = raw[index + 1]
            if kind == UInt8(ascii: "u") {
                units.append(hexadecimal(raw, index + 2) ?? 0xFFFD)
                index = min(index + 6, raw.count)
            } else {
                units.append(simple[kind] ?? 0xFFFD)
                index += 2
            }
        }
        flush()
        return result
    }

    private static let simple: [UInt8: UInt16] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    private static func hexadecimal(_ raw: UnsafeRawBufferPointer, _ begin: Int) -> UInt16? {
        guard begin + 4 <= raw.count else { return nil }
        var result: UInt16 = 0
        for index in begin..<(begin + 4) {
            let digit: UInt16
            switch raw[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt16(raw[index] - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt16(raw[index] - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt16(raw[index] - UInt8(ascii: "A") + 10)
            default: return nil
            }
            result = result << 4 | digit
        }
        return result
    }
}
