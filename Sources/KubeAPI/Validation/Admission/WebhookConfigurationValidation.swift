import Machinery

/// Webhooks that judge or change what is written.
package struct WebhookConfigurationValidation: Sendable {
    private static let reviewVersions = ["v1", "v1beta1"]
    private static let harmless = ["None", "NoneOnDryRun"]
    private static let sideEffects = ["None", "NoneOnDryRun", "Some", "Unknown"]

    private let expressions: any ExpressionChecking

    package init(expressions: any ExpressionChecking) {
        self.expressions = expressions
    }

    package func validate(_ configuration: ValidatingWebhookConfiguration) -> [FieldError] {
        validate(hooks(configuration), from: nil)
    }

    package func validate(_ configuration: MutatingWebhookConfiguration) -> [FieldError] {
        validate(configuration.webhooks, from: nil)
    }

    package func validateUpdate(
        _ new: ValidatingWebhookConfiguration, from old: ValidatingWebhookConfiguration
    ) -> [FieldError] {
        validate(hooks(new), from: hooks(old))
    }

    package func validateUpdate(
        _ new: MutatingWebhookConfiguration, from old: MutatingWebhookConfiguration
    ) -> [FieldError] {
        validate(new.webhooks, from: old.webhooks)
    }

    /// A validating webhook has the fields of a mutating one but for `reinvocationPolicy`.
    private func hooks(_ configuration: ValidatingWebhookConfiguration) -> [MutatingWebhook] {
        configuration.json.views("webhooks")
    }

    /// - Parameter old: what was wrong before may stay wrong.
    private func validate(_ hooks: [MutatingWebhook], from old: [MutatingWebhook]?) -> [FieldError] {
        var errors: [FieldError] = []
        let path = FieldPath("webhooks")
        let before = old ?? []
        let rules = Rules(
            mustBeHarmless: before.allSatisfy { Self.harmless.contains($0.sideEffects) },
            mustBeUnderstood: before.allSatisfy { hook in
                hook.admissionReviewVersions.isEmpty
                    || hook.admissionReviewVersions.contains(where: Self.reviewVersions.contains)
            },
            checksConditions: old == nil || before.map(\.matchConditions) != hooks.map(\.matchConditions),
            stored: Set(before.flatMap(\.matchConditions).map(\.expression)))
        let namesAreUnique = Set(before.map(\.name)).count == before.count
        var names: Set<String> = []
        for (index, hook) in hooks.enumerated() {
            let place = path.index(index)
            errors += validate(hook, rules, at: place)
            if namesAreUnique, !hook.name.isEmpty, !names.insert(hook.name).inserted {
                errors.append(.duplicate(place.child("name"), hook.name))
            }
        }
        return errors
    }

    private struct Rules {
        let mustBeHarmless: Bool
        let mustBeUnderstood: Bool
        let checksConditions: Bool
        let stored: Set<String>
    }

    private func validate(_ hook: MutatingWebhook, _ rules: Rules, at path: FieldPath) -> [FieldError] {
        var errors = qualified(hook.name, at: path.child("name"))
        for (index, rule) in hook.rules.enumerated() {
            errors += AdmissionRuleValidation.validate(rule, at: path.child("rules").index(index))
        }
        errors += Check.oneOfIfGiven(hook.failurePolicy, ["Fail", "Ignore"], at: path.child("failurePolicy"))
        errors += Check.oneOfIfGiven(hook.matchPolicy, ["Equivalent", "Exact"], at: path.child("matchPolicy"))
        errors += Check.oneOfIfGiven(
            hook.reinvocationPolicy, ["IfNeeded", "Never"], at: path.child("reinvocationPolicy"))
        let allowed = rules.mustBeHarmless ? Self.harmless : Self.sideEffects
        if hook.json["sideEffects"] == nil {
            errors.append(
                .required(path.child("sideEffects"), "must specify one of \(allowed.joined(separator: ", "))"))
        } else {
            errors += Check.supported(hook.sideEffects, allowed, at: path.child("sideEffects"))
        }
        if let seconds = hook.timeoutSeconds, !(1...30).contains(seconds) {
            errors.append(
                .invalid(
                    path.child("timeoutSeconds"), seconds, "the timeout value must be between 1 and 30 seconds"))
        }
        for key in ["namespaceSelector", "objectSelector"] {
            errors += Selector.validate(labelSelector: hook.json[key]?.objectValue, at: path.child(key))
        }
        errors += WebhookClientValidation.validate(hook.clientConfig, at: path.child("clientConfig"))
        if rules.checksConditions {
            errors += MatchConditionValidation(expressions: expressions, stored: rules.stored)
                .validate(hook.matchConditions, at: path.child("matchConditions"))
        }
        return errors
            + validate(
                versions: hook.admissionReviewVersions, mustBeUnderstood: rules.mustBeUnderstood,
                at: path.child("admissionReviewVersions"))
    }

    private func qualified(_ name: String, at path: FieldPath) -> [FieldError] {
        if name.isEmpty { return [.required(path)] }
        let problems = Names.dns1123Subdomain(name)
        if !problems.isEmpty { return [.invalid(path, name, problems.joined(separator: ","))] }
        guard name.split(separator: ".").count < 3 else { return [] }
        return [.invalid(path, name, "should be a domain with at least three segments separated by dots")]
    }

    private func validate(versions: [String], mustBeUnderstood: Bool, at path: FieldPath) -> [FieldError] {
        let known = Self.reviewVersions.joined(separator: ", ")
        if versions.isEmpty { return [.required(path, "must specify one of \(known)")] }
        var errors: [FieldError] = []
        var seen: Set<String> = []
        for (index, version) in versions.enumerated() {
            let place = path.index(index)
            guard seen.insert(version).inserted else {
                errors.append(.invalid(place, version, "duplicate version"))
                continue
            }
            errors += Names.dns1035Label(version).map { .invalid(place, version, $0) }
        }
        if mustBeUnderstood, seen.isDisjoint(with: Self.reviewVersions) {
            errors.append(
                .invalid(path, .array(versions.map(JSON.string)), "must include at least one of \(known)"))
        }
        return errors
    }
}
