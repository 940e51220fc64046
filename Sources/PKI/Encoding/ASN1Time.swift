/// UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 restricts them: seconds always, zone always `Z`.
enum ASN1Time {
    /// Seconds since 1970-01-01T00:00:00Z.
    static func parse(_ element: DERElement) throws(PKIError) -> Int64 {
        let text = element.bytes
        let yearDigits: Int
        switch element.tag {
        case DERTag.utcTime: yearDigits = 2
        case DERTag.generalizedTime: yearDigits = 4
        default: throw PKIError(.malformed, "DER: a time has tag \(element.tag)")
        }
        guard text.count == yearDigits + 11, text.last == UInt8(ascii: "Z") else {
            throw PKIError(.malformed, "a time that is not YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ")
        }
        var position = text.startIndex
        func number(_ digits: Int) throws(PKIError) -> Int64 {
            var value: Int64 = 0
            for _ in 0..<digits {
                let digit = text[position]
                guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else {
                    throw PKIError(.malformed, "a time with a character that is not a digit")
                }
                value = value * 10 + Int64(digit - UInt8(ascii: "0"))
                position += 1
            }
            return value
        }
        var year = try number(yearDigits)
        if yearDigits == 2 { year += year >= 50 ? 1900 : 2000 }
        let month = try number(2)
        let day = try number(2)
        let hour = try number(2)
        let minute = try number(2)
        let second = try number(2)
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60 else {
            throw PKIError(.malformed, "a time whose month, day, hour, minute or second is out of range")
        }
        let unixDay = days(year: year, month: month, day: day)
        guard civil(unixDay) == (year, month, day) else {
            throw PKIError(.malformed, "a time on a day its month does not have")
        }
        return unixDay * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// UTCTime through 2049, GeneralizedTime outside of 1950...2049.
    static func encode(_ unixSeconds: Int64) throws(PKIError) -> [UInt8] {
        // 0000-01-01 to 9999-12-31T23:59:59, what four digits can say.
        guard (-62_167_219_200...253_402_300_799).contains(unixSeconds) else {
            throw PKIError(.invalidArgument, "\(unixSeconds) seconds is no time a certificate can hold")
        }
        let day = floorDivide(unixSeconds, 86_400)
        let second = unixSeconds - day * 86_400
        let date = civil(day)
        var text: [UInt8] = []
        func put(_ value: Int64, _ digits: Int) {
            var divisor: Int64 = 1
            for _ in 1..<digits { divisor *= 10 }
            while divisor > 0 {
                text.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
                divisor /= 10
            }
        }
        let short = (1950...2049).contains(date.year)
        put(short ? date.year % 100 : date.year, short ? 2 : 4)
        put(date.month, 2)
        put(date.day, 2)
        put(second / 3_600, 2)
        put(second / 60 % 60, 2)
        put(second % 60, 2)
        text.append(UInt8(ascii: "Z"))
        return DER.element(short ? DERTag.utcTime : DERTag.generalizedTime, text)
    }

    // Both conversions count in eras of 400 years (146,097 days) whose years begin in March, so that the leap day is
    // a year's last and month lengths follow (153 * month + 2) / 5.

    /// Days since 1970-01-01 of a date in the Gregorian calendar.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ unixDay: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = unixDay + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}
