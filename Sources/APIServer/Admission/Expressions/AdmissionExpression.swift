import CEL
import Machinery

/// One expression of a webhook or policy, compiled as it was stored. One that does not compile fails when it is
/// evaluated, so that the failure policy decides.
struct AdmissionExpression: Sendable {
    let text: String
    let program: Result<CELProgram, CELCompileError>

    init(_ text: String, in environment: CELEnvironment, as results: [CELType]) {
        self.text = text
        do throws(CELCompileError) {
            let program =
                switch results.count {
                case 0: try environment.compile(text)
                case 1: try environment.compile(text, as: results[0])
                default: try environment.compile(text, as: results[0], results[1])
                }
            self.program = .success(program)
        } catch {
            program = .failure(error)
        }
    }

    func uses(_ variable: String) -> Bool {
        switch program {
        case .success(let program): program.uses(variable)
        case .failure: false
        }
    }
}

extension CELCompileError {
    /// As Kubernetes' messages show it.
    var admissionText: String {
        switch kind {
        case .issues: "compilation failed: \(description)"
        case .resultType, .instantiation: description
        }
    }
}

/// Which variables a set of expressions reads, so that no others are made.
struct VariableUse: Sendable {
    private(set) var request = false
    private(set) var namespace = false
    private(set) var authorizer = false

    mutating func note(_ uses: (String) -> Bool) {
        request = request || uses("request")
        namespace = namespace || uses("namespaceObject")
        authorizer = authorizer || uses("authorizer") || uses("authorizer.requestResource")
    }
}

/// Evaluates the expressions of one webhook or policy over one request, within a budget.
struct AdmissionEvaluation: Sendable {
    private var activation: CELActivation
    private let authorizer: AdmissionAuthorizer?
    private var budget: CELBudget

    /// - Parameter authorizer: `nil` when no expression asks.
    init(_ activation: CELActivation, authorizer: AdmissionAuthorizer?, budget: UInt64) {
        self.activation = activation
        self.authorizer = authorizer
        self.budget = CELBudget(total: budget)
    }

    /// The same values with a budget of its own.
    func renewed(_ budget: UInt64) -> AdmissionEvaluation {
        var copy = self
        copy.budget = CELBudget(total: budget)
        return copy
    }

    /// The value of an expression, or why it has none.
    ///
    /// - Throws: when the budget is used up, and nothing more is to be evaluated.
    mutating func value(
        of expression: AdmissionExpression
    ) async throws(CELEvaluationError) -> Result<CELValue, AdmissionExpressionFailure> {
        let program: CELProgram
        switch expression.program {
        case .success(let compiled): program = compiled
        case .failure(let error): return .failure(.init("compilation error: \(error.admissionText)"))
        }
        do throws(CELEvaluationError) {
            guard let authorizer else { return .success(try program.evaluate(activation, budget: &budget)) }
            var budget = budget
            defer { self.budget = budget }
            return .success(try await program.evaluate(activation, budget: &budget, authorizer: authorizer))
        } catch {
            if case .outOfBudget = error.reason { throw error }
            return .failure(.init("expression '\(expression.text)' resulted in error: \(error.description)"))
        }
    }
}

/// Why an expression has no value, in Kubernetes' words.
struct AdmissionExpressionFailure: Error, Hashable, Sendable {
    let message: String

    init(_ message: String) { self.message = message }
}
