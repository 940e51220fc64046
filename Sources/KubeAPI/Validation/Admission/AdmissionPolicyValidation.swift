import Machinery

/// Policies written as expressions, and what binds them to requests (KEP-3488, KEP-3962).
package struct AdmissionPolicyValidation: Sendable {
    static let spec = FieldPath("spec")
    private static let maximumAnnotations = 20
    private static let maximumAnnotationBytes = 5 * 1024
    private static let validationReasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"]

    let expressions: any ExpressionChecking

    package init(expressions: any ExpressionChecking) {
        self.expressions = expressions
    }

    // MARK: Validating policies

    package func validate(_ policy: ValidatingAdmissionPolicy) -> [FieldError] { validate(policy, from: nil) }

    package func validateUpdate(
        _ new: ValidatingAdmissionPolicy, from old: ValidatingAdmissionPolicy
    ) -> [FieldError] {
        validate(new, from: old)
    }

    private func validate(
        _ policy: ValidatingAdmissionPolicy, from old: ValidatingAdmissionPolicy?
    ) -> [FieldError] {
        let given = policy.spec
        var stored = Set(old?.spec.matchConditions.map(\.expression) ?? [])
        for validation in old?.spec.validations ?? [] {
            stored.formUnion([validation.expression, validation.messageExpression ?? ""])
        }
        stored.formUnion(old?.spec.auditAnnotations.map(\.valueExpression) ?? [])
        stored.formUnion(old?.spec.variables.map(\.expression) ?? [])
        let common = Common(json: given.json, old: old?.spec.json, stored: stored)
        var errors = validate(common)
        let context = common.context(with: given.variables)
        let text = "validations or auditAnnotations must contain at least one item"
        if given.validations.isEmpty, given.auditAnnotations.isEmpty {
            errors.append(.required(Self.spec.child("validations"), text))
            errors.append(.required(Self.spec.child("auditAnnotations"), text))
        }
        for (index, validation) in given.validations.enumerated() {
            errors += validate(
                validation, context, stored: stored, at: Self.spec.child("validations").index(index))
        }
        return errors + validate(given.auditAnnotations, of: policy.name, context, stored: stored)
    }

    private func validate(
        _ validation: Validation, _ context: ExpressionContext, stored: Set<String>, at path: FieldPath
    ) -> [FieldError] {
        var errors: [FieldError] = []
        var context = context
        context.isStored = stored.contains(validation.expression)
        if validation.expression.isBlank {
            errors.append(.required(path.child("expression"), "expression is not specified"))
        } else {
            errors += expressions.check(validation.expression, .validation, context, at: path.child("expression"))
        }
        if let message = validation.messageExpression, !message.isEmpty {
            let place = path.child("messageExpression")
            context.isStored = stored.contains(message)
            context.hasAuthorizer = false
            errors +=
                message.isBlank
                ? [.invalid(place, message, "must be non-empty if specified")]
                : expressions.check(message, .message, context, at: place)
        }
        if let message = validation.message, !message.isEmpty {
            if message.isBlank {
                errors.append(.invalid(path.child("message"), message, "must be non-empty if specified"))
            } else if message.withoutOuterSpaces().contains(where: \.isNewline) {
                errors.append(.invalid(path.child("message"), message, "must not contain line breaks"))
            }
        }
        if let reason = validation.reason {
            errors += Check.supported(reason, Self.validationReasons, at: path.child("reason"))
        }
        return errors
    }

    private func validate(
        _ annotations: [AuditAnnotation], of policy: String, _ context: ExpressionContext, stored: Set<String>
    ) -> [FieldError] {
        let path = Self.spec.child("auditAnnotations")
        var errors: [FieldError] = []
        if annotations.count > Self.maximumAnnotations {
            errors.append(
                .invalid(
                    path, .array(annotations.map { .object($0.json) }),
                    "must not have more than \(Self.maximumAnnotations) auditAnnotations"))
        }
        for (index, annotation) in annotations.enumerated() {
            let key = path.index(index).child("key")
            errors +=
                policy.isEmpty
                ? [.invalid(key, annotation.key, "requires metadata.name be non-empty")]
                : Names.qualifiedName("\(policy)/\(annotation.key)").map {
                    .invalid(key, "\(policy)/\(annotation.key)", $0)
                }
            let place = path.index(index).child("valueExpression")
            let expression = annotation.valueExpression.withoutOuterSpaces()
            if expression.isEmpty {
                errors.append(.required(place, "valueExpression is not specified"))
            } else if expression.utf8.count > Self.maximumAnnotationBytes {
                errors.append(.required(place, "must not exceed \(Self.maximumAnnotationBytes) bytes in length"))
            } else {
                var context = context
                context.isStored = stored.contains(annotation.valueExpression)
                errors += expressions.check(expression, .auditAnnotation, context, at: place)
            }
        }
        return errors + Check.unique(annotations.map(\.key), at: path, key: "key")
    }

    package func validateStatus(_ policy: ValidatingAdmissionPolicy) -> [FieldError] {
        let path = FieldPath("status")
        let warnings = policy.status.typeChecking?.expressionWarnings ?? []
        let errors: [FieldError] = warnings.enumerated().flatMap { index, warning -> [FieldError] in
            let place = path.child("typeChecking", "expressionWarnings").index(index)
            return (warning.warning.isEmpty ? [.required(place.child("warning"))] : [])
                + (warning.fieldRef.isBlank ? [.required(place.child("fieldRef"))] : [])
        }
        return errors + Check.conditions(policy.status.conditions, at: path.child("conditions"))
    }

    // MARK: Mutating policies

    package func validate(_ policy: MutatingAdmissionPolicy) -> [FieldError] { validate(policy, from: nil) }

    package func validateUpdate(_ new: MutatingAdmissionPolicy, from old: MutatingAdmissionPolicy) -> [FieldError] {
        validate(new, from: old)
    }

    private func validate(_ policy: MutatingAdmissionPolicy, from old: MutatingAdmissionPolicy?) -> [FieldError] {
        let given = policy.spec
        var stored = Set(old?.spec.matchConditions.map(\.expression) ?? [])
        stored.formUnion(old?.spec.variables.map(\.expression) ?? [])
        for mutation in old?.spec.mutations ?? [] {
            stored.formUnion([
                mutation.applyConfiguration?.expression ?? "", mutation.jsonPatch?.expression ?? "",
            ])
        }
        let common = Common(json: given.json, old: old?.spec.json, stored: stored)
        var errors = validate(common)
        if let match = given.matchConstraints {
            errors += AdmissionRuleValidation.validate(mutating: match, at: Self.spec.child("matchConstraints"))
        }
        let context = common.context(with: given.variables)
        let path = Self.spec.child("mutations")
        if given.mutations.isEmpty { errors.append(.required(path, "mutations must contain at least one item")) }
        for (index, mutation) in given.mutations.enumerated() {
            errors += validate(mutation, context, stored: stored, at: path.index(index))
        }
        return errors
            + Check.oneOf(given.reinvocationPolicy, ["IfNeeded", "Never"], at: Self.spec.child("reinvocationPolicy"))
    }

    private func validate(
        _ mutation: Mutation, _ context: ExpressionContext, stored: Set<String>, at path: FieldPath
    ) -> [FieldError] {
        let members = ["JSONPatch": "jsonPatch", "ApplyConfiguration": "applyConfiguration"]
        let type = mutation.patchType
        if type.isEmpty { return [.required(path.child("patchType"))] }
        guard let own = members[type] else {
            return [.notSupported(path.child("patchType"), type, supported: members.keys.sorted())]
        }
        var errors: [FieldError] = []
        if let patch = mutation.json[own]?.objectValue {
            let expression = (patch.string("expression") ?? "")
            let place = path.child(own, "expression")
            var context = context
            context.isStored = stored.contains(expression)
            errors +=
                expression.isBlank
                ? [.required(place)]
                : expressions.check(
                    expression.withoutOuterSpaces(), own == "jsonPatch" ? .jsonPatch : .applyConfiguration, context,
                    at: place)
        } else {
            errors.append(.required(path.child(own), "must be specified when patchType is \(type)"))
        }
        for member in members.values where member != own && mutation.json[member] != nil {
            errors.append(
                .invalid(path.child(member), "{\(member)}", "must not be specified when patchType is \(type)"))
        }
        return errors
    }
}
