import Glibc
import Machinery

/// Numbers, spans and moments as texts, the way Go prints them.
enum NumberText {
    /// As Go's `%g`: the shortest text that reads back, with an exponent from a million on.
    static func double(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        let (digits, exponent) = shortest(value.magnitude)
        let sign = value < 0 ? "-" : ""
        guard exponent >= -3, exponent <= 6 else { return sign + scientific(digits, exponent - 1) }
        if exponent <= 0 { return sign + "0." + String(repeating: "0", count: -exponent) + digits }
        if digits.utf8.count <= exponent {
            return sign + digits + String(repeating: "0", count: exponent - digits.utf8.count)
        }
        let split = digits.index(digits.startIndex, offsetBy: exponent)
        return sign + digits[..<split] + "." + digits[split...]
    }

    private static func scientific(_ digits: String, _ exponent: Int) -> String {
        var text = String(digits.prefix(1))
        if digits.utf8.count > 1 { text += "." + digits.dropFirst() }
        let magnitude = abs(exponent)
        return text + "e" + (exponent < 0 ? "-" : "+") + (magnitude < 10 ? "0" : "") + String(magnitude)
    }

    /// The fewest digits that name the number, and the place of its point counted from their beginning.
    private static func shortest(_ value: Double) -> (digits: String, exponent: Int) {
        // Swift's description has the shortest digits, in one of two layouts.
        let text = value.description
        let parts = text.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        var digits = String(mantissa[0]) + (mantissa.count > 1 ? String(mantissa[1]) : "")
        exponent += mantissa[0].utf8.count
        while digits.hasPrefix("0"), digits.utf8.count > 1 {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.hasSuffix("0"), digits.utf8.count > 1 { digits.removeLast() }
        return (digits, exponent)
    }

    static func parseDouble(_ text: String) -> Double? {
        switch text.lowercased() {
        case "nan", "+nan", "-nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: break
        }
        guard let first = text.utf8.first, first > 0x20, let value = Double(text) else { return nil }
        // Too large a number is an error in Go, not infinity.
        return value.isInfinite ? nil : value
    }

    /// `%.3f`
    static func fixed(_ value: Double, _ digits: Int) -> String {
        formatted("%.*f", value, digits)
    }

    /// `%.3e`, split into its mantissa and exponent.
    static func exponential(_ value: Double, _ digits: Int) -> (mantissa: String, exponent: Int) {
        let parts = formatted("%.*e", value, digits).split(separator: "e")
        return (String(parts[0]), parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }

    private static func formatted(_ format: String, _ value: Double, _ digits: Int) -> String {
        let places = Int32(clamping: min(max(digits, 0), 1000))
        return withVaList([places, value]) { arguments in
            var buffer = [CChar](repeating: 0, count: 1400)
            let count = vsnprintf(&buffer, buffer.count, format, arguments)
            let length = min(max(Int(count), 0), buffer.count - 1)
            return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}

enum DurationText {
    /// `90.5s`: how the language prints spans.
    static func seconds(_ nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        let (whole, part) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        var text = (nanoseconds < 0 ? "-" : "") + String(whole)
        if part > 0 {
            var digits = String(part + 1_000_000_000).dropFirst()
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        return text + "s"
    }
}

enum TimestampText {
    /// RFC 3339 within the years 1 to 9999; `nil` for other texts.
    static func parse(_ text: String) -> Timestamp? {
        // The year 0 has no place among moments, though its digits are well formed.
        guard !text.hasPrefix("0000") else { return nil }
        return try? Timestamp(rfc3339: text)
    }

    /// RFC 3339 with as many digits of a second as there are.
    static func text(_ moment: Timestamp) -> String {
        guard moment.nanoseconds > 0 else { return moment.rfc3339 }
        var digits = String(Int64(moment.nanoseconds) + 1_000_000_000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return moment.rfc3339.dropLast() + "." + digits + "Z"
    }
}
