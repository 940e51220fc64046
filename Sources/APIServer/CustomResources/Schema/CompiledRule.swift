import CEL
import Machinery

/// A rule of `x-kubernetes-validations`, compiled: for judging objects, and for judging the rule itself.
struct CompiledRule: Sendable {
    let rule: StructuralSchema.Rule
    let program: Result<CELProgram, CELCompileError>
    /// `nil` without a message expression.
    let message: Result<CELProgram, CELCompileError>?
    /// Whether the rule compares with what was before.
    let isTransition: Bool
    /// The field the rule speaks of, below the schema's; empty for the value itself.
    let field: String

    /// - Parameters:
    ///   - type: what expressions see of the schema's values.
    ///   - known: expressions that were accepted before: they may use what new ones may not yet.
    init(
        _ rule: StructuralSchema.Rule, _ schema: StructuralSchema, _ type: DeclaredType,
        isKnown: (_ expression: String) -> Bool = { _ in true }
    ) {
        self.rule = rule
        func environment(_ text: String) -> CELEnvironment {
            let base = CELEnvironment.kubernetes(isKnown(text) ? .storedExpressions : .newExpressions)
                .declaring("self", type)
            return rule.optionalOldSelf == true
                ? base.declaring("oldSelf", optional: type) : base.declaring("oldSelf", type)
        }
        program = Self.compile(rule.rule, in: environment(rule.rule), as: .bool)
        message =
            rule.messageExpression.isEmpty
            ? nil : Self.compile(rule.messageExpression, in: environment(rule.messageExpression), as: .string)
        if case .success(let program) = program {
            isTransition = program.uses("oldSelf")
        } else {
            isTransition = false
        }
        // A path that leads nowhere was refused when the definition was written.
        field = rule.fieldPath.isEmpty ? "" : (try? SchemaPath(rule.fieldPath, in: schema))?.text ?? ""
    }

    private static func compile(
        _ text: String, in environment: CELEnvironment, as type: CELType
    ) -> Result<CELProgram, CELCompileError> {
        do throws(CELCompileError) {
            return .success(try environment.compile(text, as: type))
        } catch {
            return .failure(error)
        }
    }

    /// The rule's own words: what errors say of it.
    var shown: String { (rule.message.isEmpty ? rule.rule : rule.message).trimmingWhitespace() }
}

extension String {
    /// The text without white space at its ends.
    func trimmingWhitespace() -> String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
