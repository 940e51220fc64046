/// What a plain scalar stands for, by the rules of sigs.k8s.io/yaml: YAML 1.1's words for truth and nothing, Go's
/// integers (decimal, `0x`, `0o`, `0b`, and octal by a leading zero), decimal floats. Dates stay text.
enum YAMLScalar: Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    /// `.inf`, `.nan` and their like: numbers of YAML that JSON has not.
    case notFinite
    /// `<<`, the key that merges other mappings.
    case merge
    case string

    /// The longest text that is tried as a number; every finite number can be written shorter.
    private static let longestNumber = 400

    init(resolving text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            self = Self.word(text) ?? Self.number(text) ?? .string
        case UInt8(ascii: "."):
            self = Self.word(text) ?? Self.float(text) ?? .string
        case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
            UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"),
            UInt8(ascii: "~"), UInt8(ascii: "<"):
            self = Self.word(text) ?? .string
        default: self = .string
        }
    }

    init(resolving text: String) {
        var text = text
        self = text.withUTF8 { YAMLScalar(resolving: $0) }
    }

    private static func word(_ text: UnsafeBufferPointer<UInt8>) -> YAMLScalar? {
        guard text.count <= 5 else { return nil }
        return words[String(decoding: text, as: UTF8.self)]
    }

    private static let words: [String: YAMLScalar] = {
        var words: [String: YAMLScalar] = ["~": .null, "<<": .merge]
        func add(_ value: YAMLScalar, _ spellings: String...) { for word in spellings { words[word] = value } }
        add(.bool(true), "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
        add(.bool(false), "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
        add(.null, "null", "Null", "NULL")
        add(.notFinite, ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF")
        add(.notFinite, "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF")
        return words
    }()

    /// Text that begins with a digit or a sign. Underscores group digits and count for nothing.
    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> YAMLScalar? {
        guard text.count <= longestNumber else { return nil }
        let digits = text.filter { $0 != UInt8(ascii: "_") }
        return digits.withUnsafeBufferPointer { integer($0) ?? float($0) }
    }

    private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> YAMLScalar? {
        var rest = text[...]
        let negative = rest.first == UInt8(ascii: "-")
        if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        var radix: UInt64 = 10
        if rest.first == UInt8(ascii: "0"), rest.count > 1 {
            rest.removeFirst()
            let prefix = rest.first.map { $0 | 0x20 }
            radix = prefix == UInt8(ascii: "x") ? 16 : prefix == UInt8(ascii: "b") ? 2 : 8
            if radix != 8 || prefix == UInt8(ascii: "o") { rest.removeFirst() }
        }
        guard !rest.isEmpty else { return nil }
        var magnitude: UInt64 = 0
        for byte in rest {
            guard let digit = digit(byte), digit < radix else { return nil }
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(digit)
            // Decimal digits beyond 64 bits are still a float; others are text.
            if overflow || carry { return nil }
            magnitude = sum
        }
        if negative {
            return magnitude <= UInt64(Int64.max) + 1 ? .int(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
        }
        // What only an unsigned integer holds becomes what JSON readers make of it.
        return Int64(exactly: magnitude).map { .int($0) } ?? .double(Double(magnitude))
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// `[sign] (digits [. digits*] | . digits) [e [sign] digits]`; a value without a fraction is an integer, as it is
    /// once it has been written as JSON.
    private static func float(_ text: UnsafeBufferPointer<UInt8>) -> YAMLScalar? {
        guard text.count <= longestNumber else { return nil }
        var position = 0
        func peek() -> UInt8? { position < text.count ? text[position] : nil }
        func skipDigits() -> Int {
            let start = position
            while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
            return position - start
        }
        func skipSign() { if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 } }
        skipSign()
        let whole = skipDigits()
        if peek() == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() + whole > 0 else { return nil }
        } else if whole == 0 {
            return nil
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            skipSign()
            guard skipDigits() > 0 else { return nil }
        }
        guard position == text.count, let value = Double(String(decoding: text, as: UTF8.self)),
            value.isFinite
        else { return nil }
        if let integer = Int64(exactly: value) { return .int(integer) }
        return .double(value)
    }
}
