/// Decides whether a version does as well as it must. A pure function: no clock, no state.
///
/// A measured percentile of few requests is chance as much as quality, so what is asked is not "is the p95 above the
/// limit" but "how likely is it that a good version would have done this": of a good one no more than 5 of 100 requests
/// are beyond the limit, and the count that is beyond it has a binomial distribution. Limits are the objectives, and
/// what the version before does at the same time with a tolerance, there with the doubt of its own samples added.
package struct RolloutJudge: Sendable {
    package enum Verdict: Hashable, Sendable {
        /// More has to be seen.
        case undecided(String)
        case passed(String)
        case breached(String)
        /// Too little was seen in all the time there was.
        case inconclusive(String)
    }

    /// How unlikely chance must be: at any moment, of the many that are looked at; and at the end of the time.
    static let certain = 1e-5
    static let likely = 0.01
    /// Above this there is nothing to doubt.
    static let doubt = 0.1
    /// Differences to the version before that are smaller than this, in seconds, mean nothing.
    static let slack = 0.01
    /// Shares of failures, and of refusals, that a version may have whatever the version before did.
    static let failureFloor = 0.002
    static let refusalFloor = 0.01
    /// The share of failures that a version may have where neither an objective nor a version before says anything.
    static let unknownFailures = 0.05

    package let objectives: Objectives
    package let rules: RolloutRules

    package init(objectives: Objectives, rules: RolloutRules) {
        self.objectives = objectives
        self.rules = rules
    }

    /// One way in which a version may be too bad.
    private struct Evidence {
        /// How likely it is that a good version does this.
        let chance: Double
        let text: String
    }

    /// - Parameters:
    ///   - baseline: what the version before does; empty where there is nothing to compare with.
    ///   - elapsed: since the step began.
    package func judge(candidate: SampleSet, baseline: SampleSet, elapsed: Duration) -> Verdict {
        let figures = Figures(candidate)
        let before = Figures(baseline)
        let worst = evidence(candidate, figures, before).min { $0.chance < $1.chance }
        let chance = worst?.chance ?? 1
        if let worst, chance < Self.certain { return .breached(worst.text) }
        let summary = Self.summary(figures, before)
        let isOver = elapsed >= rules.maximumStepDuration
        let count = candidate.requests + candidate.refusals
        guard count >= rules.minimumSamples else {
            if let worst, isOver, chance < Self.likely { return .breached(worst.text) }
            let text = "\(count) of \(rules.minimumSamples) requests seen; \(summary)"
            return isOver ? .inconclusive(text) : .undecided(text)
        }
        guard elapsed >= rules.stepDuration else { return .undecided(summary) }
        guard let worst, chance < Self.doubt else { return .passed(summary) }
        if !isOver { return .undecided("in doubt: \(worst.text)") }
        return chance < Self.likely ? .breached(worst.text) : .passed(summary)
    }

    private func evidence(_ candidate: SampleSet, _ figures: Figures, _ before: Figures) -> [Evidence] {
        var all: [Evidence] = []
        let isComparable = before.requests >= min(rules.minimumSamples, 20)
        if let rate = objectives.errorRate {
            all.append(failures(figures, allowed: rate, "objective \(Figures.percent(rate))"))
        }
        if isComparable {
            let share = Binomial.upperShare(before.failures, of: before.requests)
            let allowed = max(share * (1 + rules.tolerance), Self.failureFloor)
            all.append(failures(figures, allowed: allowed, "before \(before.failures) of \(before.requests)"))
        } else if objectives.errorRate == nil {
            all.append(
                failures(figures, allowed: Self.unknownFailures, "at most \(Figures.percent(Self.unknownFailures))"))
        }
        let answered = figures.requests + figures.refusals
        if isComparable, figures.refusals > 0 {
            let share = Binomial.upperShare(before.refusals, of: before.requests + before.refusals)
            let allowed = max(share * (1 + rules.tolerance), Self.refusalFloor)
            all.append(
                Evidence(
                    chance: Binomial.tail(figures.refusals, of: answered, share: allowed),
                    text: "\(figures.refusals) of \(answered) requests were refused by the model server, before "
                        + "\(before.refusals) of \(before.requests + before.refusals)"))
        }
        if let limit = objectives.timeToFirstToken.map({ $0 / .seconds(1) }) {
            all.append(slowStarts(candidate, limit, "objective \(Figures.time(limit))"))
        }
        if isComparable, let bound = before.firstTokenBound, let p95 = before.firstTokenP95 {
            let limit = max(bound * (1 + rules.tolerance), bound + Self.slack)
            all.append(slowStarts(candidate, limit, "before \(Figures.time(p95))"))
        }
        if let limit = objectives.queueWait.map({ $0 / .seconds(1) }) {
            let slow = Self.above(limit, candidate.queueWaits)
            all.append(
                Evidence(
                    chance: Binomial.tail(slow, of: candidate.queueWaits.count, share: 0.05),
                    text: "queue wait p95 \(Figures.time(figures.queueWaitP95 ?? 0)), objective \(Figures.time(limit))")
            )
        }
        if let limit = objectives.costPerRequest {
            all.append(
                Evidence(
                    chance: Binomial.meanTail(candidate.costs, above: limit),
                    text: "a request costs \(Figures.price(figures.cost ?? 0)), objective \(Figures.price(limit))"))
        }
        if let limit = objectives.tokensPerSecond {
            all.append(slowAnswers(candidate, limit, "objective \(Figures.number(limit))"))
        }
        if isComparable, let bound = before.rateBound, let p5 = before.rateP5 {
            all.append(slowAnswers(candidate, bound / (1 + rules.tolerance), "before \(Figures.number(p5))"))
        }
        return all
    }

    private func failures(_ figures: Figures, allowed: Double, _ limit: String) -> Evidence {
        Evidence(
            chance: Binomial.tail(figures.failures, of: figures.requests, share: allowed),
            text: "\(figures.failures) of \(figures.requests) requests failed, \(limit)")
    }

    /// Clients that left count as slow when they had waited beyond the limit, and not at all otherwise.
    private func slowStarts(_ candidate: SampleSet, _ limit: Double, _ name: String) -> Evidence {
        let left = Self.above(limit, candidate.abandoned)
        let slow = Self.above(limit, candidate.firstTokens) + left
        let p95 = Figures.quantile(candidate.firstTokens, 0.95).map(Figures.time) ?? "unknown"
        let leavers = left > 0 ? " (\(left) clients left before it)" : ""
        return Evidence(
            chance: Binomial.tail(slow, of: candidate.firstTokens.count + left, share: 0.05),
            text: "time to first token p95 \(p95)\(leavers), \(name)")
    }

    private func slowAnswers(_ candidate: SampleSet, _ limit: Double, _ name: String) -> Evidence {
        let slow = candidate.rates.count { $0 < limit }
        let p5 = Figures.quantile(candidate.rates, 0.05) ?? 0
        return Evidence(
            chance: Binomial.tail(slow, of: candidate.rates.count, share: 0.05),
            text: "tokens per second p5 \(Figures.number(p5)), \(name)")
    }

    /// How many of sorted values are above a limit.
    private static func above(_ limit: Double, _ sorted: [Double]) -> Int {
        sorted.count - (sorted.firstIndex { $0 > limit } ?? sorted.count)
    }

    private static func summary(_ figures: Figures, _ before: Figures) -> String {
        var parts = ["\(figures.failures) of \(figures.requests) requests failed"]
        if let p95 = figures.firstTokenP95 {
            let old = before.firstTokenP95.map { " (before \(Figures.time($0)))" } ?? ""
            parts.append("time to first token p95 \(Figures.time(p95))\(old)")
        }
        return parts.joined(separator: ", ")
    }
}
