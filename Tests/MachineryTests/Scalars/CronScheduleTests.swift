import Machinery
import Testing

@Suite("A cron schedule's next time")
struct CronScheduleTests {
    private func next(_ schedule: String, after text: String, _ zone: String? = nil) throws -> String? {
        let rules = try zone.map { try #require(ZoneRules(named: $0)) }
        return try CronSchedule(parsing: schedule).next(after: Timestamp(rfc3339: text), in: rules)?.rfc3339
    }

    @Test(
        "is the first minute after that all fields allow",
        arguments: [
            ("* * * * *", "2026-01-01T10:00:00Z", "2026-01-01T10:01:00Z"),
            ("*/15 * * * *", "2026-01-01T10:44:59Z", "2026-01-01T10:45:00Z"),
            ("*/15 * * * *", "2026-01-01T10:45:00Z", "2026-01-01T11:00:00Z"),
            ("30 6-16/4 * * 1-5", "2026-01-02T14:30:00Z", "2026-01-05T06:30:00Z"),
            ("@hourly", "2026-12-31T23:00:00Z", "2027-01-01T00:00:00Z"),
            ("@weekly", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z"),
            ("0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("0 0 13 * FRI", "2026-02-13T00:00:00Z", "2026-02-20T00:00:00Z"),
            ("0 0 1 jan,JUL ?", "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z"),
            ("@every 90s", "2026-01-01T10:00:00Z", "2026-01-01T10:01:30Z"),
        ])
    func ordinary(schedule: String, after: String, expected: String) throws {
        #expect(try next(schedule, after: after) == expected)
    }

    @Test("does not exist for days that never come")
    func never() throws {
        #expect(try next("59 23 31 2 *", after: "2026-01-01T00:00:00Z") == nil)
    }

    @Test(
        "goes by the clock of a zone, through the days that are shorter and longer",
        arguments: [
            ("0 9 * * *", "2026-01-01T08:00:00Z", "Europe/Berlin", "2026-01-02T08:00:00Z"),
            ("0 9 * * *", "2026-07-01T07:00:00Z", "Europe/Berlin", "2026-07-02T07:00:00Z"),
            // 02:30 does not come on the day that clocks go forward, and comes twice when they go back.
            ("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", "2026-03-30T00:30:00Z"),
            ("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin", "2026-10-25T00:30:00Z"),
            ("30 2 * * *", "2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25T01:30:00Z"),
            ("0 0 * * *", "2026-01-01T00:00:00Z", "Asia/Kolkata", "2026-01-01T18:30:00Z"),
            ("0 0 1 * *", "2026-01-15T00:00:00Z", "America/New_York", "2026-02-01T05:00:00Z"),
        ])
    func zones(schedule: String, after: String, zone: String, expected: String) throws {
        #expect(try next(schedule, after: after, zone) == expected)
    }

    @Test("agrees with a search through every minute", arguments: ["Europe/Berlin", "Australia/Lord_Howe", "UTC"])
    func exhaustive(zone: String) throws {
        let rules = try #require(ZoneRules(named: zone))
        let start = try Timestamp(rfc3339: "2026-03-20T00:00:00Z")
        for text in ["17 3 * * *", "0 0,12 1-7 4 1", "45 23 * * 6,0", "*/20 1-3 * * *"] {
            let schedule = try CronSchedule(parsing: text)
            var expected: [Int64] = []
            for minute in 1...(40 * 1440) {
                let second = start.seconds + Int64(minute) * 60
                let clock = CivilMoment(Timestamp(seconds: second), offset: rules.offset(at: second))
                let days = (
                    schedule.daysOfMonth >> UInt64(clock.day) & 1, schedule.daysOfWeek >> UInt64(clock.weekday) & 1
                )
                let isDay =
                    schedule.anyDayOfMonth || schedule.anyDayOfWeek ? days.0 & days.1 == 1 : days.0 | days.1 == 1
                let isMonth = schedule.months >> UInt64(clock.month) & 1 == 1
                let isHour = schedule.hours >> UInt64(clock.secondOfDay / 3600) & 1 == 1
                let isMinute = schedule.minutes >> UInt64(clock.secondOfDay % 3600 / 60) & 1 == 1
                if isDay, isMonth, isHour, isMinute { expected.append(second) }
            }
            var found: [Int64] = []
            var moment = start
            while let next = schedule.next(after: moment, in: rules), found.count < expected.count {
                found.append(next.seconds)
                moment = next
            }
            #expect(found == expected, "\(text)")
        }
    }
}
