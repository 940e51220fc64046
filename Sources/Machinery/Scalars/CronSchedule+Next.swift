extension CronSchedule {
    /// How many years ahead a date is looked for: a 29th of February comes within eight.
    private static let horizon: Int64 = 8

    /// The first time after a moment, by a zone's clock or by UTC; `nil` when there is none.
    ///
    /// Times that the clock skips do not come, and those that it shows twice come twice.
    package func next(after moment: Timestamp, in zone: ZoneRules? = nil) -> Timestamp? {
        if let intervalSeconds { return moment.inSeconds + .seconds(intervalSeconds) }
        var second = (moment.seconds.dividedDown(by: 60) + 1) * 60
        let lastYear = local(second, zone).year + Self.horizon
        while true {
            let clock = local(second, zone)
            guard clock.year <= lastYear else { return nil }
            let secondOfHour = clock.secondOfDay % 3600
            if !isDay(clock) {
                // Not quite to midnight in one leap: the clock may be changed on the way.
                let left = 86_400 - clock.secondOfDay
                second += left > 14_400 ? left - 10_800 - secondOfHour % 60 : 900 - secondOfHour % 900
            } else if !Self.has(hours, clock.secondOfDay / 3600) {
                second += 900 - secondOfHour % 900
            } else if !Self.has(minutes, secondOfHour / 60) {
                second += 60
            } else {
                return Timestamp(seconds: second)
            }
        }
    }

    private func local(_ second: Int64, _ zone: ZoneRules?) -> CivilMoment {
        CivilMoment(Timestamp(seconds: second), offset: zone?.offset(at: second) ?? 0)
    }

    private func isDay(_ clock: CivilMoment) -> Bool {
        guard Self.has(months, clock.month) else { return false }
        let (ofMonth, ofWeek) = (Self.has(daysOfMonth, clock.day), Self.has(daysOfWeek, clock.weekday))
        return anyDayOfMonth || anyDayOfWeek ? ofMonth && ofWeek : ofMonth || ofWeek
    }

    private static func has(_ bits: UInt64, _ number: Int64) -> Bool { bits & (1 << UInt64(number)) != 0 }
}

extension Int64 {
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
