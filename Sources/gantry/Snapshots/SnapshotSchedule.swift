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
