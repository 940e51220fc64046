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
