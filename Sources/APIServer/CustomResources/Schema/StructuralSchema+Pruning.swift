import Machinery

/// Leaves out what a schema does not know.
///
/// `apiVersion`, `kind` and `metadata` of the object and of embedded ones stay whatever the schema says. Where nothing is
/// left out, nothing is copied.
package struct Pruner {
    private static let identity: Set<String> = ["apiVersion", "kind", "metadata"]
    private static let maximumPaths = 100

    /// Paths (`spec.ports[0].nam`) of what was left out, 100 at most.
    package private(set) var unknownFields: [String] = []

    package init() {}

    package mutating func prune(_ object: JSONObject, _ schema: StructuralSchema) -> JSONObject {
        members(object, schema, isResource: true, keepsUnknown: schema.preservesUnknownFields, isRoot: true) ?? object
    }

    /// A default, which is no object of its own unless its schema says so.
    mutating func prune(_ value: JSON, _ schema: StructuralSchema) -> JSON { pruned(value, schema) ?? value }

    /// The value without unknown members; `nil` when it has none.
    private mutating func pruned(_ value: JSON, _ schema: StructuralSchema?) -> JSON? {
        switch value {
        case .object(let object):
            return members(
                object, schema, isResource: schema?.isEmbeddedResource ?? false,
                keepsUnknown: schema?.preservesUnknownFields ?? false, isRoot: false
            ).map(JSON.object)
        case .array(let elements):
            // Elements of a list whose schema is open: nothing in them is unknown.
            if let schema, schema.preservesUnknownFields, schema.items == nil { return nil }
            return self.elements(elements, schema?.items).map(JSON.array)
        case .null, .bool, .int, .double, .string:
            return nil
        }
    }

    private mutating func elements(_ elements: [JSON], _ schema: StructuralSchema?) -> [JSON]? {
        var rebuilt: [JSON]?
        for index in elements.indices {
            let known = unknownFields.count
            let element = pruned(elements[index], schema)
            prefix(from: known) { "[\(index)]" }
            if let element {
                if rebuilt == nil { rebuilt = elements }
                rebuilt?[index] = element
            }
        }
        return rebuilt
    }

    private mutating func members(
        _ object: JSONObject, _ schema: StructuralSchema?, isResource: Bool, keepsUnknown: Bool, isRoot: Bool
    ) -> JSONObject? {
        var rebuilt: JSONObject?
        for member in object.members {
            if isResource, Self.identity.contains(member.key) { continue }
            let known = unknownFields.count
            if let property = schema?.property(member.key) {
                if let value = pruned(member.value, property) {
                    if rebuilt == nil { rebuilt = object }
                    rebuilt?[member.key] = value
                }
            } else if let schema, case .schema(let additional) = schema.additional {
                if let value = pruned(member.value, additional) {
                    if rebuilt == nil { rebuilt = object }
                    rebuilt?[member.key] = value
                }
            } else if let schema, case .allowed = schema.additional {
                // The member stays; of what would be nested in it, nothing is known.
                if let value = pruned(member.value, nil) {
                    if rebuilt == nil { rebuilt = object }
                    rebuilt?[member.key] = value
                }
            } else if !keepsUnknown {
                if rebuilt == nil { rebuilt = object }
                rebuilt?[member.key] = nil
                if unknownFields.count < Self.maximumPaths { unknownFields.append("") }
            }
            prefix(from: known) { (isRoot ? "" : ".") + member.key }
        }
        return rebuilt
    }

    /// Paths found within get the place in front on the way out.
    private mutating func prefix(from start: Int, _ step: () -> String) {
        guard unknownFields.count > start else { return }
        let text = step()
        for index in start..<unknownFields.count { unknownFields[index] = text + unknownFields[index] }
    }
}

extension StructuralSchema {
    /// The object without members that may not be null, are, and have no default.
    package func withoutForbiddenNulls(_ object: JSONObject) -> JSONObject { Self.withoutNulls(object, self) ?? object }

    private static func withoutNulls(_ value: JSON, _ schema: StructuralSchema?) -> JSON? {
        switch value {
        case .object(let object):
            return withoutNulls(object, schema).map(JSON.object)
        case .array(let elements):
            var rebuilt: [JSON]?
            for index in elements.indices {
                guard let element = withoutNulls(elements[index], schema?.items) else { continue }
                if rebuilt == nil { rebuilt = elements }
                rebuilt?[index] = element
            }
            return rebuilt.map(JSON.array)
        case .null, .bool, .int, .double, .string:
            return nil
        }
    }

    private static func withoutNulls(_ object: JSONObject, _ schema: StructuralSchema?) -> JSONObject? {
        guard let schema else { return nil }
        var rebuilt: JSONObject?
        for member in object.members {
            let inner = schema.member(member.key)
            if member.value.isNull, let inner, !inner.isNullable, inner.defaultValue == nil {
                if rebuilt == nil { rebuilt = object }
                rebuilt?[member.key] = nil
            } else if let value = withoutNulls(member.value, inner) {
                if rebuilt == nil { rebuilt = object }
                rebuilt?[member.key] = value
            }
        }
        return rebuilt
    }
}
