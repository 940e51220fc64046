/// The rule a zone follows after its last listed change, in the form of POSIX' TZ: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneTail: Sendable {
    private struct Change: Sendable {
        let month: Int64
        let week: Int64
        let weekday: Int64
        let second: Int64
    }

    private let standard: Int64
    private let summer: Int64
    private let begin: Change?
    private let end: Change?

    init?(_ text: String) {
        var rest = text[...]
        guard Self.name(&rest), let standard = Self.time(&rest) else { return nil }
        self.standard = -standard
        guard Self.name(&rest) else {
            guard rest.isEmpty else { return nil }
            summer = self.standard
            begin = nil
            end = nil
            return
        }
        summer = Self.time(&rest).map { -$0 } ?? self.standard + 3600
        guard let begin = Self.change(&rest), let end = Self.change(&rest) else { return nil }
        self.begin = begin
        self.end = end
    }

    private static func name(_ rest: inout Substring) -> Bool {
        if rest.first == "<" {
            guard let close = rest.firstIndex(of: ">") else { return false }
            rest = rest[rest.index(after: close)...]
            return true
        }
        let letters = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private static func time(_ rest: inout Substring) -> Int64? {
        let text = rest.prefix { $0.isNumber || $0 == ":" || $0 == "-" || $0 == "+" }
        guard !text.isEmpty else { return nil }
        rest = rest.dropFirst(text.count)
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" || $0 == "+" }.split(separator: ":").map { Int64($0) ?? 0 }
        let seconds = zip(parts, [3600, 60, 1] as [Int64]).reduce(0) { $0 + $1.0 * $1.1 }
        return isNegative ? -seconds : seconds
    }

    /// `,M3.5.0/2`
    private static func change(_ rest: inout Substring) -> Change? {
        guard rest.hasPrefix(",M") else { return nil }
        rest = rest.dropFirst(2)
        let rule = rest.prefix { $0.isNumber || $0 == "." }
        rest = rest.dropFirst(rule.count)
        let numbers = rule.split(separator: ".").compactMap { Int64($0) }
        guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]),
            (0...6).contains(numbers[2])
        else { return nil }
        var second: Int64 = 7200
        if rest.first == "/" {
            rest = rest.dropFirst()
            guard let time = time(&rest) else { return nil }
            second = time
        }
        return Change(month: numbers[0], week: numbers[1], weekday: numbers[2], second: second)
    }

    func offset(at seconds: Int64) -> Int64 {
        guard let begin, let end else { return standard }
        let year = CivilMoment(Timestamp(seconds: seconds), offset: standard).year
        let from = Self.second(of: begin, year) - standard
        let until = Self.second(of: end, year) - summer
        let isSummer = from < until ? seconds >= from && seconds < until : !(seconds >= until && seconds < from)
        return isSummer ? summer : standard
    }

    /// The local second of a change in a year.
    private static func second(of change: Change, _ year: Int64) -> Int64 {
        let firstDay = days(year, change.month)
        let weekday = ((firstDay + 4) % 7 + 7) % 7
        var day = firstDay + (change.weekday - weekday + 7) % 7 + (change.week - 1) * 7
        let next = change.month == 12 ? days(year + 1, 1) : days(year, change.month + 1)
        while day >= next { day -= 7 }
        return day * 86_400 + change.second
    }

    /// Days from 1970 to the first of a month.
    private static func days(_ year: Int64, _ month: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
