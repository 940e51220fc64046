import Machinery

extension StructuralSchema {
    /// The object with the defaults of its schema, at every depth: for absent members, and for null ones that may not be
    /// null.
    package func defaulted(_ object: JSONObject) -> JSONObject {
        hasDefaults ? Self.filled(object, self) ?? object : object
    }

    /// The value with its defaults; `nil` when it has them.
    private static func filled(_ value: JSON, _ schema: StructuralSchema?) -> JSON? {
        guard let schema else { return nil }
        switch value {
        case .object(let object): return filled(object, schema).map(JSON.object)
        case .array(let elements):
            guard let items = schema.items else { return nil }
            var rebuilt: [JSON]?
            for index in elements.indices {
                guard let element = replacement(elements[index], items) else { continue }
                if rebuilt == nil { rebuilt = elements }
                rebuilt?[index] = element
            }
            return rebuilt.map(JSON.array)
        case .null, .bool, .int, .double, .string: return nil
        }
    }

    private static func filled(_ object: JSONObject, _ schema: StructuralSchema) -> JSONObject? {
        var rebuilt: JSONObject?
        for (name, property) in schema.properties {
            let present = object[name]
            guard let value = property.defaultValue,
                present == nil || present?.isNull == true && !property.isNullable
            else {
                guard let present, let changed = filled(present, property) else { continue }
                if rebuilt == nil { rebuilt = object }
                rebuilt?[name] = changed
                continue
            }
            if rebuilt == nil { rebuilt = object }
            rebuilt?[name] = filled(value, property) ?? value
        }
        guard let additional = schema.additional.schema else { return rebuilt }
        for member in object.members where schema.property(member.key) == nil {
            guard let value = replacement(member.value, additional) else { continue }
            if rebuilt == nil { rebuilt = object }
            rebuilt?[member.key] = value
        }
        return rebuilt
    }

    /// What stands in the place of an element of a list or map; `nil` when it may stay.
    private static func replacement(_ value: JSON, _ schema: StructuralSchema) -> JSON? {
        if value.isNull, !schema.isNullable, let standard = schema.defaultValue {
            return filled(standard, schema) ?? standard
        }
        return filled(value, schema)
    }
}
