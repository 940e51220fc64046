import Glibc
import Machinery
import Synchronization

/// The distance of local time from UTC, from a fixed text (`+02:00`) or the system's zone files.
///
/// A zone's file is read once, when it is first named.
enum TimeZones {
    private static let maximumCached = 1024
    private static let zones = Mutex<[String: ZoneRules]>([:])

    static func offset(_ name: String, at moment: Timestamp) throws(CELEvaluationError) -> Int64 {
        if name.isEmpty || name == "UTC" { return 0 }
        if name.contains(":") { return try fixed(name) }
        if let known = zones.withLock({ $0[name] }) { return known.offset(at: moment.seconds) }
        guard let rules = ZoneRules(named: name) else { throw CELEvaluationError("unknown time zone \(name)") }
        zones.withLock { if $0.count < maximumCached { $0[name] = rules } }
        return rules.offset(at: moment.seconds)
    }

    private static func fixed(_ text: String) throws(CELEvaluationError) -> Int64 {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = Int64(parts[0]), let minutes = Int64(parts[1]), (0...59).contains(minutes),
            (-23...23).contains(hours)
        else { throw CELEvaluationError("invalid time zone: \(text)") }
        let isNegative = parts[0].hasPrefix("-")
        return (hours.magnitude == 0 ? 0 : hours) * 3600 + (isNegative ? -minutes : minutes) * 60
    }
}
