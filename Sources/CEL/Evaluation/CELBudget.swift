/// What evaluations may still cost. One is made per admitted object and handed to each evaluation in turn.
///
/// An evaluation alone may cost `perCall`; all together may cost `remaining`. What was spent is taken away also when an
/// evaluation fails.
package struct CELBudget: Hashable, Sendable {
    package private(set) var remaining: UInt64
    package let perCall: UInt64

    package init(total: UInt64 = CELLimits.costPerObject, perCall: UInt64 = CELLimits.costPerCall) {
        remaining = total
        self.perCall = perCall
    }

    /// Takes what an evaluation cost.
    ///
    /// - Returns: whether there was enough; when not, nothing remains and no further expression should be run.
    package mutating func spend(_ cost: UInt64) -> Bool {
        guard cost <= remaining else {
            remaining = 0
            return false
        }
        remaining -= cost
        return true
    }
}
