extension CostCoster {
    mutating func call(
        _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
    ) -> CostEstimate {
        if name == "dyn", let argument = arguments.first {
            let inner = cost(argument)
            setSize(expression, size(argument))
            setEntrySize(expression, entrySize(argument))
            return CostEstimate(1) + inner
        }
        let costs = arguments.map { cost($0) }
        guard !expression.overloads.isEmpty else { return .zero }
        let targetCost = target.map { cost($0) } ?? .zero
        let call = EstimatedCall(
            expression: expression, function: name, target: target, arguments: arguments, argumentCosts: costs)
        var total = CostEstimate(minimum: .max, maximum: 0)
        var resultSize: CostEstimate?
        for overload in expression.overloads {
            let estimate = estimate(call, overload.id)
            total = total.union(estimate.cost)
            if let size = estimate.resultSize { resultSize = resultSize?.union(size) ?? size }
            switch overload.id {
            case "index_list":
                resultSize = entrySize(arguments[0])?.value
                setPath(expression, (path(arguments[0]) ?? []) + ["@items"])
            case "index_map":
                resultSize = entrySize(arguments[0])?.value
                setPath(expression, (path(arguments[0]) ?? []) + ["@values"])
            default: break
            }
            if resultSize == nil { resultSize = size(expression) }
        }
        setSize(expression, resultSize)
        return targetCost + total
    }

    struct EstimatedCall {
        let expression: Expression
        let function: String
        let target: Expression?
        let arguments: [Expression]
        let argumentCosts: [CostEstimate]

        var argumentSum: CostEstimate { argumentCosts.reduce(.zero, +) }
    }

    struct Estimate {
        let cost: CostEstimate
        var resultSize: CostEstimate?

        init(_ cost: CostEstimate, _ resultSize: CostEstimate? = nil) {
            self.cost = cost
            self.resultSize = resultSize
        }
    }

    private mutating func estimate(_ call: EstimatedCall, _ overload: String) -> Estimate {
        if let library = listEstimate(call, overload) ?? libraryEstimate(call, overload) {
            return Estimate(library.cost + call.argumentSum, library.resultSize)
        }
        return standard(call, overload)
    }

    private mutating func standard(_ call: EstimatedCall, _ overload: String) -> Estimate {
        let arguments = call.arguments
        let sum = call.argumentSum
        switch overload {
        case "string_format":
            return Estimate(call.target.map { sizeOrUnknown($0) }.map { traversal($0) + sum } ?? CostEstimate(1) + sum)
        case "string_to_bytes":
            let size = sizeOrUnknown(arguments[0])
            let result = CostEstimate(minimum: size.minimum, maximum: size.maximum &* 4)
            return Estimate(traversal(size) + sum, result)
        case "bytes_to_string":
            let size = sizeOrUnknown(arguments[0])
            return Estimate(
                traversal(size) + sum, CostEstimate(minimum: size.minimum / 4, maximum: size.maximum))
        case "strings_quote":
            let size = sizeOrUnknown(arguments[0])
            return Estimate(
                traversal(size) + sum,
                CostEstimate(minimum: size.minimum &+ 2, maximum: size.maximum &* 2 &+ 2))
        case "starts_with_string", "ends_with_string":
            return Estimate(traversal(sizeOrUnknown(arguments[0])) + sum)
        case "in_list": return Estimate(sizeOrUnknown(arguments[1]) + sum)
        case "matches_string":
            guard let target = call.target else { break }
            let text = traversal(sizeOrUnknown(target) + CostEstimate(1))
            return Estimate(text * sizeOrUnknown(arguments[0]).scaled(by: CostFactors.pattern) + sum)
        case "contains_string":
            guard let target = call.target else { break }
            return Estimate(traversal(sizeOrUnknown(target)) * traversal(sizeOrUnknown(arguments[0])) + sum)
        case "logical_and", "logical_or":
            let left = call.argumentCosts[0]
            return Estimate(
                CostEstimate(minimum: left.minimum, maximum: (left + call.argumentCosts[1]).maximum))
        case "conditional": return conditional(call)
        case "add_string", "add_bytes", "add_list": return addition(call, overload)
        default:
            if Self.comparisons.contains(overload) { return comparison(call) }
        }
        return Estimate(CostEstimate(1) + sum)
    }

    private static let comparisons: Set<String> = [
        "less_string", "greater_string", "less_equals_string", "greater_equals_string", "less_bytes", "greater_bytes",
        "less_equals_bytes", "greater_equals_bytes", "equals", "not_equals",
    ]

    func traversal(_ size: CostEstimate) -> CostEstimate { size.scaled(by: CostFactors.traversal) }

    private mutating func conditional(_ call: EstimatedCall) -> Estimate {
        let arguments = call.arguments
        let size = sizeOrUnknown(arguments[1]).union(sizeOrUnknown(arguments[2]))
        if let ifTrue = entrySize(arguments[1]), let ifFalse = entrySize(arguments[2]) {
            setEntrySize(call.expression, ifTrue.union(ifFalse))
        }
        let costs = call.argumentCosts
        return Estimate(costs[0] + costs[1].union(costs[2]), size)
    }

    private mutating func addition(_ call: EstimatedCall, _ overload: String) -> Estimate {
        let arguments = call.arguments
        let size = sizeOrUnknown(arguments[0]) + sizeOrUnknown(arguments[1])
        if let left = entrySize(arguments[0]), let right = entrySize(arguments[1]) {
            setEntrySize(call.expression, left.union(right))
        }
        let own = overload == "add_list" ? CostEstimate(1) : traversal(size)
        return Estimate(own + call.argumentSum, size)
    }

    private func comparison(_ call: EstimatedCall) -> Estimate {
        let smallest = min(
            sizeOrUnknown(call.arguments[0]).maximum, sizeOrUnknown(call.arguments[1]).maximum)
        let size = CostEstimate(minimum: smallest > 0 ? 1 : 0, maximum: smallest)
        return Estimate(traversal(size) + call.argumentSum)
    }
}
