import KubeAPI
import Machinery

/// What an autoscaler recommended and did lately, by which its next step is damped. Pure.
///
/// Entries older than anything looks back are dropped, so a record is as long as its windows are.
struct ScalingRecord: Sendable {
    /// A count of replicas, and why it differs from what was asked for.
    struct Decision: Sendable {
        let replicas: Int32
        let reason: String
        let message: String
    }

    private struct Entry: Sendable {
        let count: Int32
        let time: Timestamp
    }

    private static let inRange = ("DesiredWithinRange", "the desired count is within the acceptable range")
    private static let tooMany = ("TooManyReplicas", "the desired replica count is more than the maximum replica count")
    private static let tooFew = ("TooFewReplicas", "the desired replica count is less than the minimum replica count")
    private static let tooFast = (
        "ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate"
    )
    private static let tooFastDown = (
        "ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate"
    )

    private var recommendations: [Entry]
    private var added: [Entry] = []
    private var removed: [Entry] = []

    init(current: Int32, now: Timestamp) {
        recommendations = [Entry(count: current, time: now)]
    }

    // MARK: Stabilizing

    /// Without behaviour: the highest recommendation of the window.
    mutating func stabilize(_ desired: Int32, window: Duration, now: Timestamp) -> Decision {
        recommendations.removeAll { $0.time < now - window }
        let highest = recommendations.map(\.count).reduce(desired, max)
        recommendations.append(Entry(count: desired, time: now))
        guard highest != desired else { return Self.ready(desired) }
        return Decision(
            replicas: highest, reason: "ScaleDownStabilized",
            message: "recent recommendations were higher than current one, applying the highest recent recommendation")
    }

    /// With behaviour: the change that all recommendations of a direction's window agree on.
    mutating func stabilize(
        _ desired: Int32, current: Int32, up: Duration, down: Duration, now: Timestamp
    ) -> Decision {
        let lowest = recommendations.filter { $0.time > now - up }.map(\.count).reduce(desired, min)
        let highest = recommendations.filter { $0.time > now - down }.map(\.count).reduce(desired, max)
        recommendations.removeAll { $0.time < now - max(up, down) }
        recommendations.append(Entry(count: desired, time: now))
        let stable = min(max(current, lowest), highest)
        guard stable != desired else { return Self.ready(desired) }
        return desired >= current
            ? Decision(
                replicas: stable, reason: "ScaleUpStabilized",
                message: "recent recommendations were lower than current one, applying the lowest recent "
                    + "recommendation")
            : Decision(
                replicas: stable, reason: "ScaleDownStabilized",
                message: "recent recommendations were higher than current one, applying the highest recent "
                    + "recommendation")
    }

    private static func ready(_ desired: Int32) -> Decision {
        Decision(
            replicas: desired, reason: "ReadyForNewScale", message: "recommended size matches current size")
    }

    // MARK: Limiting

    /// Without behaviour: at most double, or four, at a time.
    static func limit(_ desired: Int32, current: Int32, minimum: Int32, maximum: Int32) -> Decision {
        let fastest = PodUsage.ceiling(max(2 * Double(current), 4))
        if desired < minimum { return decision(minimum, tooFew) }
        if desired > min(fastest, maximum) {
            return decision(min(fastest, maximum), maximum > fastest ? tooFast : tooMany)
        }
        return decision(desired, inRange)
    }

    /// With behaviour: as fast as its policies allow.
    func limit(
        _ desired: Int32, current: Int32, minimum: Int32, maximum: Int32, _ rules: ScalingRules, now: Timestamp
    ) -> Decision {
        if desired > current {
            let fastest = max(bound(rules.up, current, now, isUp: true), current)
            if desired > min(fastest, maximum) {
                return Self.decision(min(fastest, maximum), maximum > fastest ? Self.tooFast : Self.tooMany)
            }
        } else if desired < current {
            let fastest = min(bound(rules.down, current, now, isUp: false), current)
            if desired < max(fastest, minimum) {
                return Self.decision(max(fastest, minimum), minimum < fastest ? Self.tooFastDown : Self.tooFew)
            }
        }
        return Self.decision(desired, Self.inRange)
    }

