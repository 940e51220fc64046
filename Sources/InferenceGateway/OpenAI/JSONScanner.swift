/// Walks over JSON text without making a tree of it: for bodies of which a gateway reads a few members and relays all.
///
/// Structure is checked (brackets, strings, separators, depth), numbers and escapes only as far as they are skipped:
/// who is sent the text reads it properly. Never looks beyond the bytes it was given.
struct JSONScanner {
    struct Flaw: Error, Hashable, CustomStringConvertible {
        let description: String
        let offset: Int
    }

    /// The text of a string between its quotes.
    struct Text: Hashable {
        let range: Range<Int>
        let hasEscapes: Bool
    }

    private static let maximumDepth = 128

    let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int

    init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    /// Goes over the members of the object that begins here. The closure is told each key and must go over its value.
    mutating func object(_ member: (inout JSONScanner, String) throws(Flaw) -> Void) throws(Flaw) {
        try expect(UInt8(ascii: "{"), "an object")
        if skip(UInt8(ascii: "}")) { return }
        repeat {
            let key = try string()
            try expect(UInt8(ascii: ":"), "a colon")
            try member(&self, decoded(key))
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"), "the end of an object")
    }

    /// Goes over a value and returns where it stands.
    @discardableResult
    mutating func value(depth: Int = 0) throws(Flaw) -> Range<Int> {
        skipSpace()
        let begin = offset
        guard depth < Self.maximumDepth else { throw flaw("nested too deeply") }
        switch peek {
        case UInt8(ascii: "{"):
            offset += 1
            if skip(UInt8(ascii: "}")) { break }
            repeat {
                _ = try string()
                try expect(UInt8(ascii: ":"), "a colon")
                try value(depth: depth + 1)
            } while skip(UInt8(ascii: ","))
            try expect(UInt8(ascii: "}"), "the end of an object")
        case UInt8(ascii: "["):
            offset += 1
            if skip(UInt8(ascii: "]")) { break }
            repeat { try value(depth: depth + 1) } while skip(UInt8(ascii: ","))
            try expect(UInt8(ascii: "]"), "the end of an array")
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "-"): number()
        case let digit? where (0x30...0x39).contains(digit): number()
        default: throw flaw("expected a value")
        }
        return begin..<offset
    }

    /// A string's text; throws where there is another value.
    mutating func string() throws(Flaw) -> Text {
        try expect(UInt8(ascii: "\""), "a string")
        let begin = offset
        var hasEscapes = false
        while true {
            skipPlain()
            switch peek {
            case UInt8(ascii: "\""):
                offset += 1
                return Text(range: begin..<(offset - 1), hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                guard offset + 1 < bytes.count else { throw flaw("a string without an end") }
                offset += 2
            case .some: throw flaw("a control character in a string")
            case nil: throw flaw("a string without an end")
            }
        }
    }

    /// Nothing but space is left.
    mutating func end() throws(Flaw) {
        skipSpace()
        if offset < bytes.count { throw flaw("more after the end") }
    }

    /// The next byte that is not space.
    mutating func next() -> UInt8? {
        skipSpace()
        return peek
    }

    /// A number that is whole and not negative; other values are gone over and give nil.
    mutating func count() throws(Flaw) -> Int? {
        let range = try value()
        var result = 0
        for index in range {
            let digit = Int(bytes[index]) - 48
            guard (0..<10).contains(digit), result < 100_000_000_000 else { return nil }
            result = result * 10 + digit
        }
        return range.isEmpty ? nil : result
    }

    func decoded(_ text: Text) -> String {
        let raw = UnsafeRawBufferPointer(rebasing: bytes[text.range])
        return text.hasEscapes ? JSONEscapes.decode(raw) : String(decoding: raw, as: UTF8.self)
    }

    // MARK: Bytes

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ what: String) throws(Flaw) {
        guard skip(byte) else { throw flaw("expected \(what)") }
    }

    private mutating func word(_ word: StaticString) throws(Flaw) {
        let length = word.utf8CodeUnitCount
        let matches =
            offset + length <= bytes.count && (0..<length).allSatisfy { bytes[offset + $0] == word.utf8Start[$0] }
        guard matches else { throw flaw("expected a value") }
        offset += length
    }

    private mutating func number() {
        offset += 1
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
                UInt8(ascii: "+"), UInt8(ascii: "-"):
                offset += 1
            default: return
            }
        }
    }

    /// Goes to the next quote, backslash or control character, eight bytes at a time.
    private mutating func skipPlain() {
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let quotes = word ^ 0x2222_2222_2222_2222
            let escapes = word ^ 0x5C5C_5C5C_5C5C_5C5C
            // A byte's high bit is set where the byte is zero (or, for the last, below 0x20); a byte that follows such
            // a one may be named too, which only costs looking at it.
            let ones: UInt64 = 0x0101_0101_0101_0101
            let found =
                ((quotes &- ones) & ~quotes) | ((escapes &- ones) & ~escapes)
                | ((word &- 0x2020_2020_2020_2020) & ~word)
            guard found & 0x8080_8080_8080_8080 == 0 else { break }
            offset += 8
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 { return }
            offset += 1
        }
    }

    private func flaw(_ description: String) -> Flaw { Flaw(description: description, offset: offset) }
}
