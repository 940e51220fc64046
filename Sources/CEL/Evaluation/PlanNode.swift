/// A step of a program. Immutable, so that one program serves any number of evaluations at once.
protocol PlanNode: Sendable {
    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue
}

/// A value known when planning; costs nothing.
final class ConstantNode: PlanNode {
    let value: CELValue

    init(_ value: CELValue) { self.value = value }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue { value }
}

/// `a && b`, `a || b`: commutative in errors, since a decisive value on either side decides.
final class LogicalNode: PlanNode {
    private let left: any PlanNode
    private let right: any PlanNode
    /// The value that decides: `true` for `||`.
    private let decisive: Bool

    init(_ left: any PlanNode, _ right: any PlanNode, decisive: Bool) {
        self.left = left
        self.right = right
        self.decisive = decisive
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        var problem: CELEvaluationError?
        switch try flag(left, frame) {
        case .success(decisive): return .bool(decisive)
        case .success: break
        case .failure(let error): problem = error
        }
        switch try flag(right, frame) {
        case .success(decisive): return .bool(decisive)
        case .success: break
        case .failure(let error): problem = problem ?? error
        }
        // The first problem is told, when neither side decides.
        if let problem { throw problem }
        return .bool(!decisive)
    }

    private func flag(
        _ term: any PlanNode, _ frame: EvaluationFrame
    ) throws(CELEvaluationError) -> Result<Bool, CELEvaluationError> {
        switch try term.outcome(frame) {
        case .success(.bool(let value)): .success(value)
        case .success: .failure(Self.noOverload)
        case .failure(let error): .failure(error)
        }
    }

    private static let noOverload = CELEvaluationError("no such overload")
}

extension PlanNode {
    /// The value or an error that may be absorbed; others are thrown.
    func outcome(_ frame: EvaluationFrame) throws(CELEvaluationError) -> Result<CELValue, CELEvaluationError> {
        do {
            return .success(try evaluate(frame))
        } catch {
            guard error.isAbsorbable else { throw error }
            return .failure(error)
        }
    }
}

/// `[a, ?b]`
final class ListNode: PlanNode {
    private let elements: [(node: any PlanNode, isOptional: Bool)]

    init(_ elements: [(node: any PlanNode, isOptional: Bool)]) { self.elements = elements }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        try frame.charge(CostFactors.listCreation)
        var values: [CELValue] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            let value = try element.node.evaluate(frame)
            guard element.isOptional else {
                values.append(value)
                continue
            }
            guard case .optional(let wrapped) = value else {
                throw CELEvaluationError(
                    "cannot initialize optional list element from non-optional value \(value.shown)")
            }
            if let wrapped { values.append(wrapped) }
        }
        return .list(.values(values))
    }
}

/// `{a: b, ?c: d}`
final class MapNode: PlanNode {
    private let entries: [(key: any PlanNode, value: any PlanNode, isOptional: Bool)]

    init(_ entries: [(key: any PlanNode, value: any PlanNode, isOptional: Bool)]) { self.entries = entries }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        try frame.charge(CostFactors.mapCreation)
        var result = MapEntries()
        for entry in entries {
            let key = try entry.key.evaluate(frame)
            var value = try entry.value.evaluate(frame)
            if entry.isOptional {
                guard case .optional(let wrapped) = value else {
                    throw CELEvaluationError(
                        "cannot initialize optional entry '\(key.shown)' from non-optional value \(value.shown)")
                }
                guard let wrapped else { continue }
                value = wrapped
            }
            guard result.set(key, value) else {
                throw CELEvaluationError("unsupported key type: \(key.runtimeType.name)")
            }
        }
        return .map(.entries(result))
    }
}

/// `Object.spec{replicas: 3}`
final class StructureNode: PlanNode {
    private let typeName: String
    private let fields: [(name: String, node: any PlanNode, isOptional: Bool)]

    init(_ typeName: String, _ fields: [(name: String, node: any PlanNode, isOptional: Bool)]) {
        self.typeName = typeName
        self.fields = fields
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        try frame.charge(CostFactors.structureCreation)
        var built: [(name: String, value: CELValue)] = []
        for field in fields {
            var value = try field.node.evaluate(frame)
            if field.isOptional {
                guard case .optional(let wrapped) = value else {
                    throw CELEvaluationError(
                        "cannot initialize optional entry '\(field.name)' from non-optional value \(value.shown)")
                }
                guard let wrapped else { continue }
                value = wrapped
            }
            built.append((field.name, value))
        }
        return .object(.built(typeName: typeName, built))
    }
}
