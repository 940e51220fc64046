import Machinery

/// A structured value: a JSON object seen through its declared type, or one that an expression built.
package enum CELObject: Sendable {
    case json(JSONObject, DeclaredType)
    /// `Object.spec{replicas: 3}`: fields in the order they were written.
    indirect case built(typeName: String, [(name: String, value: CELValue)])
    /// `variables` of a policy.
    case variables(CELVariables.Instance)

    package var typeName: String {
        switch self {
        case .json(_, let type): type.celType.name
        case .built(let name, _): name
        case .variables: CELVariables.typeName
        }
    }

    var count: Int {
        switch self {
        case .json(let object, _): object.count
        case .built(_, let fields): fields.count
        case .variables: 0
        }
    }

    /// A field by its escaped name; `nil` when it is not set. A null field counts as not set.
    func member(_ escapedName: String, _ frame: EvaluationFrame?) throws(CELEvaluationError) -> CELValue? {
        switch self {
        case .json(let object, let type):
            guard
                let field = type.field(escapedName)
                    ?? (FieldEscaping.reserved.contains(escapedName) ? type.field("__\(escapedName)__") : nil),
                let found = object[field.name], !found.isNull
            else { return nil }
            return try JSONBridge.value(of: found, field.type)
        case .built(_, let fields): return fields.first { UTF8Order.isEqual($0.name, escapedName) }?.value
        case .variables(let instance): return try instance.value(escapedName, frame)
        }
    }

    /// A member by its own name, as the tree has it.
    func rawMember(_ name: String) -> JSON? {
        switch self {
        case .json(let object, _): object[name]
        case .built(_, let fields): fields.first { $0.name == name }.flatMap { try? $0.value.json() }
        case .variables: nil
        }
    }

    func isEqual(_ other: CELObject) -> Bool {
        switch (self, other) {
        case (.json(let left, let type), .json(let right, let otherType)):
            return Self.isEqual(left, type, right, otherType)
        case (.built(let name, let left), .built(let otherName, let right)):
            guard name == otherName, left.count == right.count else { return false }
            return left.allSatisfy { field in
                right.first { $0.name == field.name }.map { $0.value.isEqual(field.value) } ?? false
            }
        case (.variables(let left), .variables(let right)): return left === right
        default: return false
        }
    }

    private static func isEqual(
        _ left: JSONObject, _ type: DeclaredType, _ right: JSONObject, _ otherType: DeclaredType
    ) -> Bool {
        guard left.count == right.count, case .object(let fields) = type.shape else { return false }
        for member in left.members {
            guard let other = right[member.key] else { return false }
            guard let escaped = FieldEscaping.escape(member.key), let field = fields.byName[escaped] else {
                // Not in the schema: equal when the trees are.
                if member.value != other { return false }
                continue
            }
            if member.value.isNull || other.isNull {
                if member.value != other { return false }
                continue
            }
            guard let value = try? JSONBridge.value(of: member.value, field.type),
                let otherValue = try? JSONBridge.value(of: other, otherType.field(escaped)?.type ?? field.type),
                value.isEqual(otherValue)
            else { return false }
        }
        return true
    }
}
