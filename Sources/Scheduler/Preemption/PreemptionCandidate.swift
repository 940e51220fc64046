import Machinery

/// Whether taking pods off a node would let another fit.
enum PreemptionTrial: Sendable {
    case helps(PreemptionCandidate)
    case refused(FilterStatus)
}

/// A node on which taking pods off would let another fit. What it is compared by is worked out once.
final class PreemptionCandidate: Sendable {
    let node: Int
    /// The most important first, never empty.
    let victims: [PodInfo]
    /// How many of them a disruption budget protects.
    let violations: Int
    private let highestPriority: Int32
    /// Priorities count from the lowest there is, so that more victims never count less.
    private let prioritySum: Int64
    /// When the first of the most important victims started.
    private let earliestStart: Timestamp?

    init(node: Int, victims: [PodInfo], violations: Int) {
        self.node = node
        self.victims = victims
        self.violations = violations
        let highest = victims.first?.priority ?? 0
        highestPriority = highest
        prioritySum = victims.reduce(0) { $0 + Int64($1.priority) + Int64(Int32.max) + 1 }
        earliestStart = victims.lazy.filter { $0.priority == highest }.compactMap(\.startTime).min()
    }

    /// More important pods come first: by priority, then the one that has run for longer.
    static func isMoreImportant(_ left: PodInfo, _ right: PodInfo) -> Bool {
        if left.priority != right.priority { return left.priority > right.priority }
        guard let start = left.startTime else { return false }
        return right.startTime.map { start < $0 } ?? true
    }

    /// The candidate that hurts least: by broken promises, then the importance of the most important victim, of all
    /// of them, their number, and how lately the most important ones started.
    static func best(of candidates: [PreemptionCandidate]) -> PreemptionCandidate? {
        candidates.min { $0.isBetter(than: $1) }
    }

    private func isBetter(than other: PreemptionCandidate) -> Bool {
        if violations != other.violations { return violations < other.violations }
        if highestPriority != other.highestPriority { return highestPriority < other.highestPriority }
        if prioritySum != other.prioritySum { return prioritySum < other.prioritySum }
        if victims.count != other.victims.count { return victims.count < other.victims.count }
        guard let start = earliestStart, let otherStart = other.earliestStart else { return false }
        return start > otherStart
    }
}
