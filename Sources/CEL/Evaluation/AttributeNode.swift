import Machinery

/// A variable, or any other value, with what is selected from it: `self.spec.ports[0].name`.
///
/// One unit of cost for the variable and one for each selection, as cel-go counts; a branch of `?:` gives its variable
/// for free, and `has()` costs its selections only.
final class AttributeNode: PlanNode {
    indirect enum Root: Sendable {
        case variable(String)
        case local(Int)
        case node(any PlanNode)
        case conditional(any PlanNode, ifTrue: AttributeNode, ifFalse: AttributeNode)
    }

    enum Key: Sendable {
        /// A field whose place the schema told when planning.
        case field(name: String, DeclaredType.Field)
        case constant(CELValue)
        case attribute(AttributeNode)
    }

    struct Qualifier: Sendable {
        let key: Key
        let isOptional: Bool
    }

    let root: Root
    let qualifiers: [Qualifier]
    /// Whether the last selection only asks if it is there.
    let isTest: Bool
    /// When all that is selected are fields whose places are known: their names in the tree, and the last one's type.
    private let fields: (names: [String], type: DeclaredType)?

    init(root: Root, qualifiers: [Qualifier] = [], isTest: Bool = false) {
        self.root = root
        self.qualifiers = qualifiers
        self.isTest = isTest
        fields = isTest ? nil : Self.plainFields(qualifiers)
    }

    private static func plainFields(_ qualifiers: [Qualifier]) -> (names: [String], type: DeclaredType)? {
        var names: [String] = []
        var type: DeclaredType?
        for qualifier in qualifiers {
            guard case .field(_, let field) = qualifier.key, !qualifier.isOptional else { return nil }
            names.append(field.name)
            type = field.type
        }
        return type.map { (names, $0) }
    }

    /// Walks down the tree without making values of what lies between.
    ///
    /// - Returns: `nil` when the way is not as the schema says, or ends early.
    private func walk(
        _ start: JSONObject, _ frame: EvaluationFrame
    ) throws(CELEvaluationError) -> CELValue? {
        guard let fields else { return nil }
        var object = start
        let last = fields.names.count - 1
        for index in 0..<last {
            guard case .object(let next)? = object[fields.names[index]] else { return nil }
            object = next
        }
        guard let found = object[fields.names[last]], !found.isNull else { return nil }
        try frame.charge(UInt64(fields.names.count) * CostFactors.selection)
        return try JSONBridge.value(of: found, fields.type)
    }

    func selecting(_ key: Key, isOptional: Bool = false, isTest: Bool = false) -> AttributeNode {
        AttributeNode(
            root: root, qualifiers: qualifiers + [Qualifier(key: key, isOptional: isOptional)], isTest: isTest)
    }

    private var ownCost: UInt64 {
        if case .conditional = root { return 0 }
        return isTest ? 0 : CostFactors.selection
    }

    func evaluate(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        try frame.charge(ownCost)
        return try resolve(frame)
    }

    /// The value, without the cost of the variable itself.
    func resolve(_ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        switch root {
        case .variable(let name):
            guard let value = frame.activation.resolve(name) else {
                throw CELEvaluationError("no such attribute(s): \(name)")
            }
            return try apply(to: value, frame)
        case .local(let slot):
            return try apply(to: frame.local(slot), frame)
        case .node(let node):
            return try apply(to: node.evaluate(frame), frame)
        case .conditional(let condition, let ifTrue, let ifFalse):
            guard case .bool(let choice) = try condition.evaluate(frame) else {
                throw CELEvaluationError("no such overload")
            }
            return try apply(to: (choice ? ifTrue : ifFalse).resolve(frame), frame)
        }
    }

    private func apply(to start: CELValue, _ frame: EvaluationFrame) throws(CELEvaluationError) -> CELValue {
        if qualifiers.isEmpty { return start }
        if case .object(.json(let object, _)) = start, let found = try walk(object, frame) { return found }
        var value = start
        var isOptional = false
        if case .optional(let wrapped) = value {
            guard let wrapped else { return isTest ? .bool(false) : value }
            isOptional = true
            value = wrapped
        }
        let last = qualifiers.count - 1
        for (index, qualifier) in qualifiers.enumerated() {
            if case .optional(let wrapped?) = value, index > 0 { value = wrapped }
            isOptional = isOptional || qualifier.isOptional
            let asksPresence = isTest && index == last
            let found = try select(
                qualifier.key, from: value, frame, isPresenceTest: isOptional || asksPresence,
                chargesAbsent: asksPresence || !isOptional)
            if asksPresence { return .bool(found != nil) }
            guard let found else { return isTest ? .bool(false) : .optional(nil) }
            value = found
        }
        return isOptional ? .optional(value) : value
    }

    /// - Returns: `nil` when it is not there and that is no error.
    private func select(
        _ key: Key, from value: CELValue, _ frame: EvaluationFrame, isPresenceTest: Bool, chargesAbsent: Bool
    ) throws(CELEvaluationError) -> CELValue? {
        var cost = CostFactors.selection
        let found: CELValue?
        let index: CELValue
        switch key {
        case .field(let name, let field):
            index = .string(name)
            if case .object(.json(let object, _)) = value {
                if let member = object[field.name], !member.isNull {
                    found = try JSONBridge.value(of: member, field.type)
                } else {
                    found = nil
                }
            } else {
                found = try Self.find(index, in: value, frame, isPresenceTest)
            }
        case .constant(let constant):
            index = constant
            found = try Self.find(constant, in: value, frame, isPresenceTest)
        case .attribute(let attribute):
            if case .conditional = attribute.root { cost = 0 }
            index = try attribute.resolve(frame)
            found = try Self.find(index, in: value, frame, isPresenceTest)
        }
        if found != nil || chargesAbsent { try frame.charge(cost) }
        if found == nil, !isPresenceTest {
            if case .list = value { throw CELEvaluationError("index out of bounds: \(index.shown)") }
            throw CELEvaluationError("no such key: \(index.shown)")
        }
        return found
    }

    static func find(
        _ key: CELValue, in value: CELValue, _ frame: EvaluationFrame?, _ isPresenceTest: Bool
    ) throws(CELEvaluationError) -> CELValue? {
        switch value {
        case .map(let map): return try map.find(key)
        case .list(let list):
            let index = try listIndex(key)
            return index >= 0 && index < list.count ? try list.element(Int(index)) : nil
        case .object(let object):
            guard case .string(let name) = key else { throw CELEvaluationError("no such overload") }
            return try object.member(name, frame)
        default:
            return nil
        }
    }

    private static func listIndex(_ key: CELValue) throws(CELEvaluationError) -> Int64 {
        switch key {
        case .int(let index): return index
        case .uint(let index): return Int64(clamping: index)
        case .double(let number):
            guard let index = Int64(exactly: number) else {
                throw CELEvaluationError("unsupported index value \(key.shown) in list")
            }
            return index
        default:
            throw CELEvaluationError("unsupported index type '\(key.runtimeType.name)' in list")
        }
    }
}
