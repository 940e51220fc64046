import CEL
import Machinery

/// What one evaluation of a validating policy came to.
struct ValidatingPolicyVerdict: Sendable {
    struct Denial: Sendable {
        /// Which of the policy's validations.
        let index: Int
        let message: String
        let reason: StatusReason
    }

    private(set) var denials: [Denial] = []
    private(set) var annotations: [(key: String, value: String)] = []
    /// Annotations that could not be had and must be: refused whatever the binding's actions are.
    private(set) var annotationFailures: [String] = []

    /// - Parameter evaluation: with the policy's variables, over the request and one parameter.
    init(_ policy: CompiledValidatingPolicy, _ evaluation: AdmissionEvaluation) async {
        let programs = policy.programs
        let failsOpen = policy.core.failsOpen
        if !programs.shared.conditions.isEmpty {
            switch await programs.shared.conditions.decide(evaluation) {
            case .matches: break
            case .doesNotMatch: return
            case .fails(let message):
                denials = failsOpen ? [] : [Denial(index: 0, message: message, reason: .invalid)]
                return
            }
        }
        do throws(CELEvaluationError) {
            denials = try await Self.denials(programs.rules, evaluation, failsOpen: failsOpen)
            try await annotate(programs.annotations, evaluation, failsOpen: failsOpen)
        } catch {
            // Nothing of what was found before counts.
            denials = failsOpen ? [] : [Denial(index: 0, message: error.description, reason: .invalid)]
            annotations = []
            annotationFailures = []
        }
    }

    private static func denials(
        _ rules: [CompiledValidatingPolicy.Rule], _ evaluation: AdmissionEvaluation, failsOpen: Bool
    ) async throws(CELEvaluationError) -> [Denial] {
        var evaluation = evaluation
        var outcomes: [Result<CELValue, AdmissionExpressionFailure>] = []
        for rule in rules { outcomes.append(try await evaluation.value(of: rule.expression)) }
        var denials: [Denial] = []
        for (index, rule) in rules.enumerated() {
            switch outcomes[index] {
            case .success(let value):
                if value.boolValue == true { continue }
                let message = await message(rule, &evaluation)
                switch message {
                case .success(let text): denials.append(Denial(index: index, message: text, reason: rule.reason))
                case .failure(let failure):
                    if !failsOpen { denials.append(Denial(index: index, message: failure.message, reason: .invalid)) }
                }
            case .failure(let failure):
                if !failsOpen { denials.append(Denial(index: index, message: failure.message, reason: .invalid)) }
            }
        }
        return denials
    }

    /// What the client is told of a rule it broke.
    private static func message(
        _ rule: CompiledValidatingPolicy.Rule, _ evaluation: inout AdmissionEvaluation
    ) async -> Result<String, AdmissionExpressionFailure> {
        if let expression = rule.messageExpression {
            do throws(CELEvaluationError) {
                // An expression that fails has nothing better to say than the fixed message.
                if case .success(let value) = try await evaluation.value(of: expression),
                    let text = value.stringValue.map({ Substring($0) })?.trimmingWhitespace(), !text.isEmpty,
                    text.utf8.count <= CELLimits.maximumMessageBytes, !text.contains("\n")
                {
                    return .success(String(text))
                }
            } catch {
                return .failure(.init("failed messageExpression: \(error.description)"))
            }
        }
        let fixed = Substring(rule.message).trimmingWhitespace()
        if !fixed.isEmpty { return .success(String(fixed)) }
        return .success("failed expression: \(Substring(rule.expression.text).trimmingWhitespace())")
    }

    private mutating func annotate(
        _ annotations: [CompiledValidatingPolicy.Annotation], _ evaluation: AdmissionEvaluation, failsOpen: Bool
    ) async throws(CELEvaluationError) {
        guard !annotations.isEmpty else { return }
        var evaluation = evaluation.renewed(CELLimits.costPerObject)
        for annotation in annotations {
            switch try await evaluation.value(of: annotation.expression) {
            case .success(let value):
                let text = Substring(value.stringValue ?? "").trimmingWhitespace()
                if !text.isEmpty { self.annotations.append((annotation.key, String(text))) }
            case .failure(let failure):
                if !failsOpen { annotationFailures.append(failure.message) }
            }
        }
    }
}

extension Substring {
    fileprivate func trimmingWhitespace() -> Substring {
        var text = self
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
