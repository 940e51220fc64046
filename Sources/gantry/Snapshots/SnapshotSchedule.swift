import Foundation
import Machinery

/// When snapshots are taken, and how many are kept.
struct SnapshotSettings: Codable, Hashable, Sendable {
    static let standardRetention = 5

    /// As CronJobs have it, in UTC: `0 */6 * * *`, `@every 1h`.
    var schedule: String
    var retention = SnapshotSettings.standardRetention

    init(schedule: String) { self.schedule = schedule }

    func cron() throws -> CronSchedule {
        do {
            return try CronSchedule(parsing: schedule)
        } catch {
            throw CommandFailure("--snapshot-schedule: \(error)")
        }
    }
}

extension CronSchedule {
    /// How many days ahead a date is looked for: a 29th of February comes within eight years.
    private static let horizon = 8 * 366

    /// The next time after `second`, in seconds since the epoch and by UTC; nil when there is none.
    func next(after second: Int64) -> Int64? {
        if let intervalSeconds { return second + intervalSeconds }
        var minute = (second / 60 + 1) * 60
        let end = minute + Int64(Self.horizon) * 86_400
        while minute < end {
            var (time, parts) = (time_t(minute), tm())
            guard gmtime_r(&time, &parts) != nil else { return nil }
            guard isDay(parts) else {
                minute = (minute / 86_400 + 1) * 86_400
                continue
            }
            if has(hours, parts.tm_hour), has(minutes, parts.tm_min) { return minute }
            minute += 60
        }
        return nil
    }

    private func isDay(_ parts: tm) -> Bool {
        guard has(months, parts.tm_mon + 1) else { return false }
        let (ofMonth, ofWeek) = (has(daysOfMonth, parts.tm_mday), has(daysOfWeek, parts.tm_wday))
        return anyDayOfMonth || anyDayOfWeek ? ofMonth && ofWeek : ofMonth || ofWeek
    }

    private func has(_ bits: UInt64, _ number: Int32) -> Bool { bits & (1 << UInt64(number)) != 0 }
}
