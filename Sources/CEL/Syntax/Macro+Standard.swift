/// The macros of the language, and those over two variables.
extension Macro {
    static let standard: [Macro] =
        [Macro(name: "has", isMember: false, count: 1, expand: has)]
        + [2, 3].flatMap { count in
            [
                Macro(name: "all", isMember: true, count: count, expand: all),
                Macro(name: "exists", isMember: true, count: count, expand: exists),
                Macro(name: "exists_one", isMember: true, count: count, expand: existsOne),
                Macro(name: "existsOne", isMember: true, count: count, expand: existsOne),
            ]
        }
        + [
            Macro(name: "map", isMember: true, count: 2, expand: map),
            Macro(name: "map", isMember: true, count: 3, expand: map),
            Macro(name: "filter", isMember: true, count: 2, expand: filter),
        ]
        + [3, 4].flatMap { count in
            [
                Macro(name: "transformList", isMember: true, count: count, expand: transformList),
                Macro(name: "transformMap", isMember: true, count: count, expand: transformMap),
                Macro(name: "transformMapEntry", isMember: true, count: count, expand: transformMapEntry),
            ]
        }

    static let optionals: [Macro] = [
        Macro(name: "optMap", isMember: true, count: 2) { optional($0, isFlat: false) },
        Macro(name: "optFlatMap", isMember: true, count: 2) { optional($0, isFlat: true) },
    ]

    static let lists: [Macro] = [Macro(name: "sortBy", isMember: true, count: 2, expand: sortBy)]

    static let bindings: [Macro] = [Macro(name: "bind", isMember: true, count: 3, expand: bind)]

    private static func has(_ call: MacroCall) -> MacroResult {
        guard case .select(let operand, let field, isTest: false) = call.arguments[0].kind else {
            return .wrong("invalid argument to has() macro", at: call.arguments[0].offset)
        }
        return .expanded(Expression(.select(operand, field: field, isTest: true), at: call.offset))
    }

    /// The names of a fold's variables: the first `count` arguments.
    private static func variables(
        _ call: MacroCall, _ count: Int, message: String = "argument must be a simple name"
    ) -> Result<[String], WrongVariable> {
        var names: [String] = []
        for argument in call.arguments.prefix(count) {
            guard let name = argument.identifier, !name.hasPrefix(".") else {
                return .failure(WrongVariable(message: message, offset: argument.offset))
            }
            if names.contains(name) {
                return .failure(WrongVariable(message: "duplicate variable name: \(name)", offset: argument.offset))
            }
            if name == "__result__" {
                return .failure(
                    WrongVariable(
                        message: "iteration variable overwrites accumulator variable", offset: argument.offset))
            }
            names.append(name)
        }
        return .success(names)
    }

    private struct WrongVariable: Error {
        let message: String
        let offset: Int
        var result: MacroResult { .wrong(message, at: offset) }
    }

    private static func quantifier(
        _ call: MacroCall, _ make: (MacroBuilder, Expression, [String], Expression) -> Expression
    ) -> MacroResult {
        guard let target = call.target else { return .notApplicable }
        switch variables(call, call.arguments.count - 1) {
        case .failure(let wrong): return wrong.result
        case .success(let names):
            let predicate = call.arguments[call.arguments.count - 1]
            return .expanded(make(MacroBuilder(offset: call.offset), target, names, predicate))
        }
    }

    private static func all(_ call: MacroCall) -> MacroResult {
        quantifier(call) { build, range, names, predicate in
            build.fold(
                range, names, from: build.literal(.bool(true)),
                while: build.call(Operators.notStrictlyFalse, build.accumulator),
                step: build.call(Operators.and, build.accumulator, predicate))
        }
    }

    private static func exists(_ call: MacroCall) -> MacroResult {
        quantifier(call) { build, range, names, predicate in
            build.fold(
                range, names, from: build.literal(.bool(false)),
                while: build.call(Operators.notStrictlyFalse, build.call(Operators.not, build.accumulator)),
                step: build.call(Operators.or, build.accumulator, predicate))
        }
    }

    private static func existsOne(_ call: MacroCall) -> MacroResult {
        quantifier(call) { build, range, names, predicate in
            build.fold(
                range, names, from: build.literal(.int(0)), while: build.literal(.bool(true)),
                step: build.call(
                    Operators.conditional, predicate,
                    build.call(Operators.add, build.accumulator, build.literal(.int(1))), build.accumulator),
                result: build.call(Operators.equal, build.accumulator, build.literal(.int(1))))
        }
    }

