import Machinery

/// A part of a format string: text as it stands, or how an argument is printed (`%s`, `%.3f`, `%X`).
enum FormatClause {
    enum Style: Hashable {
        case text
        case decimal
        case fixed(Int)
        case scientific(Int)
        case binary
        case hexadecimal(isUpper: Bool)
        case octal
    }

    case literal(String)
    case argument(Style)

    private static let defaultPrecision = 6

    static func parse(_ format: String, argumentCount: Int) throws(CELEvaluationError) -> [FormatClause] {
        let bytes = Array(format.utf8)
        var clauses: [FormatClause] = []
        var literal: [UInt8] = []
        var used = 0
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "%") {
                literal.append(UInt8(ascii: "%"))
                index += 2
                continue
            }
            guard used < argumentCount else { throw CELEvaluationError("index \(used) out of range") }
            guard index + 1 < bytes.count else { throw CELEvaluationError("unexpected end of string") }
            if !literal.isEmpty { clauses.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
            index += 1
            clauses.append(.argument(try style(bytes, &index)))
            used += 1
        }
        if !literal.isEmpty { clauses.append(.literal(String(decoding: literal, as: UTF8.self))) }
        return clauses
    }

    private static func style(_ bytes: [UInt8], _ index: inout Int) throws(CELEvaluationError) -> Style {
        func fail(_ message: String) -> CELEvaluationError {
            CELEvaluationError("could not parse formatting clause: " + message)
        }
        var precision = defaultPrecision
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            let start = index
            while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
            guard index < bytes.count else {
                throw fail("error while parsing precision: could not find end of precision specifier")
            }
            let digits = String(decoding: bytes[start..<index], as: UTF8.self)
            guard let parsed = Int(digits) else {
                throw fail("error while parsing precision: error while converting precision to integer: \(digits)")
            }
            precision = parsed
        }
        index += 1
        switch bytes[index - 1] {
        case UInt8(ascii: "s"): return .text
        case UInt8(ascii: "d"): return .decimal
        case UInt8(ascii: "f"): return .fixed(precision)
        case UInt8(ascii: "e"): return .scientific(precision)
        case UInt8(ascii: "b"): return .binary
        case UInt8(ascii: "x"): return .hexadecimal(isUpper: false)
        case UInt8(ascii: "X"): return .hexadecimal(isUpper: true)
        case UInt8(ascii: "o"): return .octal
        default:
            throw fail("unrecognized formatting clause \"\(String(UnicodeScalar(bytes[index - 1])))\"")
        }
    }

    static func format(_ format: String, _ arguments: [CELValue]) throws(CELEvaluationError) -> String {
        var result = ""
        var used = 0
        for clause in try parse(format, argumentCount: arguments.count) {
            switch clause {
            case .literal(let text): result += text
            case .argument(let style):
                guard let text = try style.text(of: arguments[used]) else {
                    let type = arguments[used].runtimeType.name
                    throw CELEvaluationError("error during formatting: " + style.complaint + type)
                }
                result += text
                guard result.utf8.count <= CELLimits.textBytes else { throw .costLimitExceeded }
                used += 1
            }
        }
        return result
    }
}

extension FormatClause.Style {
    /// What is said of an argument that does not fit, before its type.
    var complaint: String {
        switch self {
        case .text:
            "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, "
                + "and timestamps, was given "
        case .decimal: "decimal clause can only be used on integers, was given "
        case .fixed: "fixed-point clause can only be used on doubles, was given "
        case .scientific: "scientific clause can only be used on doubles, was given "
        case .binary: "only integers and bools can be formatted as binary, was given "
        case .hexadecimal: "only integers, byte buffers, and strings can be formatted as hex, was given "
        case .octal: "octal clause can only be used on integers, was given "
        }
    }

    /// What is wrong with an argument of a type, when that is known before anything is evaluated.
    func problem(with type: CELType) -> String? {
        let fits: Bool
        switch (self, type) {
        case (_, .dyn), (.text, .bool), (.text, .bytes), (.text, .int), (.text, .uint), (.text, .double),
            (.text, .string), (.text, .list), (.text, .map), (.text, .type), (.text, .duration), (.text, .timestamp),
            (.text, .null), (.decimal, .int), (.decimal, .uint), (.fixed, .double), (.fixed, .string),
            (.scientific, .double), (.scientific, .string), (.binary, .int), (.binary, .uint), (.binary, .bool),
            (.hexadecimal, .int), (.hexadecimal, .uint), (.hexadecimal, .string), (.hexadecimal, .bytes),
            (.octal, .int), (.octal, .uint):
            fits = true
        default: fits = false
        }
        return fits ? nil : complaint + type.name
    }