    private static func decision(_ replicas: Int32, _ why: (String, String)) -> Decision {
        Decision(replicas: replicas, reason: why.0, message: why.1)
    }

    /// How far the policies of a direction let the count go.
    private func bound(_ rule: ScalingRules.Rule, _ current: Int32, _ now: Timestamp, isUp: Bool) -> Int32 {
        let bounds = rule.policies.map { policy in
            // Changes of the period are part of what the policy allows.
            let start = now - policy.period
            let before = Int64(current) - Self.sum(added, after: start) + Self.sum(removed, after: start)
            switch policy.amount {
            case .pods(let count): return Double(isUp ? before + Int64(count) : before - Int64(count))
            case .percent(let percent):
                let share = Double(percent) / 100
                return isUp
                    ? (Double(before) * (1 + share)).rounded(.up) : (Double(before) * (1 - share)).rounded(.towardZero)
            }
        }
        let chosen: Double?
        switch rule.choice {
        case .disabled: return current
        case .widest: chosen = isUp ? bounds.max() : bounds.min()
        case .narrowest: chosen = isUp ? bounds.min() : bounds.max()
        }
        return chosen.map { Int32(clamping: Int64(max(min($0, 1e12), -1e12))) } ?? current
    }

    private static func sum(_ entries: [Entry], after start: Timestamp) -> Int64 {
        entries.reduce(0) { $1.time > start ? $0 + Int64($1.count) : $0 }
    }

    // MARK: Remembering

    /// Takes note of a change that was made.
    mutating func note(from old: Int32, to new: Int32, _ rules: ScalingRules, now: Timestamp) {
        let longest = (rules.up.policies + rules.down.policies).map(\.period).max() ?? .zero
        added.removeAll { $0.time < now - longest }
        removed.removeAll { $0.time < now - longest }
        let entry = Entry(count: abs(new - old), time: now)
        if new > old { added.append(entry) } else { removed.append(entry) }
    }
}

/// An autoscaler's `behavior`, with what it leaves open filled in.
struct ScalingRules: Sendable {
    enum Choice: Sendable {
        case widest
        case narrowest
        case disabled
    }

    enum Amount: Sendable {
        case pods(Int32)
        case percent(Int32)
    }

    struct Policy: Sendable {
        let amount: Amount
        let period: Duration
    }

    struct Rule: Sendable {
        let policies: [Policy]
        let choice: Choice
        let window: Duration
    }

    let up: Rule
    let down: Rule

    init(_ behavior: HorizontalPodAutoscalerBehavior, _ settings: AutoscalerSettings) {
        let double = Policy(amount: .percent(100), period: .seconds(15))
        let four = Policy(amount: .pods(4), period: .seconds(15))
        up = Self.rule(behavior.scaleUp, [four, double], window: .zero)
        down = Self.rule(behavior.scaleDown, [double], window: settings.downscaleStabilization)
    }

    private static func rule(_ rules: HPAScalingRules?, _ defaults: [Policy], window: Duration) -> Rule {
        let policies = rules?.policies.map { policy in
            Policy(
                amount: policy.type == "Percent" ? .percent(policy.value) : .pods(policy.value),
                period: .seconds(Int64(policy.periodSeconds)))
        }
        let choice: Choice =
            switch rules?.selectPolicy {
            case "Disabled": .disabled
            case "Min": .narrowest
            default: .widest
            }
        return Rule(
            policies: policies.flatMap { $0.isEmpty ? nil : $0 } ?? defaults, choice: choice,
            window: rules?.stabilizationWindowSeconds.map { .seconds(Int64($0)) } ?? window)
    }
}
