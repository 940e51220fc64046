/// A schedule in the five fields of cron, or one of its names (`@daily`), as CronJobs write them.
///
/// Source: the robfig/cron syntax that Kubernetes takes: minute, hour, day of month, month, day of week; ranges, steps,
/// lists, names of months and days, `?` for `*`.
package struct CronSchedule: Hashable, Sendable {
    /// Why a text is no schedule, in the words that Kubernetes shows.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Which minutes, hours, days of the month, months and days of the week match: bit n is set for value n.
    package let minutes: UInt64
    package let hours: UInt64
    package let daysOfMonth: UInt64
    package let months: UInt64
    package let daysOfWeek: UInt64
    /// A day field that is `*` leaves the choice to the other; when both name days, either may match.
    package let anyDayOfMonth: Bool
    package let anyDayOfWeek: Bool
    /// For `@every`: the time between runs, in seconds; the fields are empty then.
    package let intervalSeconds: Int64?
    /// The time zone in front (`TZ=Europe/Berlin`), which CronJobs no longer take.
    package let timeZone: String?

    private static let named = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]
    private static let monthNames = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
        "nov": 11, "dec": 12,
    ]
    private static let dayNames = ["sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6]

    package init(parsing text: String) throws(Failure) {
        guard !text.isEmpty else { throw Failure(description: "empty spec string") }
        var rest = text[...]
        var zone: String?
        for prefix in ["TZ=", "CRON_TZ="] where rest.hasPrefix(prefix) {
            let words = rest.dropFirst(prefix.count).split(separator: " ", maxSplits: 1)
            zone = words.first.map(String.init)
            rest = words.count == 2 ? words[1].drop { $0 == " " } : ""
        }
        timeZone = zone
        if rest.hasPrefix("@every ") {
            let amount = String(rest.dropFirst("@every ".count))
            guard let interval = try? GoDuration(parsing: amount) else {
                throw Failure(
                    description: "failed to parse duration \(rest): time: invalid duration \(GoQuote.quote(amount))")
            }
            intervalSeconds = max(1, interval.nanoseconds / 1_000_000_000)
            (minutes, hours, daysOfMonth, months, daysOfWeek) = (0, 0, 0, 0, 0)
            (anyDayOfMonth, anyDayOfWeek) = (false, false)
            return
        }
        intervalSeconds = nil
        if rest.hasPrefix("@") {
            guard let fields = Self.named[String(rest)] else {
                throw Failure(description: "unrecognized descriptor: \(rest)")
            }
            rest = fields[...]
        }
        let fields = rest.split(whereSeparator: \.isWhitespace)
        guard fields.count == 5 else {
            let words = fields.map(String.init).joined(separator: " ")
            throw Failure(description: "expected exactly 5 fields, found \(fields.count): [\(words)]")
        }
        minutes = try Self.bits(fields[0], 0...59)
        hours = try Self.bits(fields[1], 0...23)
        daysOfMonth = try Self.bits(fields[2], 1...31)
        months = try Self.bits(fields[3], 1...12, Self.monthNames)
        daysOfWeek = try Self.bits(fields[4], 0...6, Self.dayNames)
        anyDayOfMonth = Self.isAny(fields[2])
        anyDayOfWeek = Self.isAny(fields[4])
    }

    private static func isAny(_ field: Substring) -> Bool {
        field.split(separator: ",").contains { part in
            let head = part.split(separator: "/").first ?? ""
            let step = part.split(separator: "/").dropFirst().first
            return (head == "*" || head == "?") && (step == nil || step == "1")
        }
    }

    private static func bits(
        _ field: Substring, _ bounds: ClosedRange<Int>, _ names: [String: Int] = [:]
    ) throws(Failure) -> UInt64 {
        var result: UInt64 = 0
        for part in field.split(separator: ",") { result |= try range(part, bounds, names) }
        return result
    }

    /// One `a`, `a-b`, `*`, or any of them with a step.
    private static func range(
        _ text: Substring, _ bounds: ClosedRange<Int>, _ names: [String: Int]
    ) throws(Failure) -> UInt64 {
        let steps = text.split(separator: "/", omittingEmptySubsequences: false)
        let ends = steps[0].split(separator: "-", omittingEmptySubsequences: false)
        var start: Int
        var end: Int
        if ends[0] == "*" || ends[0] == "?" {
            (start, end) = (bounds.lowerBound, bounds.upperBound)
        } else {
            start = try number(ends[0], names)
            switch ends.count {
            case 1: end = start
            case 2: end = try number(ends[1], names)
            default: throw Failure(description: "too many hyphens: \(text)")
            }
        }
        var step = 1
        switch steps.count {
        case 1: break
        case 2:
            step = try number(steps[1], [:])
            // `a/s` means from a to the end.
            if ends.count == 1, ends[0] != "*", ends[0] != "?" { end = bounds.upperBound }
        default: throw Failure(description: "too many slashes: \(text)")
        }
        if start < bounds.lowerBound {
            throw Failure(
                description: "beginning of range (\(start)) below minimum (\(bounds.lowerBound)): \(text)")
        }
        if end > bounds.upperBound {
            throw Failure(description: "end of range (\(end)) above maximum (\(bounds.upperBound)): \(text)")
        }
        if start > end {
            throw Failure(description: "beginning of range (\(start)) beyond end of range (\(end)): \(text)")
        }
        if step == 0 { throw Failure(description: "step of range should be a positive number: \(text)") }
        return stride(from: start, through: end, by: step).reduce(0) { $0 | 1 << UInt64($1) }
    }

    private static func number(_ text: Substring, _ names: [String: Int]) throws(Failure) -> Int {
        if let value = names[text.lowercased()] { return value }
        guard let value = Int(text) else {
            throw Failure(
                description: "failed to parse int from \(text): strconv.Atoi: parsing "
                    + "\(GoQuote.quote(String(text))): invalid syntax")
        }
        guard value >= 0 else { throw Failure(description: "negative number (\(value)) not allowed: \(text)") }
        return value
    }
}