    /// - Returns: `nil` when the value does not fit.
    func text(of value: CELValue) throws(CELEvaluationError) -> String? {
        switch (self, value) {
        case (.text, _): return try FormattedValue.text(value)
        case (.decimal, .int), (.decimal, .uint): return value.shown
        case (.fixed(let digits), _):
            return FormattedValue.double(value).map { FormattedValue.grouped(NumberText.fixed($0, digits), $0) }
        case (.scientific(let digits), _):
            return FormattedValue.double(value).map { FormattedValue.scientific($0, digits) }
        case (.binary, .bool(let flag)): return flag ? "1" : "0"
        case (.binary, .int(let number)): return String(number, radix: 2)
        case (.binary, .uint(let number)): return String(number, radix: 2)
        case (.octal, .int(let number)): return String(number, radix: 8)
        case (.octal, .uint(let number)): return String(number, radix: 8)
        case (.hexadecimal(let isUpper), .int(let number)): return String(number, radix: 16, uppercase: isUpper)
        case (.hexadecimal(let isUpper), .uint(let number)): return String(number, radix: 16, uppercase: isUpper)
        case (.hexadecimal(let isUpper), .string(let text)): return FormattedValue.hex(Array(text.utf8), isUpper)
        case (.hexadecimal(let isUpper), .bytes(let bytes)): return FormattedValue.hex(bytes, isUpper)
        default: return nil
        }
    }
}

/// Values as `format` prints them.
enum FormattedValue {
    static func text(_ value: CELValue) throws(CELEvaluationError) -> String? {
        switch value {
        case .null: return "null"
        case .bool, .int, .uint, .string, .timestamp, .duration, .type, .double, .bytes: return value.shown
        case .list(let list):
            var parts: [String] = []
            for element in try list.elements() { parts.append(try nested(element)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, value: String)] = []
            for key in map.keys {
                guard let found = try map.find(key) else { continue }
                parts.append((try nested(key), try nested(found)))
            }
            parts.sort { UTF8Order.isLess($0.key, $1.key) }
            return "{" + parts.map { "\($0.key):\($0.value)" }.joined(separator: ", ") + "}"
        case .object, .optional, .opaque: return nil
        }
    }

    /// Within a list or a map, where texts are quoted.
    private static func nested(_ value: CELValue) throws(CELEvaluationError) -> String {
        switch value {
        case .string(let text): return GoQuote.quote(text)
        case .bytes(let bytes): return "b" + GoQuote.quote(String(decoding: bytes, as: UTF8.self))
        case .double(let number):
            if number.isNaN || number.isInfinite { return "\"\(NumberText.double(number))\"" }
            return NumberText.fixed(number, 6)
        case .timestamp: return "timestamp(\"\(value.shown)\")"
        case .duration: return "duration(\"\(value.shown)\")"
        default:
            guard let text = try text(value) else {
                throw CELEvaluationError(
                    "error during formatting: no formatting function for \(value.runtimeType.name)")
            }
            return text
        }
    }

    /// A number, or one of the texts that stand for what is none.
    static func double(_ value: CELValue) -> Double? {
        switch value {
        case .double(let number): number
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        default: nil
        }
    }

    private static func special(_ number: Double) -> String? {
        if number.isNaN { return "NaN" }
        return number.isInfinite ? (number < 0 ? "-∞" : "∞") : nil
    }

    /// With commas between thousands, as Kubernetes' locale (en_US) has it.
    static func grouped(_ text: String, _ number: Double) -> String {
        if let special = special(number) { return special }
        let sign = text.hasPrefix("-") ? "-" : ""
        let parts = text.drop { $0 == "-" }.split(separator: ".")
        var whole = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index) % 3 == 0 { whole += "," }
            whole.append(digit)
        }
        return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// `1.052033 × 10⁰³`
    static func scientific(_ number: Double, _ digits: Int) -> String {
        if let special = special(number) { return special }
        let (mantissa, exponent) = NumberText.exponential(number, digits)
        let raised: [Character: String] = [
            "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
        ]
        let magnitude = (abs(exponent) < 10 ? "0" : "") + String(abs(exponent))
        let power = (exponent < 0 ? "⁻" : "") + magnitude.compactMap { raised[$0] }.joined()
        return "\(mantissa)\u{202F}×\u{202F}10\(power)"
    }

    static func hex(_ bytes: [UInt8], _ isUpper: Bool) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUpper) }.joined()
    }
}
