/// The escapes of string and bytes literals.
enum Escape {
    /// The value of a hexadecimal digit.
    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// The number of bytes of the escape at a backslash; `nil` when there is none.
    static func length(_ bytes: [UInt8], at start: Int) -> Int? {
        guard start + 1 < bytes.count else { return nil }
        let digits: (count: Int, limit: UInt32)
        switch bytes[start + 1] {
        case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"), UInt8(ascii: "v"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"),
            UInt8(ascii: "?"), UInt8(ascii: "`"):
            return 2
        case UInt8(ascii: "x"), UInt8(ascii: "X"): digits = (2, 16)
        case UInt8(ascii: "u"): digits = (4, 16)
        case UInt8(ascii: "U"): digits = (8, 16)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            return hasDigits(bytes, at: start + 2, count: 2, below: 8) ? 4 : nil
        default: return nil
        }
        return hasDigits(bytes, at: start + 2, count: digits.count, below: digits.limit) ? 2 + digits.count : nil
    }

    private static func hasDigits(_ bytes: [UInt8], at start: Int, count: Int, below limit: UInt32) -> Bool {
        guard start + count <= bytes.count else { return false }
        return bytes[start..<start + count].allSatisfy { (digit($0) ?? 99) < limit }
    }

    /// The value of a literal as it stands in the text, quotes and prefixes included.
    ///
    /// - Parameter isBytes: numeric escapes are bytes, not code points.
    /// - Returns: `nil` for escapes that name no character.
    static func value(ofLiteral literal: ArraySlice<UInt8>, isBytes: Bool) -> [UInt8]? {
        var rest = literal
        var isRaw = false
        while let letter = rest.first, letter != UInt8(ascii: "\""), letter != UInt8(ascii: "'") {
            if letter | 0x20 == UInt8(ascii: "r") { isRaw = true }
            rest = rest.dropFirst()
        }
        guard let quote = rest.first else { return nil }
        let isTriple = rest.count >= 6 && rest.prefix(3).allSatisfy { $0 == quote }
        rest = rest.dropFirst(isTriple ? 3 : 1).dropLast(isTriple ? 3 : 1)
        var result: [UInt8] = []
        result.reserveCapacity(rest.count)
        let bytes = Array(rest)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\r") {
                // Line ends are one newline, however the text has them.
                result.append(UInt8(ascii: "\n"))
                index += index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? 2 : 1
            } else if byte == UInt8(ascii: "\\"), !isRaw {
                guard let length = length(bytes, at: index),
                    append(bytes[index..<index + length], to: &result, isBytes: isBytes)
                else { return nil }
                index += length
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    private static func append(_ escape: ArraySlice<UInt8>, to result: inout [UInt8], isBytes: Bool) -> Bool {
        let letter = escape[escape.startIndex + 1]
        let number: UInt32
        switch letter {
        case UInt8(ascii: "a"): number = 7
        case UInt8(ascii: "b"): number = 8
        case UInt8(ascii: "f"): number = 12
        case UInt8(ascii: "n"): number = 10
        case UInt8(ascii: "r"): number = 13
        case UInt8(ascii: "t"): number = 9
        case UInt8(ascii: "v"): number = 11
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            number = escape.dropFirst(2).reduce(0) { $0 * 16 + (digit($1) ?? 0) }
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            guard !isBytes else { return false }
            number = escape.dropFirst(2).reduce(0) { $0 &* 16 &+ (digit($1) ?? 0) }
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            number = escape.dropFirst(1).reduce(0) { $0 * 8 + (digit($1) ?? 0) }
        default: number = UInt32(letter)
        }
        if isBytes {
            result.append(UInt8(truncatingIfNeeded: number))
            return true
        }
        guard let scalar = Unicode.Scalar(number) else { return false }
        result.append(contentsOf: Array(String(Character(scalar)).utf8))
        return true
    }
}
