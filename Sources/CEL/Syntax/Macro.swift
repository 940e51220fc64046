/// A call as the parser met it, before it is known to be a macro.
struct MacroCall {
    let offset: Int
    let target: Expression?
    let arguments: [Expression]
}

/// What a macro makes of a call.
enum MacroResult {
    case expanded(Expression)
    /// It only looks like the macro (`x.bind(…)` where `x` is not `cel`).
    case notApplicable
    case wrong(String, at: Int)
}

/// A call that is rewritten when it is read.
struct Macro: Sendable {
    let name: String
    let isMember: Bool
    let count: Int
    let expand: @Sendable (MacroCall) -> MacroResult
}

/// The macros of an environment, by name and shape.
struct MacroSet: Sendable {
    private struct Key: Hashable {
        let name: String
        let isMember: Bool
        let count: Int
    }

    private var macros: [Key: Macro] = [:]

    init(_ macros: [Macro]) {
        add(macros)
    }

    mutating func add(_ added: [Macro]) {
        for macro in added {
            macros[Key(name: macro.name, isMember: macro.isMember, count: macro.count)] = macro
        }
    }

    func find(_ name: String, isMember: Bool, count: Int) -> Macro? {
        macros[Key(name: name, isMember: isMember, count: count)]
    }
}

/// Builds the nodes of an expansion, all at the macro's place.
struct MacroBuilder {
    let offset: Int

    func literal(_ value: CELValue) -> Expression { Expression(.literal(value), at: offset) }

    func name(_ name: String) -> Expression { Expression(.identifier(name), at: offset) }

    var accumulator: Expression { name(Expression.accumulatorName) }

    func call(_ name: String, _ arguments: Expression...) -> Expression {
        Expression(.call(name, target: nil, arguments: arguments), at: offset)
    }

    func member(_ name: String, of target: Expression) -> Expression {
        Expression(.call(name, target: target, arguments: []), at: offset)
    }

    func list(_ elements: Expression...) -> Expression {
        Expression(.list(elements.map { Expression.Element(value: $0, isOptional: false) }), at: offset)
    }

    var emptyMap: Expression { Expression(.map([]), at: offset) }

    /// A fold over `range` with the accumulator's own name.
    func fold(
        _ range: Expression, _ variables: [String], from initial: Expression, while condition: Expression,
        step: Expression, result: Expression? = nil
    ) -> Expression {
        Expression(
            .comprehension(
                Expression.Comprehension(
                    range: range, variable: variables[0],
                    secondVariable: variables.count > 1 ? variables[1] : nil,
                    accumulator: Expression.accumulatorName, initial: initial, condition: condition, step: step,
                    result: result ?? accumulator)),
            at: offset)
    }

    /// `result`, in which `name` is `value`: a fold over nothing.
    func bind(_ name: String, to value: Expression, in result: Expression) -> Expression {
        Expression(
            .comprehension(
                Expression.Comprehension(
                    range: list(), variable: "#unused", secondVariable: nil, accumulator: name, initial: value,
                    condition: literal(.bool(false)), step: self.name(name), result: result)),
            at: offset)
    }
}
