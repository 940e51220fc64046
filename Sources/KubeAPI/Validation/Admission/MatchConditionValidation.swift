import Machinery

/// Expressions that say whether a webhook or a policy is interested in a request.
struct MatchConditionValidation {
    private static let maximum = 64

    let expressions: any ExpressionChecking
    var hasParams = false
    /// Expressions that are in the store already.
    var stored: Set<String> = []

    func validate(_ conditions: [MatchCondition], at path: FieldPath) -> [FieldError] {
        var errors = Check.atMost(Self.maximum, conditions.count, at: path)
        var names: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            let place = path.index(index)
            let expression = condition.expression.withoutOuterSpaces()
            if expression.isEmpty {
                errors.append(.required(place.child("expression")))
            } else {
                var context = ExpressionContext()
                context.hasParams = hasParams
                context.isStored = stored.contains(condition.expression)
                errors += expressions.check(expression, .matchCondition, context, at: place.child("expression"))
            }
            errors += Check.name(condition.name, at: place.child("name"), Names.qualifiedName)
            if !condition.name.isEmpty, !names.insert(condition.name).inserted {
                errors.append(.duplicate(place.child("name"), condition.name))
            }
        }
        return errors
    }
}

extension ExpressionChecking {
    func check(
        _ expression: String, _ use: ExpressionUse, _ context: ExpressionContext, at path: FieldPath
    ) -> [FieldError] {
        problem(in: expression, use, context).map { [.invalid(path, expression, $0)] } ?? []
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    func withoutOuterSpaces() -> String {
        let start = drop(while: \.isWhitespace)
        return String(
            start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex))
    }

    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
