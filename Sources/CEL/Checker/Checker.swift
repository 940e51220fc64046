/// Deduces the type of every part of an expression and the overloads its calls can have.
///
/// All that is wrong is collected; a part that is wrong has type `error`, so that it is reported once.
/// Source: the CEL language definition, "Gradual Type Checking", with cel-go's texts.
struct Checker {
    let source: SourceText
    let functions: FunctionTable
    let types: TypeRegistry
    let variables: [String: DeclaredType]
    var mapping = TypeMapping()
    private(set) var issues: [CELIssue] = []
    private var scopes: [[String: CELType]] = []
    private(set) var referenced: Set<String> = []

    init(
        source: SourceText, functions: FunctionTable, types: TypeRegistry, variables: [String: DeclaredType]
    ) {
        self.source = source
        self.functions = functions
        self.types = types
        self.variables = variables
    }

    /// Checks the whole, then replaces type variables that stayed unknown by `dyn`.
    mutating func run(_ expression: Expression) {
        check(expression)
        var seen: Set<ObjectIdentifier> = []
        finish(expression, &seen)
    }

    mutating func report(_ message: String, at offset: Int) {
        issues.append(source.issue(message, at: offset))
    }

    func type(of expression: Expression) -> CELType { expression.type ?? .error }

    mutating func check(_ expression: Expression) {
        // An argument a macro uses twice is checked once.
        guard expression.type == nil else { return }
        switch expression.kind {
        case .literal(let value): expression.type = value.staticType
        case .identifier(let name): checkIdentifier(expression, name)
        case .select(let operand, let field, let isTest): checkSelect(expression, operand, field, isTest)
        case .call(let name, let target, let arguments): checkCall(expression, name, target, arguments)
        case .list(let elements): checkList(expression, elements)
        case .map(let entries): checkMap(expression, entries)
        case .structure(let name, let fields): checkStructure(expression, name, fields)
        case .comprehension(let fold): checkComprehension(expression, fold)
        }
    }

    // MARK: Names

    private func local(_ name: String) -> CELType? {
        for scope in scopes.reversed() {
            if let type = scope[name] { return type }
        }
        return nil
    }

    /// A declared variable or the name of a type.
    private mutating func global(_ name: String, _ expression: Expression) -> Bool {
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        if let variable = variables[plain] {
            referenced.insert(plain)
            expression.kind = .identifier("." + plain)
            expression.type = variable.celType
            return true
        }
        guard let named = types.typeNamed(plain) else { return false }
        expression.type = .type(named)
        expression.constant = .type(named)
        return true
    }

    private mutating func checkIdentifier(_ expression: Expression, _ name: String) {
        if let type = local(name) {
            expression.type = type
        } else if !global(name, expression) {
            undeclared(name, at: expression.offset)
            expression.type = .error
        }
    }

    mutating func undeclared(_ name: String, at offset: Int) {
        report("undeclared reference to '\(name)' (in container '')", at: offset)
    }

    private mutating func checkSelect(
        _ expression: Expression, _ operand: Expression, _ field: String, _ isTest: Bool
    ) {
        if !isTest, let name = expression.qualifiedName, let first = name.split(separator: ".").first,
            name.hasPrefix(".") || local(String(first)) == nil, global(name, expression)
        {
            return
        }
        let result = selectField(expression, operand, field, isOptional: false)
        expression.type = isTest ? .bool : mapping.substitute(result)
    }

    /// The type of a member, optional when the operand or the selection is.
    mutating func selectField(
        _ expression: Expression, _ operand: Expression, _ field: String, isOptional: Bool
    ) -> CELType {
        check(operand)
        let operandType = mapping.substitute(type(of: operand))
        let target = operandType.optionalElement ?? operandType
        var result = CELType.error
        switch target {
        case .map(_, let value): result = value
        case .object(let name):
            if let found = types.field(field, of: name) {
                result = found.type.celType
            } else {
                report("undefined field '\(field)'", at: expression.offset)
            }
        case .parameter:
            _ = mapping.isAssignable(.dyn, target)
            result = .dyn
        default:
            if !target.isDynOrError {
                report("type '\(target)' does not support field selection", at: expression.offset)
            }
            result = .dyn
        }
        return operandType.optionalElement != nil || isOptional ? .optional(result) : result
    }

    // MARK: Folds

    private mutating func checkComprehension(_ expression: Expression, _ fold: Expression.Comprehension) {
        check(fold.range)
        check(fold.initial)
        let range = mapping.substitute(type(of: fold.range))
        let accumulator = type(of: fold.initial)
        scopes.append([fold.accumulator: accumulator])
        var first = CELType.dyn
        var second = CELType.dyn
        switch range {
        case .list(let element):
            first = fold.secondVariable == nil ? element : .int
            second = element
        case .map(let key, let value):
            first = key
            second = value
        case .dyn, .error, .parameter:
            _ = mapping.isAssignable(.dyn, range)
        default:
            report(
                "expression of type '\(range)' cannot be range of a comprehension (must be list, map, or dynamic)",
                at: fold.range.offset)
            first = .error
            second = .error
        }
        var scope = [fold.variable: first]
        if let name = fold.secondVariable { scope[name] = second }
        scopes.append(scope)
        check(fold.condition)
        assert(fold.condition, is: .bool)
        check(fold.step)
        assert(fold.step, is: accumulator)
        scopes.removeLast()
        check(fold.result)
        scopes.removeLast()
        expression.type = mapping.substitute(type(of: fold.result))
    }

    private mutating func assert(_ expression: Expression, is wanted: CELType) {
        guard !mapping.isAssignable(wanted, type(of: expression)) else { return }
        mismatch(wanted, type(of: expression), at: expression.offset)
    }

    mutating func mismatch(_ wanted: CELType, _ found: CELType, at offset: Int) {
        report("expected type '\(wanted)' but found '\(found)'", at: offset)
    }
}
