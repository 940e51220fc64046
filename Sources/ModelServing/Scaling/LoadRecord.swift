import Inference

/// What is remembered of a pool's load, to know how long it has been idle and how many replicas it lately asked for.
///
/// Known to this process only: after a restart it begins anew, with the replicas that are there taken for needed, so
/// that the first steps down come later rather than sooner.
struct LoadRecord: Sendable {
    private var lastBusy: Duration
    private var wishes: [(at: Duration, replicas: Int)] = []

    init(replicas: Int, at now: Duration) {
        lastBusy = now
        wishes = [(now, replicas)]
    }

    /// Notes that requests came, even if they are gone by now.
    mutating func wasBusy(at now: Duration) { lastBusy = max(lastBusy, now) }

    func idleTime(at now: Duration) -> Duration { now - lastBusy }

    /// How many replicas a load asks for.
    static func replicas(for load: PoolLoad, _ rules: ScalingRules) -> Int {
        let requests = load.queued + load.running
        guard requests > 0 else { return 0 }
        var wanted = 1
        let perReplica = rules.requestsPerReplica ?? (rules.tokensPerReplica == nil ? 8 : nil)
        if let perReplica { wanted = max(wanted, (requests + perReplica - 1) / max(perReplica, 1)) }
        if let tokens = rules.tokensPerReplica {
            wanted = max(wanted, (load.tokensInFlight + tokens - 1) / max(tokens, 1))
        }
        return wanted
    }

    /// How many replicas there should be.
    ///
    /// - Parameters:
    ///   - bounds: of the spec; a lower bound of zero lets the last replica go when the pool has long been idle.
    ///   - current: how many were asked for last.
    mutating func decide(
        _ load: PoolLoad, current: Int, bounds: ClosedRange<Int>, rules: ScalingRules, at now: Duration
    ) -> Int {
        if !load.isIdle { lastBusy = now }
        let wish = Self.replicas(for: load, rules)
        wishes.removeAll { $0.at <= now - rules.stabilization }
        // Of equal or smaller wishes before this one none will ever be the largest again.
        while let last = wishes.last, last.replicas <= wish { wishes.removeLast() }
        wishes.append((now, wish))
        let stable = wishes.first?.replicas ?? wish
        var wanted = wish >= current ? wish : min(max(stable, wish), current)
        if wanted == 0, idleTime(at: now) < rules.idleTime { wanted = min(current, 1) }
        return min(max(wanted, bounds.lowerBound), bounds.upperBound)
    }

    /// When the decision may change though the load does not; `nil` when it will not.
    func nextChange(rules: ScalingRules, current: Int, bounds: ClosedRange<Int>, at now: Duration) -> Duration? {
        guard current > bounds.lowerBound else { return nil }
        var next: [Duration] = wishes.dropLast().first.map { [$0.at + rules.stabilization - now] } ?? []
        if bounds.lowerBound == 0 { next.append(rules.idleTime - idleTime(at: now)) }
        return next.filter { $0 > .zero }.min()
    }
}
