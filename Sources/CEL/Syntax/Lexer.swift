/// Splits an expression's text into tokens. Linear, and allocates only the list.
struct Lexer {
    private let source: SourceText
    private var position = 0
    private var tokens: [Token] = []
    private(set) var issues: [CELIssue] = []

    init(_ source: SourceText) {
        self.source = source
    }

    mutating func run() -> [Token] {
        while position < source.bytes.count {
            let byte = source.bytes[position]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), 0x0C:
                position += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while position < source.bytes.count, source.bytes[position] != UInt8(ascii: "\n") { position += 1 }
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number()
            case UInt8(ascii: ".") where isDigit(peek(1)):
                number()
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                quoted(prefix: 0)
            case UInt8(ascii: "`"):
                escapedIdentifier()
            case _ where Self.isWordStart(byte):
                word()
            default:
                symbol()
            }
        }
        tokens.append(Token(kind: .end, range: position..<position))
        return tokens
    }

    private func peek(_ distance: Int) -> UInt8? {
        let index = position + distance
        return index < source.bytes.count ? source.bytes[index] : nil
    }

    private mutating func add(_ kind: Token.Kind, upTo end: Int) {
        tokens.append(Token(kind: kind, range: position..<end))
        position = end
    }

    private mutating func unrecognized(upTo end: Int) {
        let text = source.string(position..<end)
        let shown = text.replacing("\n", with: "\\n").replacing("\t", with: "\\t").replacing("\r", with: "\\r")
        issues.append(source.issue("Syntax error: token recognition error at: '\(shown)'", at: position))
        position = end
    }
}

extension Lexer {
    private mutating func number() {
        var end = position
        if peek(0) == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x"), isHexDigit(peek(2)) {
            end = position + 2
            while end < source.bytes.count, isHexDigit(source.bytes[end]) { end += 1 }
            return finishInteger(end)
        }
        var isFloat = false
        end = skipDigits(end)
        if byte(end) == UInt8(ascii: "."), isDigit(byte(end + 1)) {
            isFloat = true
            end = skipDigits(end + 1)
        }
        if byte(end) == UInt8(ascii: "e") || byte(end) == UInt8(ascii: "E") {
            var exponent = end + 1
            if byte(exponent) == UInt8(ascii: "+") || byte(exponent) == UInt8(ascii: "-") { exponent += 1 }
            if isDigit(byte(exponent)) {
                isFloat = true
                end = skipDigits(exponent)
            }
        }
        if isFloat { add(.float, upTo: end) } else { finishInteger(end) }
    }

    private mutating func finishInteger(_ end: Int) {
        if byte(end) == UInt8(ascii: "u") || byte(end) == UInt8(ascii: "U") {
            add(.unsigned, upTo: end + 1)
        } else {
            add(.integer, upTo: end)
        }
    }

    private func byte(_ index: Int) -> UInt8? {
        index < source.bytes.count ? source.bytes[index] : nil
    }

    private func skipDigits(_ start: Int) -> Int {
        var end = start
        while isDigit(byte(end)) { end += 1 }
        return end
    }

    private mutating func word() {
        // r, b, br and rb before a quote begin a literal.
        var prefix = 0
        while prefix < 2, let letter = peek(prefix), "rRbB".utf8.contains(letter) { prefix += 1 }
        if prefix > 0, let quote = peek(prefix), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let letters = source.bytes[position..<position + prefix].map { $0 | 0x20 }
            // The grammar has `b` before the string's own `r`.
            if letters == [UInt8(ascii: "r")] || letters == [UInt8(ascii: "b")]
                || letters == [UInt8(ascii: "b"), UInt8(ascii: "r")]
            {
                return quoted(prefix: prefix)
            }
        }
        var end = position
        while let next = byte(end), Self.isWordStart(next) || isDigit(next) { end += 1 }
        switch source.string(position..<end) {
        case "in": add(.symbol(.in), upTo: end)
        case "true": add(.symbol(.true), upTo: end)
        case "false": add(.symbol(.false), upTo: end)
        case "null": add(.symbol(.null), upTo: end)
        default: add(.identifier, upTo: end)
        }
    }

    private mutating func quoted(prefix: Int) {
        let letters = source.bytes[position..<position + prefix].map { $0 | 0x20 }
        let isRaw = letters.contains(UInt8(ascii: "r"))
        let isBytes = letters.contains(UInt8(ascii: "b"))
        var end = position + prefix
        let quote = source.bytes[end]
        let isTriple = byte(end + 1) == quote && byte(end + 2) == quote
        end += isTriple ? 3 : 1
        while let next = byte(end) {
            if next == quote, !isTriple || (byte(end + 1) == quote && byte(end + 2) == quote) {
                return add(isBytes ? .bytes : .string, upTo: end + (isTriple ? 3 : 1))
            }
            if next == UInt8(ascii: "\\"), !isRaw {
                guard let escape = Escape.length(source.bytes, at: end) else {
                    end += 2
                    break
                }
                end += escape
            } else if !isTriple, next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") {
                end += 1
                break
            } else {
                end += 1
            }
        }
        unrecognized(upTo: min(source.bytes.count, max(end, position + 1)))
    }

    private mutating func escapedIdentifier() {
        var end = position + 1
        while let next = byte(end), Self.isWordStart(next) || isDigit(next) || "./- ".utf8.contains(next) { end += 1 }
        guard byte(end) == UInt8(ascii: "`"), end > position + 1 else { return unrecognized(upTo: end) }
        add(.escapedIdentifier, upTo: end + 1)
    }

    private mutating func symbol() {
        if let second = peek(1) {
            switch (source.bytes[position], second) {
            case (UInt8(ascii: "="), UInt8(ascii: "=")): return add(.symbol(.equal), upTo: position + 2)
            case (UInt8(ascii: "!"), UInt8(ascii: "=")): return add(.symbol(.notEqual), upTo: position + 2)
            case (UInt8(ascii: "<"), UInt8(ascii: "=")): return add(.symbol(.lessOrEqual), upTo: position + 2)
            case (UInt8(ascii: ">"), UInt8(ascii: "=")): return add(.symbol(.greaterOrEqual), upTo: position + 2)
            case (UInt8(ascii: "&"), UInt8(ascii: "&")): return add(.symbol(.and), upTo: position + 2)
            case (UInt8(ascii: "|"), UInt8(ascii: "|")): return add(.symbol(.or), upTo: position + 2)
            default: break
            }
        }
        let text = String(UnicodeScalar(source.bytes[position]))
        if let symbol = Token.Symbol(rawValue: text) { return add(.symbol(symbol), upTo: position + 1) }
        var end = position + 1
        while let next = byte(end), next & 0xC0 == 0x80 { end += 1 }
        unrecognized(upTo: end)
    }

    private static func isWordStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    private func isHexDigit(_ byte: UInt8?) -> Bool {
        byte.map { Escape.digit($0).map { $0 < 16 } ?? false } ?? false
    }
}
