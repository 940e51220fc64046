import Machinery

/// The forms in which cells show values.
package enum TableCell {
    /// The time since a moment, as kubectl shows ages: `5s`, `3m20s`, `2d4h`; `<unknown>` without one.
    package static func age(_ moment: Timestamp?, now: Timestamp) -> JSON {
        guard let moment else { return "<unknown>" }
        return .string(humanDuration(now.seconds - moment.seconds))
    }

    /// Two units at most, the smaller one left out where it tells little.
    package static func humanDuration(_ seconds: Int64) -> String {
        if seconds < -1 { return "<invalid>" }
        if seconds < 0 { return "0s" }
        if seconds < 120 { return "\(seconds)s" }
        let minutes = seconds / 60
        if minutes < 10 { return seconds % 60 == 0 ? "\(minutes)m" : "\(minutes)m\(seconds % 60)s" }
        if minutes < 180 { return "\(minutes)m" }
        let hours = minutes / 60
        if hours < 8 { return minutes % 60 == 0 ? "\(hours)h" : "\(hours)h\(minutes % 60)m" }
        if hours < 48 { return "\(hours)h" }
        let days = hours / 24
        if hours < 192 { return hours % 24 == 0 ? "\(days)d" : "\(days)d\(hours % 24)h" }
        if hours < 24 * 365 * 2 { return "\(days)d" }
        let years = days / 365
        if hours < 24 * 365 * 8 { return days % 365 == 0 ? "\(years)y" : "\(years)y\(days % 365)d" }
        return "\(years)y"
    }
}
