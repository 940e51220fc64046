import Machinery

/// A checked expression, ready to be evaluated any number of times, from any task.
package final class CELProgram: Sendable {
    package let text: String
    package let resultType: CELType
    /// The worst case from the declared sizes; `maximum` is what Kubernetes limits.
    package let cost: CostEstimate
    private let referenced: Set<String>
    private let root: any PlanNode
    private let localCount: Int

    init(
        text: String, resultType: CELType, cost: CostEstimate, referenced: Set<String>, root: any PlanNode,
        localCount: Int
    ) {
        self.text = text
        self.resultType = resultType
        self.cost = cost
        self.referenced = referenced
        self.root = root
        self.localCount = localCount
    }

    /// Whether the expression reads a variable; a CRD rule that reads `oldSelf` is a transition rule.
    package func uses(_ variable: String) -> Bool { referenced.contains(variable) }

    /// Evaluates without an authorizer.
    ///
    /// - Throws: the expression's own failure, or that a limit was reached; `reason` tells which.
    package func evaluate(
        _ activation: CELActivation, budget: inout CELBudget
    ) throws(CELEvaluationError) -> CELValue {
        let (outcome, cost) = run(activation, answers: [:], limit: budget.perCall)
        guard budget.spend(cost) else { throw .outOfBudget }
        return try outcome.get()
    }

    /// Evaluates; checks that the expression makes are answered by `authorizer`.
    package func evaluate(
        _ activation: CELActivation, budget: inout CELBudget, authorizer: some CELAuthorizer
    ) async throws(CELEvaluationError) -> CELValue {
        var answers: [CELAuthorizationQuestion: CELAuthorizationAnswer] = [:]
        while true {
            activation.variables?.reset()
            let (outcome, cost) = run(activation, answers: answers, limit: budget.perCall)
            if case .failure(let error) = outcome, case .pendingAuthorization(let question) = error.reason {
                // Each round answers one question more, and the cost limit lets an expression ask two, each of its
                // variables two: the rounds are bounded.
                answers[question] = await authorizer.answer(question)
                continue
            }
            guard budget.spend(cost) else { throw .outOfBudget }
            return try outcome.get()
        }
    }

    /// One evaluation and what it cost, variables included.
    func run(
        _ activation: CELActivation, answers: [CELAuthorizationQuestion: CELAuthorizationAnswer], limit: UInt64
    ) -> (outcome: Result<CELValue, CELEvaluationError>, cost: UInt64) {
        let frame = EvaluationFrame(activation: activation, answers: answers, limit: limit, localCount: localCount)
        do {
            let value = try root.evaluate(frame)
            return (.success(value), frame.cost.saturatingAdd(frame.variablesCost))
        } catch {
            return (.failure(error), frame.cost.saturatingAdd(frame.variablesCost))
        }
    }
}
