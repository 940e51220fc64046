import CEL
import KubeAPI
import Machinery

/// The expressions of a webhook or policy that decide whether it is interested in a request.
///
/// Source: k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions: one that is false decides; failures are left
/// to the failure policy.
struct MatchConditions: Sendable {
    enum Decision: Sendable {
        case matches
        case doesNotMatch
        /// Could not be decided, and must be.
        case fails(String)
    }

    let expressions: [AdmissionExpression]
    let failsOpen: Bool

    init(_ conditions: [MatchCondition], in environment: CELEnvironment, failsOpen: Bool) {
        expressions = conditions.map { AdmissionExpression($0.expression, in: environment, as: [.bool]) }
        self.failsOpen = failsOpen
    }

    var isEmpty: Bool { expressions.isEmpty }

    /// - Parameter evaluation: with the variables the expressions read.
    func decide(_ evaluation: AdmissionEvaluation) async -> Decision {
        var evaluation = evaluation.renewed(CELLimits.costPerMatchConditions)
        var failures: [String] = []
        do throws(CELEvaluationError) {
            let outcome = try await Self.decide(expressions, &evaluation, &failures)
            if !outcome { return .doesNotMatch }
        } catch {
            failures = [error.description]
        }
        if failures.isEmpty { return .matches }
        if failsOpen { return .doesNotMatch }
        return .fails(failures.count == 1 ? failures[0] : "[\(failures.joined(separator: ", "))]")
    }

    private static func decide(
        _ expressions: [AdmissionExpression], _ evaluation: inout AdmissionEvaluation, _ failures: inout [String]
    ) async throws(CELEvaluationError) -> Bool {
        for expression in expressions {
            switch try await evaluation.value(of: expression) {
            case .success(let value): if value.boolValue == false { return false }
            case .failure(let failure): failures.append(failure.message)
            }
        }
        return true
    }
}
