/// Where an expression stands, which decides what it may speak of and what it must give.
package enum ExpressionUse: Hashable, Sendable {
    /// Says whether a webhook or policy is interested in a request: a Boolean.
    case matchCondition
    /// A named value for later expressions: of any type.
    case variable
    case validation
    case message
    case auditAnnotation
    case applyConfiguration
    case jsonPatch
    /// Chooses devices: a Boolean over `device`.
    case deviceSelector
}

/// What an expression may speak of besides the request.
package struct ExpressionContext: Sendable {
    package var hasParams = false
    package var hasAuthorizer = true
    /// The variables declared before, in order.
    package var variables: [(name: String, expression: String)] = []
    /// The expression is in the store already, so it may use what is too new to be written.
    package var isStored = false

    package init() {}
}

/// Compiles the expressions in objects, which must not be stored when they make no sense.
///
/// A seam: the language is a module of its own, which this one does not know.
package protocol ExpressionChecking: Sendable {
    /// What is wrong with an expression, in Kubernetes' words; `nil` when nothing is.
    func problem(in expression: String, _ use: ExpressionUse, _ context: ExpressionContext) -> String?
}
