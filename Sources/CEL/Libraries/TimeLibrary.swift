import Machinery

/// Parts of moments and spans: `getHours()`, `getFullYear('Europe/Berlin')`.
enum TimeLibrary {
    static func add(_ table: inout FunctionTable) {
        let parts: [(name: String, id: String, part: @Sendable (CivilMoment) -> Int64)] = [
            ("getFullYear", "year", { $0.year }),
            ("getMonth", "month", { $0.month - 1 }),
            ("getDayOfYear", "day_of_year", { $0.dayOfYear }),
            ("getDayOfMonth", "day_of_month", { $0.day - 1 }),
            ("getDate", "day_of_month_1_based", { $0.day }),
            ("getDayOfWeek", "day_of_week", { $0.weekday }),
            ("getHours", "hours", { $0.secondOfDay / 3600 }),
            ("getMinutes", "minutes", { $0.secondOfDay / 60 % 60 }),
            ("getSeconds", "seconds", { $0.secondOfDay % 60 }),
            ("getMilliseconds", "milliseconds", { $0.nanoseconds / 1_000_000 }),
        ]
        for (name, id, part) in parts {
            table.add(
                name,
                .one("timestamp_to_\(id)", "timestamp.() int") { value throws(CELEvaluationError) in
                    guard case .timestamp(let moment) = value else { return value }
                    return .int(part(CivilMoment(moment, offset: 0)))
                },
                .two("timestamp_to_\(id)_with_tz", "timestamp.(string) int") {
                    value, zone throws(CELEvaluationError) in
                    guard case .timestamp(let moment) = value, case .string(let name) = zone else { return value }
                    return .int(part(CivilMoment(moment, offset: try TimeZones.offset(name, at: moment))))
                })
        }
        addSpans(&table)
    }

    private static func addSpans(_ table: inout FunctionTable) {
        let spans: [(name: String, id: String, part: @Sendable (Int64) -> Int64)] = [
            ("getHours", "hours", { $0 / 3_600_000_000_000 }),
            ("getMinutes", "minutes", { $0 / 60_000_000_000 }),
            ("getSeconds", "seconds", { $0 / 1_000_000_000 }),
            ("getMilliseconds", "milliseconds", { $0 / 1_000_000 }),
        ]
        for (name, id, part) in spans {
            table.add(
                name,
                .one("duration_to_\(id)", "duration.() int") { value throws(CELEvaluationError) in
                    guard case .duration(let nanoseconds) = value else { return value }
                    return .int(part(nanoseconds))
                })
        }
    }
}

/// A moment as a clock and a calendar show it.
struct CivilMoment {
    let year: Int64
    let month: Int64
    let day: Int64
    let dayOfYear: Int64
    /// Sunday is 0.
    let weekday: Int64
    let secondOfDay: Int64
    let nanoseconds: Int64

    init(_ moment: Timestamp, offset: Int64) {
        let seconds = moment.seconds + offset
        var days = seconds / 86_400
        var rest = seconds % 86_400
        if rest < 0 {
            rest += 86_400
            days -= 1
        }
        secondOfDay = rest
        nanoseconds = Int64(moment.nanoseconds)
        weekday = ((days + 4) % 7 + 7) % 7
        // Days since 0000-03-01, so that the leap day is a year's last.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfShifted = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfShifted + 2) / 153
        day = dayOfShifted - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let before: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        dayOfYear = before[Int(month - 1)] + day - 1 + (isLeap && month > 2 ? 1 : 0)
    }
}
