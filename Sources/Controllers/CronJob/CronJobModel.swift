import Client
import KubeAPI
import Machinery

extension CronJob {
    static let scheduledTimestamp = "batch.kubernetes.io/cronjob-scheduled-timestamp"

    /// Its Jobs are named by the minute they are for, so that none is made twice.
    func jobName(at time: Timestamp) -> String { "\(name)-\(time.seconds / 60)" }

    func hasActive(_ job: Job) -> Bool { status.active.contains { $0.uid == job.uid } }

    /// The Job of one start.
    func job(at time: Timestamp, _ zone: ZoneRules?) -> Job {
        let template = spec.jobTemplate
        var job = Job(name: jobName(at: time), namespace: namespace)
        job.metadata.labels = template.metadata.labels
        job.metadata.annotations = template.metadata.annotations
        job.metadata.annotations[Self.scheduledTimestamp] = Self.local(time, zone)
        job.metadata.ownerReferences = [controllerReference]
        job.spec = template.spec
        return job
    }

    /// RFC 3339 by the zone's clock: `2026-03-29T03:00:00+02:00`.
    private static func local(_ time: Timestamp, _ zone: ZoneRules?) -> String {
        let offset = zone?.offset(at: time.seconds) ?? 0
        let shifted = Timestamp(seconds: time.seconds + offset).rfc3339
        guard offset != 0 else { return shifted }
        let minutes = abs(offset) / 60
        return shifted.dropLast() + (offset < 0 ? "-" : "+") + twoDigits(minutes / 60) + ":" + twoDigits(minutes % 60)
    }

    /// RFC 1123 in UTC: `Sat, 21 Nov 2026 18:54:00 +0000`.
    static func rfc1123(_ time: Timestamp) -> String {
        let clock = CivilMoment(time, offset: 0)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let second = clock.secondOfDay
        return "\(days[Int(clock.weekday)]), \(twoDigits(clock.day)) \(months[Int(clock.month) - 1]) \(clock.year) "
            + "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60)):\(twoDigits(second % 60)) +0000"
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
