import KubeSchemas
import Machinery

/// Changes objects as MutatingAdmissionPolicies say, one after the other by their names (KEP-3962).
struct MutatingPolicies: MutatingAdmission {
    let name = "MutatingAdmissionPolicy"
    let feeds: PolicyFeeds<CompiledMutatingPolicy>
    let setting: PolicySetting

    /// One policy, bound, with one object as parameter.
    private struct Invocation {
        let policy: CompiledMutatingPolicy
        let binding: PolicyBinding
        let parameter: JSONObject?
        let match: AdmissionMatch

        var key: PolicyInvocationKey {
            let metadata = parameter?["metadata"]
            return PolicyInvocationKey(
                policy: policy.core.name, binding: binding.name,
                parameters: "\(metadata?["namespace"]?.stringValue ?? "")/\(metadata?["name"]?.stringValue ?? "")")
        }
    }

    /// What went wrong and is not to be overlooked.
    private struct Problem {
        let text: String
        let reason: StatusReason?
    }

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        let bound = feeds.current()
        // What goes has nothing to change.
        guard !bound.isEmpty, attributes.operation != .delete, !PolicySetting.isExempt(attributes) else { return }
        var problems: [Problem] = []
        var invocations: [Invocation] = []
        for policy in bound { try await select(policy, attributes, &invocations, &problems) }
        if !invocations.isEmpty { try await run(invocations, &attributes, &problems) }
        if !problems.isEmpty { throw Self.refusal(problems, attributes) }
    }

    // MARK: Which policies, with what

    private func select(
        _ bound: PolicyFeeds<CompiledMutatingPolicy>.Bound, _ attributes: AdmissionAttributes,
        _ invocations: inout [Invocation], _ problems: inout [Problem]
    ) async throws(StatusError) {
        let match: AdmissionMatch
        do throws(StatusError) {
            guard let found = try bound.policy.core.matcher.match(attributes, setting.namespaces) else { return }
            match = found
        } catch {
            return Self.misconfigured(bound.policy, nil, error.message, &problems)
        }
        for binding in bound.bindings {
            let parameters = try await parameters(bound.policy, binding, attributes, &problems)
            invocations += parameters.map {
                Invocation(policy: bound.policy, binding: binding, parameter: $0, match: match)
            }
        }
    }

    private func parameters(
        _ policy: CompiledMutatingPolicy, _ binding: PolicyBinding, _ attributes: AdmissionAttributes,
        _ problems: inout [Problem]
    ) async throws(StatusError) -> PolicyParameters.Found {
        do throws(StatusError) {
            guard try binding.matches(attributes, setting.namespaces) else { return [] }
        } catch {
            Self.misconfigured(policy, binding, error.message, &problems)
            return []
        }
        let found = try await setting.parameters.find(
            policy.core.parameterKind, binding.parameters, namespace: attributes.reviewedNamespace)
        switch found {
        case .success(let objects): return objects
        case .failure(.policy(let message)): Self.misconfigured(policy, nil, message, &problems)
        case .failure(.binding(let message)): Self.misconfigured(policy, binding, message, &problems)
        }
        return []
    }

    // MARK: Changing

    private func run(
        _ invocations: [Invocation], _ attributes: inout AdmissionAttributes, _ problems: inout [Problem]
    ) async throws(StatusError) {
        if attributes.reinvocation.isSecondRound { attributes.reinvocation.policies.resume(with: attributes.object) }
        let namespace = try setting.namespace(of: attributes)
        for invocation in invocations { try await run(invocation, namespace, &attributes, &problems) }
        attributes.reinvocation.policies.pause(with: attributes.object)
    }

    private func run(
        _ invocation: Invocation, _ namespace: JSONObject?, _ attributes: inout AdmissionAttributes,
        _ problems: inout [Problem]
    ) async throws(StatusError) {
        let policy = invocation.policy
        var input = try await AdmissionInput(attributes, as: invocation.match)
        let conditions = policy.programs.shared.conditions
        if !conditions.isEmpty {
            switch await conditions.decide(evaluation(invocation, input, namespace)) {
            case .matches: break
            case .doesNotMatch: return
            case .fails(let message): return Self.note(message, invocation, &problems)
            }
        }
        let key = invocation.key
        if attributes.reinvocation.isSecondRound, !attributes.reinvocation.policies.isDue(key) { return }
        let before = attributes.object
        for change in policy.programs.changes {
            guard let object = input.object else { break }
            let schema = attributes.registry.schema(of: invocation.match.kind, isWholeObject: attributes.isWholeObject)
            do throws(PolicyMutation.Failure) {
                let changed = try await PolicyMutation.object(
                    object, after: change, schema: schema, evaluation(invocation, input, namespace))
                if changed == object { continue }
                try await Self.take(changed, &attributes, invocation.match)
            } catch {
                Self.note(error.message, invocation, &problems)
                continue
            }
            input = try await AdmissionInput(attributes, as: invocation.match)
        }
        if attributes.object != before {
            attributes.reinvocation.policies.changed()
            attributes.reinvocation.request()
        }
        if policy.isReinvocable { attributes.reinvocation.policies.noteAsked(key) }
    }

    private static func take(
        _ changed: JSONObject, _ attributes: inout AdmissionAttributes, _ match: AdmissionMatch
    ) async throws(PolicyMutation.Failure) {
        do throws(StatusError) {
            try await attributes.take(changed, as: match)
        } catch {
            throw PolicyMutation.Failure(error.message)
        }
    }

    private func evaluation(
        _ invocation: Invocation, _ input: AdmissionInput, _ namespace: JSONObject?
    ) -> AdmissionEvaluation {
        invocation.policy.programs.shared.evaluation(
            input, parameter: invocation.parameter, namespace: namespace, authorizer: setting.authorizer)
    }

    // MARK: Problems

    private static func misconfigured(
        _ policy: CompiledMutatingPolicy, _ binding: PolicyBinding?, _ message: String, _ problems: inout [Problem]
    ) {
        guard !policy.core.failsOpen else { return }
        let text = "failed to configure \(binding == nil ? "policy" : "binding"): \(message)"
        problems.append(Problem(text: denial(policy, binding, text), reason: nil))
    }

    private static func note(_ message: String, _ invocation: Invocation, _ problems: inout [Problem]) {
        guard !invocation.policy.core.failsOpen else { return }
        problems.append(Problem(text: denial(invocation.policy, invocation.binding, message), reason: .invalid))
    }

    private static func denial(_ policy: CompiledMutatingPolicy, _ binding: PolicyBinding?, _ text: String) -> String {
        guard let binding else { return "policy \(GoQuote.quote(policy.core.name)) denied request: \(text)" }
        return "policy '\(policy.core.name)' with binding '\(binding.name)' denied request: \(text)"
    }

    private static func refusal(_ problems: [Problem], _ attributes: AdmissionAttributes) -> StatusError {
        let refusal = attributes.refusal("admission request denied by policy")
        var details = refusal.details
        details?.causes += problems.map { StatusError.Cause(message: $0.text) }
        return StatusError(
            code: refusal.code, reason: problems[0].reason ?? refusal.reason, message: problems[0].text,
            details: details)
    }
}