    private static func map(_ call: MacroCall) -> MacroResult {
        collecting(call, variableCount: 1, message: "argument is not an identifier", from: { $0.list() }) {
            build, _, value in
            build.call(Operators.add, build.accumulator, build.list(value))
        }
    }

    private static func filter(_ call: MacroCall) -> MacroResult {
        guard let target = call.target else { return .notApplicable }
        switch variables(call, 1, message: "argument is not an identifier") {
        case .failure(let wrong): return wrong.result
        case .success(let names):
            let build = MacroBuilder(offset: call.offset)
            let added = build.call(Operators.add, build.accumulator, build.list(call.arguments[0]))
            return .expanded(
                build.fold(
                    target, names, from: build.list(), while: build.literal(.bool(true)),
                    step: build.call(Operators.conditional, call.arguments[1], added, build.accumulator)))
        }
    }

    private static func transformList(_ call: MacroCall) -> MacroResult {
        collecting(call, variableCount: 2, from: { $0.list() }) { build, _, value in
            build.call(Operators.add, build.accumulator, build.list(value))
        }
    }

    private static func transformMap(_ call: MacroCall) -> MacroResult {
        collecting(call, variableCount: 2, from: { $0.emptyMap }) { build, names, value in
            build.call("cel.@mapInsert", build.accumulator, build.name(names[0]), value)
        }
    }

    private static func transformMapEntry(_ call: MacroCall) -> MacroResult {
        collecting(call, variableCount: 2, from: { $0.emptyMap }) { build, _, value in
            build.call("cel.@mapInsert", build.accumulator, value)
        }
    }

    /// A fold that collects what the last argument makes of each element, of those the one before it selects.
    private static func collecting(
        _ call: MacroCall, variableCount: Int, message: String = "argument must be a simple name",
        from initial: (MacroBuilder) -> Expression,
        adding: (MacroBuilder, [String], Expression) -> Expression
    ) -> MacroResult {
        guard let target = call.target else { return .notApplicable }
        switch variables(call, variableCount, message: message) {
        case .failure(let wrong): return wrong.result
        case .success(let names):
            let build = MacroBuilder(offset: call.offset)
            var step = adding(build, names, call.arguments[call.arguments.count - 1])
            if call.arguments.count == variableCount + 2 {
                step = build.call(Operators.conditional, call.arguments[variableCount], step, build.accumulator)
            }
            return .expanded(
                build.fold(target, names, from: initial(build), while: build.literal(.bool(true)), step: step))
        }
    }

    private static func optional(_ call: MacroCall, isFlat: Bool) -> MacroResult {
        guard let target = call.target else { return .notApplicable }
        guard let name = call.arguments[0].identifier else {
            let function = isFlat ? "optFlatMap" : "optMap"
            return .wrong("\(function)() variable name must be a simple identifier", at: call.arguments[0].offset)
        }
        let build = MacroBuilder(offset: call.offset)
        let bound = build.bind(name, to: build.member("value", of: target), in: call.arguments[1])
        return .expanded(
            build.call(
                Operators.conditional, build.member("hasValue", of: target),
                isFlat ? bound : build.call("optional.of", bound), build.call("optional.none")))
    }

    private static func bind(_ call: MacroCall) -> MacroResult {
        guard call.target?.identifier == "cel" else { return .notApplicable }
        guard let name = call.arguments[0].identifier else {
            return .wrong("cel.bind() variable names must be simple identifiers", at: call.arguments[0].offset)
        }
        return .expanded(
            MacroBuilder(offset: call.offset).bind(name, to: call.arguments[1], in: call.arguments[2]))
    }

    /// Sorts by what an expression makes of each element.
    private static func sortBy(_ call: MacroCall) -> MacroResult {
        guard let target = call.target else { return .notApplicable }
        let build = MacroBuilder(offset: call.offset)
        let input = "@__sortBy_input__"
        let mapped = map(MacroCall(offset: call.offset, target: build.name(input), arguments: call.arguments))
        guard case .expanded(let keys) = mapped else { return mapped }
        let sorted = Expression(
            .call("@sortByAssociatedKeys", target: build.name(input), arguments: [keys]), at: call.offset)
        return .expanded(build.bind(input, to: target, in: sorted))
    }
}
