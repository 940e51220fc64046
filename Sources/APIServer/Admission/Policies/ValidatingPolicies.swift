import Machinery

/// Refuses, warns about or notes what breaks the rules of ValidatingAdmissionPolicies (KEP-3488).
struct ValidatingPolicies: ValidatingAdmission {
    private static let failureAnnotation = "validation.policy.admission.k8s.io/validation_failure"
    private static let maximumAnnotationBytes = 10 * 1024

    let name = "ValidatingAdmissionPolicy"
    let feeds: PolicyFeeds<CompiledValidatingPolicy>
    let setting: PolicySetting

    /// A refusal on behalf of a policy.
    private struct Denial {
        let policy: String
        /// `nil` when the policy itself is at fault.
        let binding: String?
        let message: String
        var reason = StatusReason.invalid
    }

    /// What is gathered over all policies of one request.
    private struct Outcome {
        var denials: [Denial] = []
        /// By policy: values of one key from several bindings stand side by side.
        var annotations: [(key: String, values: [String])] = []

        mutating func annotate(_ key: String, _ value: String) {
            guard let index = annotations.firstIndex(where: { $0.key == key }) else {
                annotations.append((key, [value]))
                return
            }
            if !annotations[index].values.contains(value) { annotations[index].values.append(value) }
        }
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        let bound = feeds.current()
        guard !bound.isEmpty, !PolicySetting.isExempt(attributes) else { return }
        var outcome = Outcome()
        for policy in bound { try await judge(policy, attributes, &outcome) }
        for annotation in outcome.annotations {
            attributes.write.auditAnnotations.add(annotation.key, annotation.values.joined(separator: ", "))
        }
        if let first = outcome.denials.first { throw Self.refusal(first, attributes) }
    }

    private func judge(
        _ bound: PolicyFeeds<CompiledValidatingPolicy>.Bound, _ attributes: AdmissionAttributes,
        _ outcome: inout Outcome
    ) async throws(StatusError) {
        let policy = bound.policy
        let match: AdmissionMatch
        do throws(StatusError) {
            guard let found = try policy.core.matcher.match(attributes, setting.namespaces) else { return }
            match = found
        } catch {
            return misconfigured(policy, nil, error.message, &outcome)
        }
        var input: AdmissionInput?
        for binding in bound.bindings {
            guard let parameters = try await parameters(policy, binding, attributes, &outcome) else { continue }
            let known: AdmissionInput
            if let input {
                known = input
            } else {
                known = try await AdmissionInput(attributes, as: match)
                input = known
            }
            try await judge(policy, binding, known, parameters, &outcome)
        }
    }

    /// What a binding that matches gives to the policy; `nil` when the policy is not to be evaluated for it.
    private func parameters(
        _ policy: CompiledValidatingPolicy, _ binding: PolicyBinding, _ attributes: AdmissionAttributes,
        _ outcome: inout Outcome
    ) async throws(StatusError) -> PolicyParameters.Found? {
        do throws(StatusError) {
            guard try binding.matches(attributes, setting.namespaces) else { return nil }
        } catch {
            misconfigured(policy, binding.name, error.message, &outcome)
            return nil
        }
        let found = try await setting.parameters.find(
            policy.core.parameterKind, binding.parameters, namespace: attributes.reviewedNamespace)
        switch found {
        case .success(let objects): return objects.isEmpty ? nil : objects
        case .failure(.policy(let message)): misconfigured(policy, nil, message, &outcome)
        case .failure(.binding(let message)): misconfigured(policy, binding.name, message, &outcome)
        }
        return nil
    }

    private func misconfigured(
        _ policy: CompiledValidatingPolicy, _ binding: String?, _ message: String, _ outcome: inout Outcome
    ) {
        guard !policy.core.failsOpen else { return }
        let text = "failed to configure \(binding == nil ? "policy" : "binding"): \(message)"
        outcome.denials.append(Denial(policy: policy.core.name, binding: binding, message: text))
    }

    private func judge(
        _ policy: CompiledValidatingPolicy, _ binding: PolicyBinding, _ input: AdmissionInput,
        _ parameters: PolicyParameters.Found, _ outcome: inout Outcome
    ) async throws(StatusError) {
        let namespace = try setting.namespace(of: input.attributes)
        for parameter in parameters {
            let evaluation = policy.programs.shared.evaluation(
                input, parameter: parameter, namespace: namespace, authorizer: setting.authorizer)
            let verdict = await ValidatingPolicyVerdict(policy, evaluation)
            for denial in verdict.denials { act(on: denial, policy, binding, input.attributes, &outcome) }
            for (key, value) in verdict.annotations {
                outcome.annotate("\(policy.core.name)/\(key)", Self.cut(value))
            }
            for message in verdict.annotationFailures {
                outcome.denials.append(Denial(policy: policy.core.name, binding: binding.name, message: message))
            }
        }
    }

    private func act(
        on denial: ValidatingPolicyVerdict.Denial, _ policy: CompiledValidatingPolicy, _ binding: PolicyBinding,
        _ attributes: AdmissionAttributes, _ outcome: inout Outcome
    ) {
        for action in binding.actions {
            switch action {
            case .deny:
                outcome.denials.append(
                    Denial(
                        policy: policy.core.name, binding: binding.name, message: denial.message,
                        reason: denial.reason))
            case .warn:
                attributes.warnings.add(
                    "Validation failed for ValidatingAdmissionPolicy '\(policy.core.name)' with binding "
                        + "'\(binding.name)': \(denial.message)")
            case .audit:
                let failure: JSON = [
                    "message": .string(denial.message), "policy": .string(binding.policy),
                    "binding": .string(binding.name), "expressionIndex": .int(Int64(denial.index)),
                    "validationActions": .array(binding.actions.map { .string($0.rawValue) }),
                ]
                attributes.write.auditAnnotations.add(Self.failureAnnotation, JSON.array([failure]).description)
            }
        }
    }

    private static func cut(_ value: String) -> String {
        value.utf8.count <= maximumAnnotationBytes
            ? value : String(decoding: value.utf8.prefix(maximumAnnotationBytes), as: UTF8.self)
    }

    private static func refusal(_ denial: Denial, _ attributes: AdmissionAttributes) -> StatusError {
        let by = denial.binding.map { " with binding '\($0)'" } ?? ""
        let message = "ValidatingAdmissionPolicy '\(denial.policy)'\(by) denied request: \(denial.message)"
        let refusal = attributes.refusal(message)
        let codes: [StatusReason: Int] = [
            .forbidden: 403, .unauthorized: 401, .requestEntityTooLarge: 413, .invalid: 422,
        ]
        var details = refusal.details
        details?.causes.append(StatusError.Cause(message: message))
        return StatusError(
            code: codes[denial.reason] ?? 422, reason: denial.reason, message: refusal.message, details: details)
    }
}
