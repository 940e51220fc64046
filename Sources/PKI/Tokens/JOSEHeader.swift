/// The members of a token's header (RFC 7515 section 4.1) that matter here.
struct JOSEHeader: Sendable {
    private(set) var algorithm = ""
    private(set) var keyID: String?
    private(set) var type: String?

    /// Reads a JSON object. A member that occurs twice is `malformed`: two readers could disagree about it. A `crit`
    /// member is `unsupported`: it lists extensions one must not ignore, and none is known here.
    init(json: [UInt8]) throws(PKIError) {
        var scanner = JSONScanner(json)
        var seen: Set<String> = []
        try scanner.object { (name, scanner) throws(PKIError) in
            guard seen.insert(name).inserted else {
                throw PKIError(.malformed, "token header has \"\(name)\" twice")
            }
            switch name {
            case "alg": algorithm = try scanner.string()
            case "kid": keyID = try scanner.string()
            case "typ": type = try scanner.string()
            case "crit": throw PKIError(.unsupported, "token header has critical extensions")
            default: try scanner.skipValue()
            }
        }
        guard !algorithm.isEmpty else { throw PKIError(.malformed, "token header names no algorithm") }
    }
}

/// A strict reader for the small JSON objects that token headers are. Nested values are skipped, to a depth of 8.
private struct JSONScanner {
    private let bytes: [UInt8]
    private var position = 0

    private static let maximumDepth = 8

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads one object and requires the end after it; `member` must read each member's value.
    mutating func object(_ member: (String, inout JSONScanner) throws(PKIError) -> Void) throws(PKIError) {
        try members(member)
        skipSpace()
        guard position == bytes.count else { throw malformed }
    }

    mutating func string() throws(PKIError) -> String {
        try expect(UInt8(ascii: "\""))
        var text: [UInt8] = []
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw malformed }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw malformed
            default: text.append(byte)
            }
        }
        throw malformed
    }

    mutating func skipValue(depth: Int = 0) throws(PKIError) {
        guard depth < Self.maximumDepth else { throw malformed }
        skipSpace()
        switch peek() {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"): try members { (_, scanner) throws(PKIError) in try scanner.skipValue(depth: depth + 1) }
        case UInt8(ascii: "["):
            position += 1
            skipSpace()
            if peek() == UInt8(ascii: "]") {
                position += 1
                return
            }
            repeat { try skipValue(depth: depth + 1) } while try another(before: UInt8(ascii: "]"))
        default: try skipLiteral()
        }
    }

    private mutating func members(
        _ member: (String, inout JSONScanner) throws(PKIError) -> Void
    ) throws(PKIError) {
        try expect(UInt8(ascii: "{"))
        skipSpace()
        if peek() == UInt8(ascii: "}") {
            position += 1
            return
        }
        repeat {
            let name = try string()
            try expect(UInt8(ascii: ":"))
            try member(name, &self)
        } while try another(before: UInt8(ascii: "}"))
    }

    /// A number, `true`, `false` or `null`. Numbers are not told apart further: nothing reads them.
    private mutating func skipLiteral() throws(PKIError) {
        let start = position
        while let byte = peek(),
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "E")
        {
            position += 1
        }
        let word = bytes[start..<position]
        guard let first = word.first else { throw malformed }
        let isWord = ["true", "false", "null"].contains { word.elementsEqual($0.utf8) }
        guard isWord || first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw malformed
        }
    }

    /// After a value: true after a comma, false after the closing character.
    private mutating func another(before closing: UInt8) throws(PKIError) -> Bool {
        skipSpace()
        switch next() {
        case UInt8(ascii: ","): return true
        case closing: return false
        default: throw malformed
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(PKIError) {
        switch next() {
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            // No value of a header needs a character outside of the basic plane, so surrogates are refused.
            guard bytes.count - position >= 4,
                let octets = try? Hex.decode(String(decoding: bytes[position..<(position + 4)], as: UTF8.self)),
                let scalar = Unicode.Scalar(UInt16(octets[0]) << 8 | UInt16(octets[1]))
            else { throw malformed }
            position += 4
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw malformed
        }
    }

    private mutating func expect(_ byte: UInt8) throws(PKIError) {
        skipSpace()
        guard next() == byte else { throw malformed }
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
    }

    private var malformed: PKIError { PKIError(.malformed, "token header is no JSON object (at byte \(position))") }
}
