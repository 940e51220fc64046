extension Checker {
    mutating func checkCall(
        _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
    ) {
        if name == Operators.optionalSelect, arguments.count == 2,
            case .literal(.string(let field)) = arguments[1].kind
        {
            arguments[1].type = .string
            let result = selectField(expression, arguments[0], field, isOptional: true)
            expression.type = mapping.substitute(result)
            expression.overloads = functions.find(name) ?? []
            return
        }
        for argument in arguments { check(argument) }
        if let prefix = target?.qualifiedName, !prefix.hasPrefix(".@") {
            // `math.greatest(…)`: a function whose name has dots, not a method.
            let full = prefix.hasPrefix(".") ? String(prefix.dropFirst()) + "." + name : prefix + "." + name
            if functions.find(full) != nil {
                expression.kind = .call(full, target: nil, arguments: arguments)
                return resolve(expression, full, nil, arguments)
            }
        }
        if let target { check(target) }
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        guard functions.find(plain) != nil else {
            expression.type = .error
            return undeclared(plain, at: expression.offset)
        }
        if plain != name { expression.kind = .call(plain, target: target, arguments: arguments) }
        resolve(expression, plain, target, arguments)
    }

    private mutating func resolve(
        _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
    ) {
        let given = (target.map { [$0] } ?? []) + arguments
        let types = given.map { type(of: $0) }
        let candidates = (functions.find(name) ?? []).filter { $0.isMember == (target != nil) }
        if name == Operators.and || name == Operators.or, let overload = candidates.first {
            return resolveLogical(expression, overload, given, types)
        }
        var result: CELType?
        var matching: [Overload] = []
        for overload in candidates {
            var parameters = overload.parameters
            var resultType = overload.result
            if overload.isGeneric { (parameters, resultType) = instantiate(overload) }
            guard mapping.areAssignable(types, parameters) else { continue }
            matching.append(overload)
            let deduced = mapping.substitute(resultType)
            if let known = result {
                if !known.isDyn, deduced != known { result = .dyn }
            } else {
                result = deduced
            }
        }
        guard let result else {
            let shown = types.map { mapping.substitute($0, unknownAsDyn: true) }
            report(
                "found no matching overload for '\(name)' applied to '\(Self.signature(shown, target != nil))'",
                at: expression.offset)
            expression.type = .error
            return
        }
        expression.type = result
        expression.overloads = matching
    }

    private mutating func resolveLogical(
        _ expression: Expression, _ overload: Overload, _ given: [Expression], _ types: [CELType]
    ) {
        var isWrong = false
        for (argument, type) in zip(given, types) where !mapping.isAssignable(type, .bool) {
            mismatch(.bool, mapping.substitute(type, unknownAsDyn: true), at: argument.offset)
            isWrong = true
        }
        expression.type = isWrong ? .error : .bool
        expression.overloads = [overload]
    }

    /// A generic signature with type variables of its own.
    private mutating func instantiate(_ overload: Overload) -> (parameters: [CELType], result: CELType) {
        var fresh: [String: CELType] = [:]
        let parameters = overload.parameters.map { instantiate($0, &fresh) }
        return (parameters, instantiate(overload.result, &fresh))
    }

    private mutating func instantiate(_ type: CELType, _ fresh: inout [String: CELType]) -> CELType {
        switch type {
        case .parameter(let name):
            if let known = fresh[name] { return known }
            let made = mapping.fresh()
            fresh[name] = made
            return made
        case .list(let element): return .list(instantiate(element, &fresh))
        case .map(let key, let value): return .map(instantiate(key, &fresh), instantiate(value, &fresh))
        case .opaque(let name, let parameters):
            return .opaque(name, parameters.map { instantiate($0, &fresh) })
        case .type(let inner?): return .type(instantiate(inner, &fresh))
        default: return type
        }
    }

    private static func signature(_ types: [CELType], _ isMember: Bool) -> String {
        let plain = isMember ? Array(types.dropFirst()) : types
        let list = "(" + plain.map(\.description).joined(separator: ", ") + ")"
        return isMember ? "\(types[0]).\(list)" : list
    }
}
