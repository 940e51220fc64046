/// What is known of type variables while an expression is checked, and the rules of assignability.
///
/// Source: cel-go's checker/types.go; its order of decisions is kept because it decides which types are deduced.
struct TypeMapping {
    private var bindings: [String: CELType] = [:]
    private var free = 0

    /// A type variable nothing is known of.
    mutating func fresh() -> CELType {
        free += 1
        return .parameter("_var\(free - 1)")
    }

    /// A type with its variables replaced by what is known; what is not known stays, or becomes `dyn`.
    func substitute(_ type: CELType, unknownAsDyn: Bool = false) -> CELType {
        switch type {
        case .parameter(let name):
            if let bound = bindings[name] { return substitute(bound, unknownAsDyn: unknownAsDyn) }
            return unknownAsDyn ? .dyn : type
        case .list(let element): return .list(substitute(element, unknownAsDyn: unknownAsDyn))
        case .map(let key, let value):
            return .map(
                substitute(key, unknownAsDyn: unknownAsDyn), substitute(value, unknownAsDyn: unknownAsDyn))
        case .opaque(let name, let parameters):
            return .opaque(name, parameters.map { substitute($0, unknownAsDyn: unknownAsDyn) })
        case .type(let inner?): return .type(substitute(inner, unknownAsDyn: unknownAsDyn))
        default: return type
        }
    }

    /// Whether values of one type may stand where the other is wanted; what that says of variables is kept only then.
    mutating func isAssignable(_ first: CELType, _ second: CELType) -> Bool {
        var trial = self
        guard trial.assign(first, second) else { return false }
        self = trial
        return true
    }

    mutating func areAssignable(_ first: [CELType], _ second: [CELType]) -> Bool {
        var trial = self
        guard trial.assign(first, second) else { return false }
        self = trial
        return true
    }

    private mutating func assign(_ first: [CELType], _ second: [CELType]) -> Bool {
        guard first.count == second.count else { return false }
        for (one, other) in zip(first, second) where !assign(one, other) { return false }
        return true
    }

    private mutating func assign(_ first: CELType, _ second: CELType) -> Bool {
        if case .parameter(let name) = second {
            let (isValid, isBound) = bind(name, to: first)
            if isValid { return true }
            if isBound { return false }
        }
        if case .parameter(let name) = first { return bind(name, to: second).isValid }
        if first.isDynOrError || second.isDynOrError { return true }
        if first == .null { return Self.isNullable(second) }
        if second == .null { return Self.isNullable(first) }
        switch (first, second) {
        case (.type, .type): return true
        case (.list(let one), .list(let other)): return assign(one, other)
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            return assign([key, value], [otherKey, otherValue])
        case (.opaque(let name, let parameters), .opaque(let otherName, let otherParameters)):
            return name == otherName && assign(parameters, otherParameters)
        default: return first == second
        }
    }

    private static func isNullable(_ type: CELType) -> Bool {
        switch type {
        case .opaque, .object, .duration, .timestamp, .null: true
        default: false
        }
    }

    private mutating func bind(_ name: String, to type: CELType) -> (isValid: Bool, isBound: Bool) {
        if type == .parameter(name) { return (true, true) }
        if let bound = bindings[name] {
            if type == bound { return (true, true) }
            guard assign(type, bound) else { return (false, true) }
            let general = Self.isEqualOrLessSpecific(type, bound) ? type : bound
            if isAbsent(name, from: general) { bindings[name] = general }
            return (true, true)
        }
        guard isAbsent(name, from: type) else { return (false, false) }
        bindings[name] = type
        return (true, false)
    }

    private func isAbsent(_ name: String, from type: CELType) -> Bool {
        if case .parameter(let other) = type {
            if other == name { return false }
            return bindings[other].map { isAbsent(name, from: $0) } ?? true
        }
        return type.parameters.allSatisfy { isAbsent(name, from: $0) }
    }

    /// The more general of two types that agree.
    static func mostGeneral(_ first: CELType, _ second: CELType) -> CELType {
        isEqualOrLessSpecific(first, second) ? first : second
    }

    private static func isEqualOrLessSpecific(_ first: CELType, _ second: CELType) -> Bool {
        if first.isDyn { return true }
        if case .parameter = first { return true }
        if second.isDyn { return false }
        if case .parameter = second { return false }
        switch (first, second) {
        case (.list, .list), (.map, .map):
            return zip(first.parameters, second.parameters).allSatisfy(isEqualOrLessSpecific)
        case (.opaque(let name, let parameters), .opaque(let otherName, let otherParameters)):
            return name == otherName && parameters.count == otherParameters.count
                && zip(parameters, otherParameters).allSatisfy(isEqualOrLessSpecific)
        case (.type, .type): return true
        default: return first == second
        }
    }
}
