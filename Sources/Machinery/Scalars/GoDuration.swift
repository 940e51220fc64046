/// A span of time as Kubernetes' texts write it: `1h30m0s`, `1.5s`, `300ms`.
package struct GoDuration: Hashable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Spans beyond ±292 years stop there.
    package init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        nanoseconds = Int64(clamping: Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000))
    }

    package var duration: Duration { .nanoseconds(nanoseconds) }
}

extension GoDuration: Comparable {
    package static func < (left: GoDuration, right: GoDuration) -> Bool { left.nanoseconds < right.nanoseconds }
}

/// Why a text is not a duration.
package struct GoDurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

extension GoDuration {
    package init(parsing text: String) throws(GoDurationError) {
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        let invalid = GoDurationError(description: "time: invalid duration \(GoQuote.quote(text))")
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        if rest.elementsEqual("0".utf8) {
            self.init(nanoseconds: 0)
            return
        }
        guard !rest.isEmpty else { throw invalid }
        var total: Int128 = 0
        while !rest.isEmpty {
            guard let number = Self.number(&rest) else { throw invalid }
            let unit = rest.prefix { $0 != UInt8(ascii: ".") && !Self.isDigit($0) }
            guard !unit.isEmpty else {
                throw GoDurationError(description: "time: missing unit in duration \(GoQuote.quote(text))")
            }
            guard let scale = Self.units[String(decoding: unit, as: UTF8.self)] else {
                let name = GoQuote.quote(String(decoding: unit, as: UTF8.self))
                throw GoDurationError(description: "time: unknown unit \(name) in duration \(GoQuote.quote(text))")
            }
            rest = rest.dropFirst(unit.count)
            total += number.whole * scale + number.fraction * scale / number.divisor
            guard total <= Int128(Int64.max) + 1 else { throw invalid }
        }
        guard let nanoseconds = Int64(exactly: isNegative ? -total : total) else { throw invalid }
        self.init(nanoseconds: nanoseconds)
    }

    private static let units: [String: Int128] = [
        "ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
        "h": 3_600_000_000_000,
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// Digits with at most one point; more than fit end the reading, more than matter are passed over.
    private static func number(
        _ rest: inout ArraySlice<UInt8>
    ) -> (whole: Int128, fraction: Int128, divisor: Int128)? {
        var whole: Int128 = 0
        var fraction: Int128 = 0
        var divisor: Int128 = 1
        var count = 0
        while let byte = rest.first, isDigit(byte) {
            whole = whole * 10 + Int128(byte - UInt8(ascii: "0"))
            guard whole <= Int128(Int64.max) + 1 else { return nil }
            count += 1
            rest = rest.dropFirst()
        }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            while let byte = rest.first, isDigit(byte) {
                if divisor < 1_000_000_000_000_000_000 {
                    fraction = fraction * 10 + Int128(byte - UInt8(ascii: "0"))
                    divisor *= 10
                }
                count += 1
                rest = rest.dropFirst()
            }
        }
        return count > 0 ? (whole, fraction, divisor) : nil
    }

    package init?(json: JSON) {
        guard case .string(let text) = json, let parsed = try? GoDuration(parsing: text) else { return nil }
        self = parsed
    }

    package var json: JSON { .string(description) }
}

extension GoDuration: CustomStringConvertible {
    package var description: String {
        if nanoseconds == 0 { return "0s" }
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        if magnitude < 1000 { return "\(sign)\(magnitude)ns" }
        if magnitude < 1_000_000 { return sign + Self.decimal(magnitude, unit: 1000) + "µs" }
        if magnitude < 1_000_000_000 { return sign + Self.decimal(magnitude, unit: 1_000_000) + "ms" }
        let minutes = magnitude / 60_000_000_000
        let seconds = Self.decimal(magnitude % 60_000_000_000, unit: 1_000_000_000) + "s"
        if minutes == 0 { return sign + seconds }
        if minutes < 60 { return "\(sign)\(minutes)m\(seconds)" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)"
    }

    private static func decimal(_ value: UInt64, unit: UInt64) -> String {
        let fraction = value % unit
        guard fraction > 0 else { return String(value / unit) }
        var digits = String(unit + fraction).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(value / unit).\(digits)"
    }
}
