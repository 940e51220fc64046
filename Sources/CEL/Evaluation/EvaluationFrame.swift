import Machinery

/// The state of one evaluation: variables already read, locals of folds, and what it has cost so far.
///
/// A class that one evaluation owns and no other task sees.
final class EvaluationFrame {
    /// A variable of a fold.
    enum Local {
        case unset
        case value(CELValue)
        /// An accumulator that became an error; later steps may still absorb it.
        case failed(CELEvaluationError)
    }

    let activation: CELActivation
    let answers: [CELAuthorizationQuestion: CELAuthorizationAnswer]
    private let limit: UInt64
    private(set) var cost: UInt64 = 0
    /// What `variables.x` cost, which is taken from the budget besides the evaluation's own cost.
    var variablesCost: UInt64 = 0
    var locals: [Local]

    init(
        activation: CELActivation, answers: [CELAuthorizationQuestion: CELAuthorizationAnswer], limit: UInt64,
        localCount: Int
    ) {
        self.activation = activation
        self.answers = answers
        self.limit = limit
        locals = Array(repeating: .unset, count: localCount)
    }

    /// Adds to the cost; above the limit the whole evaluation ends.
    @inline(__always)
    func charge(_ amount: UInt64) throws(CELEvaluationError) {
        let (sum, overflowed) = cost.addingReportingOverflow(amount)
        cost = overflowed ? .max : sum
        if cost > limit { throw .costLimitExceeded }
    }

    func local(_ slot: Int) throws(CELEvaluationError) -> CELValue {
        switch locals[slot] {
        case .value(let value): return value
        case .failed(let error): throw error
        case .unset: throw CELEvaluationError("no such attribute(s): local variable")
        }
    }
}

extension CELEvaluationError {
    /// Whether `||`, `&&` and folds may go on in spite of it.
    var isAbsorbable: Bool { reason == .value }
}
