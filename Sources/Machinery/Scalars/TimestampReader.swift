/// Reads an RFC 3339 text part by part, so that an error can say which part it stopped at.
struct TimestampReader {
    let text: String
    let bytes: [UInt8]
    let layout: String
    private var position = 0

    init(text: String, bytes: [UInt8], layout: String) {
        self.text = text
        self.bytes = bytes
        self.layout = layout
    }

    mutating func read() throws(TimestampError) -> Timestamp {
        let year = try digits(4, as: "2006")
        try literal("-")
        let month = try digits(2, as: "01")
        guard (1...12).contains(month) else { throw outOfRange("month") }
        try literal("-")
        let day = try digits(2, as: "02")
        try literal("T")
        let hour = try digits(2, as: "15")
        guard hour < 24 else { throw outOfRange("hour") }
        try literal(":")
        let minute = try digits(2, as: "04")
        guard minute < 60 else { throw outOfRange("minute") }
        try literal(":")
        let second = try digits(2, as: "05")
        guard second < 60 else { throw outOfRange("second") }
        let nanoseconds = try fraction()
        let offset = try zone()
        guard position == bytes.count else { throw failure(expected: "") }
        let date = CivilDate(year: year, month: month, day: day)
        guard day >= 1, day <= date.daysInMonth else { throw outOfRange("day") }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
        return Timestamp(seconds: seconds, nanoseconds: nanoseconds)
    }

    private mutating func digits(_ count: Int, as expected: String) throws(TimestampError) -> Int64 {
        guard position + count <= bytes.count else { throw failure(expected: expected) }
        var value: Int64 = 0
        for byte in bytes[position..<position + count] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { throw failure(expected: expected) }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        position += count
        return value
    }

    private mutating func literal(_ scalar: UnicodeScalar) throws(TimestampError) {
        guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else {
            throw failure(expected: String(scalar))
        }
        position += 1
    }

    private mutating func fraction() throws(TimestampError) -> Int32 {
        let isMicro = layout == Timestamp.microLayout
        guard position < bytes.count, bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ",")
        else {
            if isMicro { throw failure(expected: ".000000") }
            return 0
        }
        var end = position + 1
        var value: Int32 = 0
        var count = 0
        while end < bytes.count, bytes[end] >= UInt8(ascii: "0"), bytes[end] <= UInt8(ascii: "9") {
            if count < 9 { value = value * 10 + Int32(bytes[end] - UInt8(ascii: "0")) }
            count += 1
            end += 1
        }
        if isMicro, count != 6 { throw failure(expected: ".000000") }
        guard count > 0 else { throw failure(expected: "Z07:00") }
        for _ in min(count, 9)..<9 { value *= 10 }
        position = end
        return value
    }

    /// Seconds east of Greenwich.
    private mutating func zone() throws(TimestampError) -> Int64 {
        guard position < bytes.count else { throw failure(expected: "Z07:00") }
        let sign = bytes[position]
        if sign == UInt8(ascii: "Z") {
            position += 1
            return 0
        }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), position + 6 <= bytes.count,
            bytes[position + 3] == UInt8(ascii: ":")
        else { throw failure(expected: "Z07:00") }
        let start = position
        position += 1
        do throws(TimestampError) {
            let hours = try digits(2, as: "Z07:00")
            position += 1
            let minutes = try digits(2, as: "Z07:00")
            guard hours <= 24, minutes < 60 else { throw outOfRange("time zone offset") }
            return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
        } catch {
            position = start
            throw error.rangeOf == nil ? failure(expected: "Z07:00") : error
        }
    }

    private func failure(expected: String) -> TimestampError {
        TimestampError(
            text: text, layout: layout, found: String(decoding: bytes[min(position, bytes.count)...], as: UTF8.self),
            expected: expected, rangeOf: nil)
    }

    private func outOfRange(_ part: String) -> TimestampError {
        TimestampError(text: text, layout: layout, found: "", expected: "", rangeOf: part)
    }
}
