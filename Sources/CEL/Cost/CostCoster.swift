/// Estimates the least and the most an expression can cost, from the sizes its variables' schemas allow.
///
/// Source: cel-go's checker/cost.go and Kubernetes' cel/library/cost.go. The numbers decide which rules a CRD may
/// contain, so the model is kept in every detail, odd ones included.
struct CostCoster {
    struct EntrySize {
        let isList: Bool
        let key: CostEstimate
        let value: CostEstimate

        func union(_ other: EntrySize) -> EntrySize {
            EntrySize(isList: isList, key: key.union(other.key), value: value.union(other.value))
        }
    }

    struct Local {
        let path: [String]?
        let size: CostEstimate?
        let entrySize: EntrySize?
    }

    let variables: [String: DeclaredType]
    private var paths: [ObjectIdentifier: [String]] = [:]
    private var sizes: [ObjectIdentifier: CostEstimate] = [:]
    private var entrySizes: [ObjectIdentifier: EntrySize] = [:]
    private var costs: [ObjectIdentifier: CostEstimate] = [:]
    private var locals: [String: [Local]] = [:]

    init(variables: [String: DeclaredType]) {
        self.variables = variables
    }

    mutating func cost(_ expression: Expression) -> CostEstimate {
        if let known = costs[ObjectIdentifier(expression)] { return known }
        let cost = costAnew(expression)
        costs[ObjectIdentifier(expression)] = cost
        return cost
    }

    private mutating func costAnew(_ expression: Expression) -> CostEstimate {
        switch expression.kind {
        case .literal: return .zero
        case .identifier(let name): return identifier(expression, name)
        case .select(let operand, let field, let isTest): return select(expression, operand, field, isTest)
        case .call(let name, let target, let arguments): return call(expression, name, target, arguments)
        case .list(let elements): return list(expression, elements)
        case .map(let entries): return map(expression, entries)
        case .structure(_, let fields):
            return fields.reduce(CostEstimate(CostFactors.structureCreation)) { $0 + cost($1.value) }
        case .comprehension(let fold):
            return fold.accumulator == Expression.accumulatorName
                ? comprehension(expression, fold) : bind(expression, fold)
        }
    }

    // MARK: Paths and sizes

    func path(_ expression: Expression) -> [String]? {
        if case .identifier(let name) = expression.kind, let local = locals[name]?.last { return local.path }
        return paths[ObjectIdentifier(expression)]
    }

    mutating func setPath(_ expression: Expression, _ path: [String]?) {
        paths[ObjectIdentifier(expression)] = path
    }

    mutating func setSize(_ expression: Expression, _ size: CostEstimate?) {
        if let size { sizes[ObjectIdentifier(expression)] = size }
    }

    mutating func setEntrySize(_ expression: Expression, _ size: EntrySize?) {
        if let size { entrySizes[ObjectIdentifier(expression)] = size }
    }

    func sizeOrUnknown(_ expression: Expression) -> CostEstimate { size(expression) ?? .unknownSize }

    func size(_ expression: Expression) -> CostEstimate? {
        if let known = sizes[ObjectIdentifier(expression)] { return known }
        if let literal = Self.literalSize(expression) { return literal }
        if let declared = declaredSize(path(expression)) { return declared }
        if let type = expression.type, type.isScalar { return CostEstimate(1) }
        if case .identifier(let name) = expression.kind { return locals[name]?.last?.size }
        return nil
    }

    private static func literalSize(_ expression: Expression) -> CostEstimate? {
        switch expression.kind {
        case .literal(.string(let text)): CostEstimate(UInt64(CodePoints.count(text)))
        case .literal(.bytes(let bytes)): CostEstimate(UInt64(bytes.count))
        case .literal: CostEstimate(1)
        case .list(let elements): CostEstimate(UInt64(elements.count))
        case .map(let entries): CostEstimate(UInt64(entries.count))
        case .identifier, .select, .call, .structure, .comprehension: nil
        }
    }

    /// What the schema says of the sizes at a path.
    func declaredSize(_ path: [String]?) -> CostEstimate? {
        guard let path, let root = path.first else { return nil }
        guard var type = variables[root.hasPrefix(".") ? String(root.dropFirst()) : root] else { return nil }
        for name in path.dropFirst() {
            switch (name, type.shape) {
            case ("@items", .list(let element, _)), ("@values", .list(let element, _)): type = element
            case ("@items", .map(let value)), ("@values", .map(let value)): type = value
            case ("@keys", .map): type = .string(maximumLength: 0)
            default:
                guard let field = type.field(name) else { return nil }
                type = field.type
            }
        }
        return CostEstimate(minimum: 0, maximum: type.maximumElements)
    }

