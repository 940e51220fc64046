/// A comprehension: what all macros over lists and maps are.
final class FoldNode: PlanNode {
    struct Slots: Sendable {
        let first: Int
        let second: Int?
        let accumulator: Int
    }

    let slots: Slots
    let range: any PlanNode
    let initial: any PlanNode
    /// `nil` when it is always true.
    let condition: (any PlanNode)?
    let step: any PlanNode
    let result: any PlanNode

    init(
        slots: Slots, range: any PlanNode, initial: any PlanNode, condition: (any PlanNode)?, step: any PlanNode,
        result: any PlanNode
    ) {
        self.slots = slots
        self.range = range
        self.initial = initial
        self.condition = condition
        self.step = step
        self.result = result
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        let elements = try range.evaluate(frame)
        try set(slots.accumulator, to: initial, frame)
        switch elements {
        case .list(let list):
            for index in 0..<list.count {
                let element = Self.local { () throws(CELEvaluationError) in try list.element(index) }
                if let second = slots.second {
                    frame.locals[slots.first] = .value(.int(Int64(index)))
                    frame.locals[second] = element
                } else {
                    frame.locals[slots.first] = element
                }
                guard try iterate(frame) else { break }
            }
        case .map(let map):
            for key in map.keys {
                frame.locals[slots.first] = .value(key)
                if let second = slots.second {
                    frame.locals[second] = Self.local { () throws(CELEvaluationError) in try map.find(key) ?? .null }
                }
                guard try iterate(frame) else { break }
            }
        case .object(.json(let object, let type)):
            try foldObject(CELObject.json(object, type), object.members.map(\.key), type, frame)
        default:
            throw CELEvaluationError("got '\(elements.runtimeType.name)', expected iterable type")
        }
        return try result.evaluate(frame)
    }

    /// Objects with a schema are iterated like maps of their fields' escaped names.
    private func foldObject(
        _ object: CELObject, _ names: [String], _ type: DeclaredType, _ frame: EvaluationFrame
    ) throws(CELEvaluationError) {
        for name in names {
            guard let escaped = FieldEscaping.escape(name), type.field(escaped) != nil else { continue }
            frame.locals[slots.first] = .value(.string(escaped))
            if let second = slots.second, let value = try object.member(escaped, frame) {
                frame.locals[second] = .value(value)
            }
            guard try iterate(frame) else { return }
        }
    }

    private static func local(_ value: () throws(CELEvaluationError) -> CELValue) -> EvaluationFrame.Local {
        do throws(CELEvaluationError) { return .value(try value()) } catch { return .failed(error) }
    }

    /// Keeps what a node answers, or that it failed.
    private func set(_ slot: Int, to node: any PlanNode, _ frame: EvaluationFrame) throws(CELEvaluationError) {
        do throws(CELEvaluationError) {
            let value = try node.evaluate(frame)
            frame.locals[slot] = .value(value)
        } catch {
            guard error.isAbsorbable else { throw error }
            frame.locals[slot] = .failed(error)
        }
    }

    /// One round.
    ///
    /// - Returns: whether to go on.
    private func iterate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> Bool {
        if let condition, case .success(.bool(false)) = try condition.outcome(frame) { return false }
        try set(slots.accumulator, to: step, frame)
        return true
    }
}

/// `cel.bind`: a value computed when first read.
final class BindNode: PlanNode {
    private let slot: Int
    private let result: any PlanNode
    /// The empty list cel-go folds over.
    private let rangeCost: UInt64

    init(slot: Int, result: any PlanNode, rangeCost: UInt64) {
        self.slot = slot
        self.result = result
        self.rangeCost = rangeCost
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        try frame.charge(rangeCost)
        frame.locals[slot] = .unset
        return try result.evaluate(frame)
    }
}

/// A bound variable where it is read.
final class BoundValueNode: PlanNode {
    private let slot: Int
    private let value: any PlanNode

    init(slot: Int, value: any PlanNode) {
        self.slot = slot
        self.value = value
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        if case .unset = frame.locals[slot] {
            switch try value.outcome(frame) {
            case .success(let value): frame.locals[slot] = .value(value)
            case .failure(let error): frame.locals[slot] = .failed(error)
            }
        }
        return try frame.local(slot)
    }
}

/// `accumulator + [x]` within a fold: appends in place instead of copying the list each round.
final class AppendNode: PlanNode {
    private let slot: Int
    private let element: any PlanNode
    /// The accumulator, the list of one and the addition, in one.
    private let cost: UInt64

    init(slot: Int, element: any PlanNode, isFolding: Bool) {
        self.slot = slot
        self.element = element
        let isConstant = isFolding && element is ConstantNode
        cost = CostFactors.selection + (isConstant ? 0 : CostFactors.listCreation) + 1
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        try frame.charge(cost)
        let value = try element.evaluate(frame)
        // Taken out, so that the append finds the only reference and does not copy.
        var taken = EvaluationFrame.Local.unset
        swap(&taken, &frame.locals[slot])
        switch consume taken {
        case .value(.list(.values(var values))):
            values.append(value)
            return .list(.values(values))
        case .failed(let error): throw error
        case .value, .unset: throw CELEvaluationError("no such overload")
        }
    }
}
