import KubeAPI
import Machinery

/// When a CronJob was to start, and when it is next. Pure.
struct StartTimes: Sendable {
    /// The schedule names no day that comes: the 31st of February.
    struct Impossible: Error, CustomStringConvertible {
        let description = "time difference between two schedules is less than 1 second"
    }

    /// How many starts were missed since the last one.
    enum Missed: Sendable {
        case none
        case few
        /// More than a hundred: a clock was wrong, or nobody was there for long.
        case many
    }

    /// Beyond this many missed starts something is wrong.
    private static let patience: Int64 = 100
    /// Clocks differ a little; a start that is looked for too early would be missed.
    private static let delta = Duration.milliseconds(100)

    let schedule: CronSchedule
    let zone: ZoneRules?
    /// The last start, or the CronJob's creation.
    private let since: Timestamp
    private let deadline: Duration?

    init(_ cronJob: CronJob, _ schedule: CronSchedule, _ zone: ZoneRules?) {
        self.schedule = schedule
        self.zone = zone
        since = cronJob.status.lastScheduleTime ?? cronJob.metadata.creationTimestamp ?? Timestamp(seconds: 0)
        deadline = cronJob.spec.startingDeadlineSeconds.map { .seconds($0) }
    }

    /// The latest start that is due, unless there is none since the last one.
    func due(now: Timestamp) throws(Impossible) -> (time: Timestamp, missed: Missed)? {
        var earliest = since
        if let deadline { earliest = max(earliest, now - deadline) }
        let (time, missed) = try latest(after: earliest, now)
        return time.map { ($0, missed) }
    }

    /// How long until the next start.
    func untilNext(now: Timestamp) -> Duration? {
        var from = now
        // An impossible schedule is looked at again from now on.
        if let (time, missed) = try? latest(after: since, now) {
            if let time { from = time } else if missed == .none { from = since }
        }
        return next(from).map { $0 + Self.delta - now }
    }

    private func next(_ moment: Timestamp) -> Timestamp? { schedule.next(after: moment, in: zone) }

    private func latest(
        after earliest: Timestamp, _ now: Timestamp
    ) throws(Impossible) -> (Timestamp?, Missed) {
        guard let first = next(earliest), let second = next(first) else { throw Impossible() }
        if now < first { return (nil, .none) }
        if now < second { return (first, .none) }
        // Counted by the first interval: exact for regular schedules, and cheap after years of absence.
        let interval = (second - first).components.seconds
        guard interval >= 1 else { throw Impossible() }
        let missed = (now - first).components.seconds / interval + 1
        var latest: Timestamp?
        var candidate = next(first + .seconds((missed - 2) * interval))
        while let time = candidate, time <= now {
            latest = time
            candidate = next(time)
        }
        return (latest, missed > Self.patience ? .many : .few)
    }
}