    func entrySize(_ expression: Expression) -> EntrySize? {
        if let known = entrySizes[ObjectIdentifier(expression)] { return known }
        if case .identifier(let name) = expression.kind { return locals[name]?.last?.entrySize }
        return nil
    }

    // MARK: Nodes

    private mutating func identifier(_ expression: Expression, _ name: String) -> CostEstimate {
        setPath(expression, locals[name]?.last.map(\.path) ?? [name])
        return CostEstimate(CostFactors.selection)
    }

    private mutating func select(
        _ expression: Expression, _ operand: Expression, _ field: String, _ isTest: Bool
    ) -> CostEstimate {
        var sum = cost(operand)
        if isTest { return sum }
        switch operand.type ?? .dyn {
        case .map, .object, .parameter: sum = sum + CostEstimate(CostFactors.selection)
        default: break
        }
        setPath(expression, (path(operand) ?? []) + [field])
        return sum
    }

    private mutating func list(_ expression: Expression, _ elements: [Expression.Element]) -> CostEstimate {
        var sum = CostEstimate(CostFactors.listCreation)
        var itemSize = CostEstimate(minimum: elements.isEmpty ? 0 : .max, maximum: 0)
        for element in elements {
            sum = sum + cost(element.value)
            itemSize = itemSize.union(sizeOrUnknown(element.value))
        }
        setEntrySize(expression, EntrySize(isList: true, key: CostEstimate(1), value: itemSize))
        return sum
    }

    private mutating func map(_ expression: Expression, _ entries: [Expression.Entry]) -> CostEstimate {
        var sum = CostEstimate(CostFactors.mapCreation)
        var keys = CostEstimate(minimum: entries.isEmpty ? 0 : .max, maximum: 0)
        var values = keys
        for entry in entries {
            sum = sum + cost(entry.key) + cost(entry.value)
            keys = keys.union(sizeOrUnknown(entry.key))
            values = values.union(sizeOrUnknown(entry.value))
        }
        setEntrySize(expression, EntrySize(isList: false, key: keys, value: values))
        return sum
    }

    private mutating func comprehension(_ expression: Expression, _ fold: Expression.Comprehension) -> CostEstimate {
        var sum = cost(fold.range) + cost(fold.initial)
        push(fold.accumulator, bound: fold.initial)
        let entries = entrySize(fold.range)
        let isList: Bool
        if let entries {
            isList = entries.isList
        } else if case .list? = fold.range.type {
            isList = true
        } else {
            isList = false
        }
        let rangePath = path(fold.range) ?? []
        if let second = fold.secondVariable {
            push(fold.variable, rangePath + [isList ? "@indices" : "@keys"], entries?.key)
            push(second, rangePath + [isList ? "@items" : "@values"], entries?.value)
        } else {
            push(fold.variable, rangePath + [isList ? "@items" : "@keys"], isList ? entries?.value : entries?.key)
        }
        let loop = cost(fold.condition)
        let step = cost(fold.step)
        pop(fold.variable)
        if let second = fold.secondVariable { pop(second) }
        sum = sum + cost(fold.result)
        pop(fold.accumulator)
        let count = sizeOrUnknown(fold.range)
        sum = sum + count * (step + loop)
        switch fold.initial.kind {
        case .literal: setSize(expression, size(fold.initial))
        case .list, .map:
            setSize(expression, count)
            setEntrySize(expression, entrySize(fold.step))
        default: break
        }
        return sum
    }

    private mutating func bind(_ expression: Expression, _ fold: Expression.Comprehension) -> CostEstimate {
        let sum = cost(fold.range) + cost(fold.initial)
        push(fold.accumulator, bound: fold.initial)
        let result = cost(fold.result)
        pop(fold.accumulator)
        setSize(expression, size(fold.result))
        setEntrySize(expression, entrySize(fold.result))
        return sum + result
    }

    private mutating func push(_ name: String, bound value: Expression) {
        let local = Local(path: path(value), size: size(value), entrySize: entrySize(value))
        locals[name, default: []].append(local)
    }

    private mutating func push(_ name: String, _ path: [String], _ size: CostEstimate?) {
        locals[name, default: []].append(Local(path: path, size: size, entrySize: nil))
    }

    private mutating func pop(_ name: String) {
        locals[name]?.removeLast()
    }
}
