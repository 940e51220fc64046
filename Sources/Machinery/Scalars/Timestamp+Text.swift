/// Why a text is not a time; worded as the errors that Kubernetes' users see.
package struct TimestampError: Error, Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package let layout: String
    /// The rest of the text where reading stopped, and the part of the layout expected there.
    package let found: String
    package let expected: String
    /// Set for well-formed numbers beyond their range: `month`, `day`, `hour`, …
    package let rangeOf: String?

    package var description: String {
        if let rangeOf { return "parsing time \(GoQuote.quote(text)): \(rangeOf) out of range" }
        if expected.isEmpty { return "parsing time \(GoQuote.quote(text)): extra text: \(GoQuote.quote(found))" }
        return "parsing time \(GoQuote.quote(text)) as \"\(layout)\": cannot parse \(GoQuote.quote(found)) as "
            + "\"\(expected)\""
    }
}

extension Timestamp {
    static let secondsLayout = "2006-01-02T15:04:05Z07:00"
    static let microLayout = "2006-01-02T15:04:05.000000Z07:00"

    /// A `Time`: RFC 3339, any number of digits after the second.
    package init(rfc3339 text: String) throws(TimestampError) {
        self = try Self.parse(text, layout: Self.secondsLayout)
    }

    /// A `MicroTime`: RFC 3339 with exactly six digits after the second, as Kubernetes requires.
    package init(rfc3339Micro text: String) throws(TimestampError) {
        self = try Self.parse(text, layout: Self.microLayout)
    }

    private static func parse(_ text: String, layout: String) throws(TimestampError) -> Timestamp {
        var reader = TimestampReader(text: text, bytes: Array(text.utf8), layout: layout)
        return try reader.read()
    }

    /// `2026-11-21T09:30:00Z`
    package var rfc3339: String { text(micro: false) }
    /// `2026-11-21T09:30:00.123456Z`
    package var rfc3339Micro: String { text(micro: true) }

    private func text(micro: Bool) -> String {
        let (days, secondOfDay) = Self.floorDivide(seconds, by: 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        return String(unsafeUninitializedCapacity: 32) { buffer in
            var position = 0
            func put(_ value: Int64, digits: Int) {
                var rest = value
                for offset in stride(from: digits - 1, through: 0, by: -1) {
                    buffer[position + offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                position += digits
            }
            func put(_ scalar: UnicodeScalar) {
                buffer[position] = UInt8(ascii: scalar)
                position += 1
            }
            put(date.year, digits: 4)
            put("-")
            put(date.month, digits: 2)
            put("-")
            put(date.day, digits: 2)
            put("T")
            put(secondOfDay / 3600, digits: 2)
            put(":")
            put(secondOfDay / 60 % 60, digits: 2)
            put(":")
            put(secondOfDay % 60, digits: 2)
            if micro {
                put(".")
                put(Int64(nanoseconds / 1000), digits: 6)
            }
            put("Z")
            return position
        }
    }

    static func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { nanoseconds == 0 ? rfc3339 : rfc3339Micro }
}

/// A day of the proleptic Gregorian calendar.
///
/// Counts years from March, so that the leap day is the last of its year (the well-known days-from-civil method).
struct CivilDate {
    let year: Int64
    let month: Int64
    let day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let (era, dayOfEra) = Timestamp.floorDivide(shifted, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = Timestamp.floorDivide(shiftedYear, by: 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    var daysInMonth: Int64 {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
