import Machinery

/// What `x-kubernetes-list-type` asks of lists: sets without repetition, maps with one element for each key.
package enum ListTypeRules {
    package static func validate(_ object: JSONObject, _ schema: StructuralSchema) -> [FieldError] {
        var errors: [FieldError] = []
        members(object, schema, .root, &errors)
        return errors
    }

    private static func value(
        _ value: JSON, _ schema: StructuralSchema, _ path: FieldPath, _ errors: inout [FieldError]
    ) {
        switch value {
        case .object(let object): members(object, schema, path, &errors)
        case .array(let elements): list(elements, schema, path, &errors)
        case .null, .bool, .int, .double, .string: break
        }
    }

    private static func members(
        _ object: JSONObject, _ schema: StructuralSchema, _ path: FieldPath, _ errors: inout [FieldError]
    ) {
        for member in object.members {
            if let property = schema.property(member.key) {
                value(member.value, property, path.child(member.key), &errors)
            } else if let additional = schema.additional.schema {
                value(member.value, additional, path.key(member.key), &errors)
            }
        }
    }

    private static func list(
        _ elements: [JSON], _ schema: StructuralSchema, _ path: FieldPath, _ errors: inout [FieldError]
    ) {
        switch schema.listType {
        case "set": repeated(elements, path, &errors)
        case "map": map(elements, schema.listMapKeys, path, &errors)
        default: break
        }
        guard let items = schema.items else { return }
        for index in elements.indices { value(elements[index], items, path.index(index), &errors) }
    }

    private static func map(
        _ elements: [JSON], _ keys: [String], _ path: FieldPath, _ errors: inout [FieldError]
    ) {
        for (index, element) in elements.enumerated() where !element.isNull && element.objectValue == nil {
            return errors.append(
                .invalid(path.index(index), element, "must be an object for an array of list-type map"))
        }
        let identities = elements.map { element in
            JSON.object(JSONObject(keys.compactMap { key in element[key].map { (key, $0) } }))
        }
        repeated(identities, path, &errors)
    }

    /// Each value that occurs more than once is told once, at its second place.
    private static func repeated(_ values: [JSON], _ path: FieldPath, _ errors: inout [FieldError]) {
        guard values.count > 1 else { return }
        var times: [JSON: Int] = [:]
        for (index, value) in values.enumerated() {
            times[value, default: 0] += 1
            if times[value] == 2 { errors.append(.duplicate(path.index(index), value)) }
        }
    }
}
