import Machinery

/// Makes a program of a checked expression: names become slots, constants are computed, calls get their rules of cost.
struct Planner {
    let functions: FunctionTable
    let types: TypeRegistry
    /// Lists, maps and conversions of constants are computed now and cost nothing later, as Kubernetes has it.
    let foldsConstants: Bool
    private var locals: [(name: String, reader: any PlanNode)] = []
    private(set) var slotCount = 0
    private var planned: [ObjectIdentifier: any PlanNode] = [:]

    init(functions: FunctionTable, types: TypeRegistry, foldsConstants: Bool) {
        self.functions = functions
        self.types = types
        self.foldsConstants = foldsConstants
    }

    mutating func plan(_ expression: Expression) throws(CELEvaluationError) -> any PlanNode {
        // What a macro uses twice is planned once; otherwise nested macros would double the work each time.
        if let known = planned[ObjectIdentifier(expression)] { return known }
        let node = try planAnew(expression)
        planned[ObjectIdentifier(expression)] = node
        return node
    }

    private mutating func planAnew(_ expression: Expression) throws(CELEvaluationError) -> any PlanNode {
        if let constant = expression.constant { return ConstantNode(constant) }
        switch expression.kind {
        case .literal(let value): return ConstantNode(value)
        case .identifier(let name): return identifier(name)
        case .select(let operand, let field, let isTest):
            return attribute(try plan(operand)).selecting(key(field, of: operand), isTest: isTest)
        case .call(let name, let target, let arguments):
            return try planCall(expression, name, (target.map { [$0] } ?? []) + arguments)
        case .list(let elements): return try planList(elements)
        case .map(let entries): return try planMap(entries)
        case .structure(let name, let fields):
            var planned: [(name: String, node: any PlanNode, isOptional: Bool)] = []
            for field in fields { planned.append((field.name, try plan(field.value), field.isOptional)) }
            return StructureNode(name, planned)
        case .comprehension(let fold): return try planFold(fold)
        }
    }

    private func identifier(_ name: String) -> any PlanNode {
        if name.hasPrefix(".") { return AttributeNode(root: .variable(String(name.dropFirst()))) }
        return locals.last { $0.name == name }?.reader ?? AttributeNode(root: .variable(name))
    }

    /// A node to select from.
    private func attribute(_ node: any PlanNode) -> AttributeNode {
        (node as? AttributeNode) ?? AttributeNode(root: .node(node))
    }

    /// The field a name means, found now when the operand's type tells it.
    private func key(_ name: String, of operand: Expression) -> AttributeNode.Key {
        let type = operand.type?.optionalElement ?? operand.type ?? .dyn
        guard case .object(let typeName) = type, typeName != CELVariables.typeName,
            let field = types.field(name, of: typeName)
        else { return .constant(.string(name)) }
        return .field(name: name, field)
    }

    // MARK: Literals

    private mutating func planList(_ elements: [Expression.Element]) throws(CELEvaluationError) -> any PlanNode {
        var nodes: [(node: any PlanNode, isOptional: Bool)] = []
        for element in elements { nodes.append((try plan(element.value), element.isOptional)) }
        return try folded(ListNode(nodes), nodes.map(\.node))
    }

    private mutating func planMap(_ entries: [Expression.Entry]) throws(CELEvaluationError) -> any PlanNode {
        var nodes: [(key: any PlanNode, value: any PlanNode, isOptional: Bool)] = []
        for entry in entries { nodes.append((try plan(entry.key), try plan(entry.value), entry.isOptional)) }
        return try folded(MapNode(nodes), nodes.flatMap { [$0.key, $0.value] })
    }

    /// The value of a node whose parts are all constants.
    func folded(_ node: any PlanNode, _ parts: [any PlanNode]) throws(CELEvaluationError) -> any PlanNode {
        guard foldsConstants, parts.allSatisfy({ $0 is ConstantNode }) else { return node }
        let frame = EvaluationFrame(activation: CELActivation(), answers: [:], limit: .max, localCount: 0)
        return ConstantNode(try node.evaluate(frame))
    }

    // MARK: Folds

    private mutating func planFold(_ fold: Expression.Comprehension) throws(CELEvaluationError) -> any PlanNode {
        let initial = try plan(fold.initial)
        let range = try plan(fold.range)
        if fold.accumulator != Expression.accumulatorName { return try planBind(fold, initial) }
        let first = takeSlot()
        let second = fold.secondVariable == nil ? nil : takeSlot()
        let accumulator = takeSlot()
        locals.append((fold.accumulator, AttributeNode(root: .local(accumulator))))
        let inner = locals.count
        locals.append((fold.variable, AttributeNode(root: .local(first))))
        if let name = fold.secondVariable, let second {
            locals.append((name, AttributeNode(root: .local(second))))
        }
        let condition = try plan(fold.condition)
        let step = try planStep(fold.step, accumulator)
        locals.removeSubrange(inner...)
        let result = try plan(fold.result)
        locals.removeLast()
        let isAlways = (condition as? ConstantNode)?.value.boolValue ?? false
        return FoldNode(
            slots: FoldNode.Slots(first: first, second: second, accumulator: accumulator), range: range,
            initial: initial, condition: isAlways ? nil : condition, step: step, result: result)
    }

    /// Slots are never used again: a bound value may be computed in the middle of a fold that comes later.
    private mutating func takeSlot() -> Int {
        slotCount += 1
        return slotCount - 1
    }

    private mutating func planBind(
        _ fold: Expression.Comprehension, _ value: any PlanNode
    ) throws(CELEvaluationError) -> any PlanNode {
        let slot = takeSlot()
        let reader = BoundValueNode(slot: slot, value: value)
        // One unit for each reading of the variable, as for any other.
        locals.append((fold.accumulator, AttributeNode(root: .node(reader))))
        let result = try plan(fold.result)
        locals.removeLast()
        let listCost: UInt64 = foldsConstants ? 0 : CostFactors.listCreation
        return BindNode(slot: slot, result: result, rangeCost: listCost)
    }

    /// The step of a fold; additions to the accumulator are done in place.
    private mutating func planStep(_ step: Expression, _ slot: Int) throws(CELEvaluationError) -> any PlanNode {
        guard case .call(let name, nil, let arguments) = step.kind else { return try plan(step) }
        let isAccumulator = arguments.first?.identifier == Expression.accumulatorName
        switch name {
        case Operators.add where isAccumulator:
            guard case .list(let elements) = arguments[1].kind, elements.count == 1, !elements[0].isOptional else {
                return try plan(step)
            }
            return AppendNode(slot: slot, element: try plan(elements[0].value), isFolding: foldsConstants)
        case "cel.@mapInsert" where isAccumulator:
            var planned: [any PlanNode] = []
            for argument in arguments.dropFirst() { planned.append(try plan(argument)) }
            return MapInsertNode(slot: slot, arguments: planned)
        case Operators.conditional where arguments[2].identifier == Expression.accumulatorName:
            return AttributeNode(
                root: .conditional(
                    try plan(arguments[0]), ifTrue: attribute(try planStep(arguments[1], slot)),
                    ifFalse: AttributeNode(root: .local(slot))))
        default: return try plan(step)
        }
    }

    func branch(_ node: any PlanNode) -> AttributeNode { attribute(node) }

    func fieldKey(_ name: String, of operand: Expression) -> AttributeNode.Key { key(name, of: operand) }
}
