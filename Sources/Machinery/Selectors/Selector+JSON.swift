/// `metav1.LabelSelector`: the structured form of a selector, with `matchLabels` and `matchExpressions`.
extension Selector {
    /// The selector an object asks for. An absent one matches nothing, an empty one everything.
    package init(labelSelector object: JSONObject?) throws(SelectorError) {
        guard let object else {
            self = .nothing
            return
        }
        var requirements: [Requirement] = []
        for member in object["matchLabels"]?.objectValue?.members ?? [] {
            requirements.append(try Requirement(key: member.key, .equals, [member.value.stringValue ?? ""]))
        }
        for expression in object.values("matchExpressions") {
            guard let expression = expression.objectValue else { continue }
            let name = expression.string("operator") ?? ""
            guard let operation = Self.operations[name] else {
                throw SelectorError("\(GoQuote.quote(name)) is not a valid label selector operator")
            }
            requirements.append(
                try Requirement(key: expression.string("key") ?? "", operation, expression.strings("values")))
        }
        self.init(requirements)
    }

    private static let operations: [String: Operation] = [
        "In": .in, "NotIn": .notIn, "Exists": .exists, "DoesNotExist": .doesNotExist,
    ]

    /// What is wrong with a `LabelSelector` as part of an object.
    package static func validate(labelSelector object: JSONObject?, at path: FieldPath) -> [FieldError] {
        guard let object else { return [] }
        var errors = Names.validateLabels(object.stringMap("matchLabels"), at: path.child("matchLabels"))
        let list = path.child("matchExpressions")
        for (index, expression) in object.values("matchExpressions").enumerated() {
            errors += validate(expression: expression.objectValue ?? JSONObject(), at: list.index(index))
        }
        return errors
    }

    private static func validate(expression: JSONObject, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let values = expression.strings("values")
        let name = expression.string("operator") ?? ""
        switch operations[name] {
        case .in, .notIn:
            if values.isEmpty {
                errors.append(
                    .required(path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'"))
            }
        case .exists, .doesNotExist:
            if !values.isEmpty {
                errors.append(
                    .forbidden(
                        path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
            }
        case .equals, .doubleEquals, .notEquals, .greaterThan, .lessThan, nil:
            errors.append(.invalid(path.child("operator"), name, "not a valid selector operator"))
        }
        let key = expression.string("key") ?? ""
        errors += Names.qualifiedName(key).map { .invalid(path.child("key"), key, $0) }
        for (index, value) in values.enumerated() {
            errors += Names.labelValue(value).map { .invalid(path.child("values").index(index), value, $0) }
        }
        return errors
    }
}
