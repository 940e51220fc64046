import Machinery

/// Between the JSON tree and values: what a schema says a tree is, and back.
///
/// Source: k8s.io/apiserver/pkg/cel/common, `UnstructuredToVal`; the texts are its.
enum JSONBridge {
    static func value(of json: JSON, _ type: DeclaredType) throws(CELEvaluationError) -> CELValue {
        switch (type.shape, json) {
        case (.dyn, _): return dynamic(json)
        case (_, .null):
            if type.isNullable { return .null }
            throw CELEvaluationError("invalid data, got null for schema with nullable=false")
        case (.simple(.string), .string(let text)): return .string(text)
        case (.simple(.int), .int(let number)): return .int(number)
        case (.simple(.bool), .bool(let flag)): return .bool(flag)
        case (.simple(.double), .int(let number)): return .double(Double(number))
        case (.simple(.double), .double(let number)): return .double(number)
        case (.list, .array(let elements)): return .list(.json(elements, type))
        case (.map(let value), .object(let object)): return .map(.json(object, value))
        case (.object, .object(let object)): return .object(.json(object, type))
        case (.intOrString, .int(let number)): return .int(number)
        case (.intOrString, .string(let text)): return .string(text)
        case (.timestamp, .string(let text)), (.date, .string(let text)), (.duration, .string(let text)),
            (.bytes, .string(let text)):
            return try formatted(text, type.shape)
        default: throw CELEvaluationError(mismatch(json, type.shape))
        }
    }

    private static func dynamic(_ json: JSON) -> CELValue {
        switch json {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .int(let number): .int(number)
        case .double(let number): .double(number)
        case .string(let text): .string(text)
        case .array(let elements): .list(.json(elements, .dynList))
        case .object(let object): .map(.json(object, .dyn))
        }
    }

    private static func formatted(_ text: String, _ shape: DeclaredType.Shape) throws(CELEvaluationError) -> CELValue {
        switch shape {
        case .timestamp:
            guard let parsed = TimestampText.parse(text) else {
                throw CELEvaluationError("Invalid date-time formatted string \(text): parsing time failed")
            }
            return .timestamp(parsed)
        case .date:
            guard text.utf8.count == 10, let parsed = TimestampText.parse(text + "T00:00:00Z") else {
                throw CELEvaluationError("Invalid date formatted string \(text): parsing time failed")
            }
            return .timestamp(parsed)
        case .duration:
            guard let parsed = try? GoDuration(parsing: text) else {
                throw CELEvaluationError("Invalid duration \(text): unable to parse as duration")
            }
            return .duration(parsed.nanoseconds)
        default:
            guard let bytes = Base64.decode(text) else {
                throw CELEvaluationError("Invalid byte formatted string \(text): illegal base64 data")
            }
            return .bytes(bytes)
        }
    }

    private static func mismatch(_ json: JSON, _ shape: DeclaredType.Shape) -> String {
        let found = goType(json)
        switch shape {
        case .list: return "invalid data, expected an array for the provided schema with type=array"
        case .map, .object: return "invalid data, expected a map for the provided schema with type=object"
        case .intOrString: return "invalid data, expected XIntOrString value to be either a string or integer"
        case .simple(let type):
            let wanted = type == .double ? "float" : type.name
            return "invalid data, expected \(wanted), got \(found)"
        case .timestamp, .date, .duration, .bytes, .dyn: return "invalid data, expected string, got \(found)"
        }
    }

    /// What Kubernetes' texts call the type of a tree's value.
    private static func goType(_ json: JSON) -> String {
        switch json {
        case .null: "<nil>"
        case .bool: "bool"
        case .int: "int64"
        case .double: "float64"
        case .string: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }
}

extension JSONBridge {
    static func json(of value: CELValue) throws(CELEvaluationError) -> JSON {
        var left = CELLimits.listElements
        return try json(of: value, &left)
    }

    /// - Parameter left: how many values more there may be. Lists that hold one list twice are small as values and
    ///   grow with each level as a tree.
    private static func json(of value: CELValue, _ left: inout Int) throws(CELEvaluationError) -> JSON {
        left -= 1
        guard left > 0 else { throw CELEvaluationError("the value is too large") }
        switch value {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .int(number)
        case .uint(let number):
            return Int64(exactly: number).map { .int($0) } ?? .double(Double(number))
        case .double(let number): return .double(number)
        case .string(let text): return .string(text)
        case .bytes(let bytes): return .string(Base64.encode(bytes))
        case .duration(let nanoseconds): return .string(DurationText.seconds(nanoseconds))
        case .timestamp(let moment): return .string(TimestampText.text(moment))
        case .list(.json(let elements, _)): return .array(elements)
        case .list(.values(let values)):
            var elements: [JSON] = []
            for value in values { elements.append(try json(of: value, &left)) }
            return .array(elements)
        case .map(.json(let object, _)): return .object(object)
        case .map(let map): return try json(of: map, &left)
        case .object(.json(let object, _)): return .object(object)
        case .object(.built(_, let fields)):
            var members: [(String, JSON)] = []
            for field in fields { members.append((field.name, try json(of: field.value, &left))) }
            return .object(JSONObject(members))
        case .optional(let wrapped?): return try json(of: wrapped, &left)
        case .optional(nil): return .null
        case .opaque(let value as QuantityValue): return value.quantity.json
        case .type, .opaque, .object(.variables):
            throw CELEvaluationError("value of type '\(value.runtimeType.name)' has no JSON form")
        }
    }

    private static func json(of map: CELMap, _ left: inout Int) throws(CELEvaluationError) -> JSON {
        var members: [(String, JSON)] = []
        for key in map.keys {
            guard case .string(let name) = key else {
                throw CELEvaluationError("map key \(key.shown) is of type \(key.runtimeType.name), not string")
            }
            if let value = try map.find(key) { members.append((name, try json(of: value, &left))) }
        }
        return .object(JSONObject(members))
    }
}
