/// Why an expression has no value. The text is cel-go's, since it reaches clients in Status messages.
package struct CELEvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        /// The expression's own fault: no such key, division by zero, wrong types.
        case value
        /// The one evaluation cost more than it may.
        case costLimit
        /// The budget over all evaluations is used up; nothing further should be evaluated.
        case outOfBudget
        /// An authorizer's answer is missing: only inside, never seen by callers of `evaluate(…, authorizer:)`.
        indirect case pendingAuthorization(CELAuthorizationQuestion)
    }

    package let reason: Reason
    package let description: String

    package init(_ description: String, reason: Reason = .value) {
        self.reason = reason
        self.description = description
    }

    static let costLimitExceeded = CELEvaluationError(
        "operation cancelled: actual cost limit exceeded", reason: .costLimit)
    static let outOfBudget = CELEvaluationError(
        "validation failed due to running out of cost budget, no further validation rules will be run",
        reason: .outOfBudget)
}
