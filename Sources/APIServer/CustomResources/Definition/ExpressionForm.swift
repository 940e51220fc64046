import Machinery

/// What can be said of `x-kubernetes-validations` without compiling them.
enum ExpressionForm {
    private static let reasons = [
        "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired",
    ]

    static func validate(_ schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        schema.rules.enumerated().flatMap { index, rule in
            validate(rule, schema, path.child("x-kubernetes-validations").index(index))
        }
    }

    private static func validate(
        _ rule: StructuralSchema.Rule, _ schema: StructuralSchema, _ path: FieldPath
    ) -> [FieldError] {
        var errors: [FieldError] = []
        let text = rule.rule.trimmingWhitespace()
        let message = rule.message.trimmingWhitespace()
        if text.isEmpty {
            errors.append(.required(path.child("rule"), "rule is not specified"))
        } else if !rule.message.isEmpty, message.isEmpty {
            errors.append(.invalid(path.child("message"), rule.message, "must be non-empty if specified"))
        } else if hasLineBreak(message) {
            errors.append(.invalid(path.child("message"), rule.message, "must not contain line breaks"))
        } else if hasLineBreak(text), message.isEmpty {
            errors.append(
                .required(path.child("message"), "message must be specified if rule contains line breaks"))
        }
        if !rule.messageExpression.isEmpty, rule.messageExpression.trimmingWhitespace().isEmpty {
            errors.append(
                .required(
                    path.child("messageExpression"), "messageExpression must be non-empty if specified"))
        }
        if let reason = rule.reason, !reasons.contains(reason) {
            errors.append(.notSupported(path.child("reason"), reason, supported: reasons))
        }
        guard !rule.fieldPath.isEmpty else { return errors }
        let place = path.child("fieldPath")
        if rule.fieldPath.trimmingWhitespace().isEmpty {
            errors.append(.invalid(place, rule.fieldPath, "must be non-empty if specified"))
        }
        if hasLineBreak(rule.fieldPath) {
            errors.append(.invalid(place, rule.fieldPath, "must not contain line breaks"))
        }
        do throws(SchemaPath.Failure) {
            _ = try SchemaPath(rule.fieldPath, in: schema)
        } catch {
            errors.append(.invalid(place, rule.fieldPath, "must be a valid path"))
        }
        return errors
    }

    private static func hasLineBreak(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
    }
}
