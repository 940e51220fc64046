import Machinery

/// Whether taking pods off a node would let another fit.
enum PreemptionTrial: Sendable {
    case helps(PreemptionCandidate)
    case refused(FilterStatus)
}

/// A node on which taking pods off would let another fit.
struct PreemptionCandidate: Sendable {
    let node: Int
    /// The most important first; never empty in a candidate that is offered.
    var victims: [PodInfo] = []
    /// How many of them a disruption budget protects.
    var violations = 0

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
        let (highest, otherHighest) = (victims.first?.priority ?? 0, other.victims.first?.priority ?? 0)
        if highest != otherHighest { return highest < otherHighest }
        let (sum, otherSum) = (prioritySum, other.prioritySum)
        if sum != otherSum { return sum < otherSum }
        if victims.count != other.victims.count { return victims.count < other.victims.count }
        guard let start = earliestStart, let otherStart = other.earliestStart else { return false }
        return start > otherStart
    }

    /// Priorities count from the lowest there is, so that more victims never count less.
    private var prioritySum: Int64 {
        victims.reduce(0) { $0 + Int64($1.priority) + Int64(Int32.max) + 1 }
    }

    /// When the first of the most important victims started.
    private var earliestStart: Timestamp? {
        let highest = victims.first?.priority
        return victims.filter { $0.priority == highest }.compactMap(\.startTime).min()
    }
}
