extension Planner {
    mutating func planCall(
        _ expression: Expression, _ name: String, _ arguments: [Expression]
    ) throws(CELEvaluationError) -> any PlanNode {
        var nodes: [any PlanNode] = []
        for argument in arguments { nodes.append(try plan(argument)) }
        let single = expression.overloads.count == 1 ? expression.overloads[0].id : nil
        let cost = CallCost.rule(function: name, overload: single)
        switch name {
        case Operators.and: return LogicalNode(nodes[0], nodes[1], decisive: false)
        case Operators.or: return LogicalNode(nodes[0], nodes[1], decisive: true)
        case Operators.not: return UnaryNode(nodes[0], isNot: true)
        case Operators.negate: return UnaryNode(nodes[0], isNot: false)
        case Operators.notStrictlyFalse: return NotStrictlyFalseNode(nodes[0])
        case Operators.equal: return EqualityNode(nodes[0], nodes[1], isNegated: false)
        case Operators.notEqual: return EqualityNode(nodes[0], nodes[1], isNegated: true)
        case Operators.conditional:
            return AttributeNode(
                root: .conditional(nodes[0], ifTrue: branch(nodes[1]), ifFalse: branch(nodes[2])))
        case Operators.index: return index(nodes[0], nodes[1], isOptional: false)
        case Operators.optionalIndex: return index(nodes[0], nodes[1], isOptional: true)
        case Operators.optionalSelect: return optionalSelection(arguments, nodes[0])
        case Operators.in: return membership(nodes[0], nodes[1], single, cost)
        case "or" where single == "optional_or_optional":
            return OptionalElseNode(nodes[0], nodes[1], unwraps: false)
        case "orValue" where single == "optional_orValue_value":
            return OptionalElseNode(nodes[0], nodes[1], unwraps: true)
        default: break
        }
        if let operation = BinaryOperation.byName[name] { return OperatorNode(operation, nodes[0], nodes[1], cost) }
        return try planFunction(expression, name, nodes, cost)
    }

    private func optionalSelection(_ arguments: [Expression], _ operand: any PlanNode) -> any PlanNode {
        guard case .literal(.string(let field)) = arguments[1].kind else { return operand }
        return branch(operand).selecting(fieldKey(field, of: arguments[0]), isOptional: true)
    }

    private func index(_ operand: any PlanNode, _ index: any PlanNode, isOptional: Bool) -> any PlanNode {
        let key: AttributeNode.Key
        if let constant = index as? ConstantNode {
            key = .constant(constant.value)
        } else {
            key = .attribute(branch(index))
        }
        return branch(operand).selecting(key, isOptional: isOptional)
    }

    private func membership(
        _ value: any PlanNode, _ container: any PlanNode, _ overload: String?, _ cost: CallCost
    ) -> any PlanNode {
        guard foldsConstants, overload == "in_list", let constant = container as? ConstantNode,
            case .list(let list) = constant.value
        else { return ContainmentNode(value, container, cost) }
        if list.count == 0 { return ConstantNode(.bool(false)) }
        var members: Set<MapKey> = []
        for index in 0..<list.count {
            guard let element = try? list.element(index), let key = MapKey(element) else {
                return ContainmentNode(value, container, cost)
            }
            members.insert(key)
        }
        return MembershipNode(value, members)
    }

    private static let conversions: Set<String> = [
        "bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint",
    ]

    private func planFunction(
        _ expression: Expression, _ name: String, _ nodes: [any PlanNode], _ cost: CallCost
    ) throws(CELEvaluationError) -> any PlanNode {
        let isMember = expression.overloads.first?.isMember ?? false
        let overloads =
            expression.overloads.count == 1
            ? expression.overloads : (functions.find(name) ?? []).filter { $0.isMember == isMember }
        if let pattern = RegexLibrary.compiled(name, nodes) { return CallNode(name, [try pattern.get()], nodes, cost) }
        let call = CallNode(name, overloads, nodes, cost)
        guard Self.conversions.contains(name), nodes.count == 1 else { return call }
        return try folded(call, nodes)
    }
}
