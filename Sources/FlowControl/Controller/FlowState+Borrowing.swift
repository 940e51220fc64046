extension FlowState {
    /// Moves seats between levels by what they needed in the last period (KEP-1040, dynamic borrowing).
    mutating func adjust(now: Seconds, wakeups: inout [Wakeup]) {
        let passed = now - (nextAdjustment - FlowSettings.adjustmentSeconds)
        nextAdjustment = now + FlowSettings.adjustmentSeconds
        allocate(now: now, periods: max(1, passed / FlowSettings.adjustmentSeconds), wakeups: &wakeups)
    }

    /// - Parameter periods: how many periods end; zero when the configuration changed within one.
    mutating func allocate(now: Seconds, periods: Double, wakeups: inout [Wakeup]) {
        var left = 0
        var leastSum = 0
        var floorSum = 0
        var claims: [LevelClaim] = []
        for index in levels.indices {
            levels[index]?.queues.advance(to: now)
            if periods > 0 { levels[index]?.queues.endDemandPeriod(periods: periods) }
            reap(index)
            guard let level = levels[index] else { continue }
            let demand = level.queues.demand
            left += level.limits.nominal
            if level.settings.isExempt {
                // What exempt requests take is not there for others, though nothing keeps them from taking it.
                let taken = max(level.limits.lower, demand.highWatermark)
                left -= taken
                levels[index]?.queues.setSeatLimit(taken)
                continue
            }
            // What it needed of its own seats it keeps.
            let floor = max(level.limits.lower, min(level.limits.nominal, demand.highWatermark))
            leastSum += level.limits.lower
            floorSum += floor
            claims.append(
                LevelClaim(
                    index: index, lower: level.limits.lower, floor: floor, isServed: level.limits.nominal > 0,
                    claim: SeatAllocation.Claim(
                        lower: Double(floor), upper: Double(level.limits.upper),
                        target: max(Double(floor), demand.smoothed))))
        }
        let allotments: [Int]
        if left > floorSum {
            let (parts, factor) = SeatAllocation.divide(Double(left), among: claims.map(\.claim))
            fairFraction = factor
            allotments = parts.map { Int($0.rounded()) }
        } else {
            // Exempt requests leave less than the floors: levels come down towards the least they have.
            let part = left > leastSum ? Double(left - leastSum) / Double(floorSum - leastSum) : 0
            fairFraction = 0
            allotments = claims.map { claim in
                claim.lower + Int((Double(claim.floor - claim.lower) * part).rounded())
            }
        }
        for (claim, seats) in zip(claims, allotments) {
            // A level that has any share of the server can always do something.
            levels[claim.index]?.queues.setSeatLimit(max(seats, claim.isServed ? 1 : 0))
            dispatch(claim.index, wakeups: &wakeups)
        }
    }
}

/// What a level is to get of the seats.
private struct LevelClaim {
    let index: Int
    let lower: Int
    let floor: Int
    let isServed: Bool
    let claim: SeatAllocation.Claim
}
