/// A node of the syntax tree. The checker writes types and overloads into it; the planner makes a program of it.
///
/// A class, because macros use one argument in several places and the checker must see it once.
final class Expression {
    indirect enum Kind {
        case literal(CELValue)
        case identifier(String)
        /// `isTest`: whether the member is there, from `has(…)`.
        case select(Expression, field: String, isTest: Bool)
        case call(String, target: Expression?, arguments: [Expression])
        case list([Element])
        case map([Entry])
        case structure(String, [FieldValue])
        case comprehension(Comprehension)
    }

    struct Element {
        let value: Expression
        let isOptional: Bool
    }

    struct Entry {
        let offset: Int
        let key: Expression
        let value: Expression
        let isOptional: Bool
    }

    struct FieldValue {
        let offset: Int
        let name: String
        let value: Expression
        let isOptional: Bool
    }

    /// What all macros over lists and maps become: a fold.
    struct Comprehension {
        let range: Expression
        let variable: String
        /// With two variables the first is index or key, the second the value.
        var secondVariable: String?
        let accumulator: String
        let initial: Expression
        let condition: Expression
        let step: Expression
        let result: Expression
    }

    /// The byte errors about this node point at.
    let offset: Int
    var kind: Kind
    /// Set by the checker.
    var type: CELType?
    /// The overloads that fit, set by the checker.
    var overloads: [Overload] = []
    /// The type an identifier names, when it names one (`int`, `type(x) == string`).
    var constant: CELValue?

    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// The accumulator of macros: no identifier of the language, so that nothing can shadow it.
    static let accumulatorName = "@result"

    /// A plain name.
    var identifier: String? {
        if case .identifier(let name) = kind { return name }
        return nil
    }

    /// `a.b.c` as one name, when it is nothing but names.
    var qualifiedName: String? {
        switch kind {
        case .identifier(let name): return name
        case .select(let operand, let field, isTest: false): return operand.qualifiedName.map { $0 + "." + field }
        default: return nil
        }
    }
}
