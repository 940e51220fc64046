/// Fills in the defaults a schema declares, at every depth, also within lists and within defaults themselves.
///
/// Only absent members are filled. Parts of the tree whose types declare no default are not walked.
package enum SchemaDefaulter {
    package static func apply(to object: inout JSONObject, schema: Schema) {
        if let changed = filled(object, schema) { object = changed }
    }

    /// The object with its defaults; `nil` when it has them.
    ///
    /// Fields and members are both sorted: one walk along both, and one new array where anything changes.
    private static func filled(_ object: JSONObject, _ schema: Schema) -> JSONObject? {
        let fields = schema.defaultedFields
        guard !fields.isEmpty else { return nil }
        let members = object.members
        var result: [JSONObject.Member] = []
        // Members before `index` come before the field; those before `taken` are in the result or replaced there.
        var index = 0
        var taken = 0
        for field in fields {
            var order = 1
            while index < members.count {
                order = UTF8Order.compare(members[index].key, field.name)
                if order >= 0 { break }
                index += 1
            }
            let isPresent = index < members.count && order == 0
            let value: JSON
            if isPresent, !members[index].value.isNull {
                guard let changed = filled(members[index].value, field.type) else { continue }
                value = changed
            } else if let given = field.defaultValue {
                value = filled(given, field.type) ?? given
            } else {
                continue
            }
            if result.isEmpty { result.reserveCapacity(members.count + fields.count) }
            result += members[taken..<index]
            result.append(JSONObject.Member(key: field.name, value: value))
            taken = isPresent ? index + 1 : index
        }
        guard !result.isEmpty else { return nil }
        result += members[taken...]
        return JSONObject(sorted: result)
    }

    private static func filled(_ value: JSON, _ type: SchemaType) -> JSON? {
        switch (type, value) {
        case (.object(let reference), .object(let object)):
            return filled(object, reference.schema).map(JSON.object)
        case (.list(let element, _), .array(let elements)) where element.hasDefaults:
            var result: [JSON]?
            for index in elements.indices {
                guard let changed = filled(elements[index], element) else { continue }
                if result == nil { result = elements }
                result?[index] = changed
            }
            return result.map(JSON.array)
        case (.map(let element, _), .object(let object)) where element.hasDefaults:
            var result: JSONObject?
            for member in object.members {
                guard let changed = filled(member.value, element) else { continue }
                if result == nil { result = object }
                result?[member.key] = changed
            }
            return result.map(JSON.object)
        default: return nil
        }
    }
}

extension SchemaType {
    var hasDefaults: Bool {
        switch self {
        case .object(let reference): reference.schema.hasDefaults
        case .list(let element, _), .map(let element, _): element.hasDefaults
        case .string, .int32, .int64, .bool, .double, .bytes, .quantity, .time, .microTime, .intOrString, .duration,
            .any:
            false
        }
    }

    /// The structured type within, through lists and maps.
    var innerReference: SchemaReference? {
        switch self {
        case .object(let reference): reference
        case .list(let element, _), .map(let element, _): element.innerReference
        case .string, .int32, .int64, .bool, .double, .bytes, .quantity, .time, .microTime, .intOrString, .duration,
            .any:
            nil
        }
    }
}
