import Machinery

/// `==` and `!=`
final class EqualityNode: PlanNode {
    private let left: any PlanNode
    private let right: any PlanNode
    private let isNegated: Bool

    init(_ left: any PlanNode, _ right: any PlanNode, isNegated: Bool) {
        self.left = left
        self.right = right
        self.isNegated = isNegated
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        let (one, other) = try left.both(right, frame, .equality)
        try frame.charge(cost(one, other))
        return .bool(one.isEqual(other) != isNegated)
    }

    private func cost(_ one: CELValue, _ other: CELValue) -> UInt64 {
        if case .opaque = one, !isNegated { return 1 }
        return min(one.costSize, other.costSize).scaledUp(by: CostFactors.traversal)
    }
}

/// Arithmetic and order, by the kinds of the operands.
final class OperatorNode: PlanNode {
    private let operation: BinaryOperation
    private let left: any PlanNode
    private let right: any PlanNode
    private let cost: CallCost

    init(_ operation: BinaryOperation, _ left: any PlanNode, _ right: any PlanNode, _ cost: CallCost) {
        self.operation = operation
        self.left = left
        self.right = right
        self.cost = cost
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        let (one, other) = try left.both(right, frame, cost)
        if case .fixed(let amount) = cost {
            try frame.charge(amount)
        } else {
            try frame.charge(cost.actual(one, other, nil))
        }
        return try operation.apply(one, other)
    }
}

/// `x in [a, b]` over a list of constants, as a look-up. Costs nothing, as in cel-go.
final class MembershipNode: PlanNode {
    private let value: any PlanNode
    private let members: Set<MapKey>

    init(_ value: any PlanNode, _ members: Set<MapKey>) {
        self.value = value
        self.members = members
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        let found = try value.evaluate(frame)
        return .bool(MapKey(found).map(members.contains) ?? false)
    }
}

/// `in` over lists and maps.
final class ContainmentNode: PlanNode {
    private let value: any PlanNode
    private let container: any PlanNode
    private let cost: CallCost

    init(_ value: any PlanNode, _ container: any PlanNode, _ cost: CallCost) {
        self.value = value
        self.container = container
        self.cost = cost
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        let (found, within) = try value.both(container, frame, cost)
        try frame.charge(cost.actual(found, within, nil))
        switch within {
        case .list(let list): return .bool(try list.contains(found))
        case .map(let map): return .bool(map.hasKey(found))
        case .object(let object):
            guard case .string(let name) = found else { throw CELEvaluationError("no such overload") }
            return .bool(try object.member(name, frame) != nil)
        default: throw CELEvaluationError("no such overload")
        }
    }
}

/// `!x` and `-x`
final class UnaryNode: PlanNode {
    private let operand: any PlanNode
    private let isNot: Bool

    init(_ operand: any PlanNode, isNot: Bool) {
        self.operand = operand
        self.isNot = isNot
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        let value = try operand.outcomeCharging(frame, .fixed(1))
        try frame.charge(1)
        switch value {
        case .bool(let flag) where isNot: return .bool(!flag)
        case .int(let number) where !isNot:
            guard number != .min else { throw CELEvaluationError("integer overflow") }
            return .int(-number)
        case .double(let number) where !isNot: return .double(-number)
        default: throw CELEvaluationError("no such overload")
        }
    }
}

/// The condition of folds: whether a value is not plainly `false`.
final class NotStrictlyFalseNode: PlanNode {
    private let operand: any PlanNode

    init(_ operand: any PlanNode) { self.operand = operand }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        let outcome = try operand.outcome(frame)
        try frame.charge(1)
        if case .success(.bool(false)) = outcome { return .bool(false) }
        return .bool(true)
    }
}

/// `a.or(b)` and `a.orValue(b)`: the second is evaluated only when the first is empty. Costs nothing itself.
final class OptionalElseNode: PlanNode {
    private let optional: any PlanNode
    private let fallback: any PlanNode
    private let unwraps: Bool

    init(_ optional: any PlanNode, _ fallback: any PlanNode, unwraps: Bool) {
        self.optional = optional
        self.fallback = fallback
        self.unwraps = unwraps
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        guard case .optional(let wrapped) = try optional.evaluate(frame) else {
            throw CELEvaluationError("no such overload")
        }
        if let wrapped { return unwraps ? wrapped : .optional(wrapped) }
        return try fallback.evaluate(frame)
    }
}

/// `cel.@mapInsert(accumulator, key, value)` of `transformMap`.
final class MapInsertNode: PlanNode {
    private let slot: Int
    /// Key and value, or one map of what is added.
    private let arguments: [any PlanNode]

    init(slot: Int, arguments: [any PlanNode]) {
        self.slot = slot
        self.arguments = arguments
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        try frame.charge(CostFactors.selection)
        if case .failed(let error) = frame.locals[slot] { throw error }
        var values: [CELValue] = []
        for argument in arguments { values.append(try argument.evaluate(frame)) }
        try frame.charge(1)
        // Taken out, so that the insertion finds the only reference and does not copy.
        var taken = EvaluationFrame.Local.unset
        swap(&taken, &frame.locals[slot])
        guard case .value(.map(.entries(var entries))) = consume taken else {
            throw CELEvaluationError("no such overload")
        }
        if values.count == 2 {
            try Self.insert(values[0], values[1], &entries)
        } else {
            guard case .map(let added) = values[0] else { throw CELEvaluationError("no such overload") }
            for key in added.keys {
                guard let value = try added.find(key) else { continue }
                try Self.insert(key, value, &entries)
            }
        }
        return .map(.entries(entries))
    }

    private static func insert(
        _ key: CELValue, _ value: CELValue, _ entries: inout MapEntries
    ) throws(CELEvaluationError) {
        guard entries.find(key) == nil else {
            throw CELEvaluationError("insert failed: key \(key.shown) already exists")
        }
        guard entries.set(key, value) else {
            throw CELEvaluationError("unsupported key type: \(key.runtimeType.name)")
        }
    }
}
