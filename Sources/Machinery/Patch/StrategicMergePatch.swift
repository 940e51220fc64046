/// Kubernetes' strategic merge patch: a merge patch that knows, from the schema, which lists merge and by what key.
///
/// Directives in the patch: `$patch: replace | delete` in an object or a list element, `$deleteFromPrimitiveList/x`,
/// `$setElementOrder/x`, `$retainKeys`. Parts that the schema does not describe merge as in RFC 7386.
package struct StrategicMergePatch {
    static let directive = "$patch"
    static let retainKeys = "$retainKeys"
    static let elementOrder = "$setElementOrder/"
    static let primitiveDeletion = "$deleteFromPrimitiveList/"

    package static func apply(
        _ patch: JSON, to object: JSONObject, schema: Schema
    ) throws(StatusError) -> JSONObject {
        guard case .object(let patch) = patch else { throw .badStrategicPatch }
        return try merge(object, patch, .schema(schema))
    }

    /// What is known of the members of an object.
    enum Shape {
        case schema(Schema)
        case map(SchemaType)
        case unknown

        init(_ type: SchemaType?) {
            switch type {
            case .object(let reference): self = .schema(reference.schema)
            case .map(let element, _): self = .map(element)
            default: self = .unknown
            }
        }

        func type(of key: String) -> SchemaType? {
            switch self {
            case .schema(let schema): schema.field(key)?.type
            case .map(let element): element
            case .unknown: nil
            }
        }

        /// Whether a patch's object takes the place of the present one.
        func isReplaced(_ key: String) -> Bool {
            guard case .schema(let schema) = self else { return false }
            return schema.field(key)?.isReplaced ?? false
        }
    }

    static func merge(
        _ original: JSONObject, _ patch: JSONObject, _ shape: Shape
    ) throws(StatusError) -> JSONObject {
        var patch = patch
        if let directive = patch.removeValue(forKey: Self.directive) {
            switch directive.stringValue {
            case "replace": return stripped(patch)
            case "delete": return JSONObject()
            case "merge": break
            default: throw .badRequest("unknown patch type '\(directive.stringValue ?? "\(directive)")' in map")
            }
        }
        var result = original
        if let keys = patch.removeValue(forKey: Self.retainKeys) { try retain(keys, in: &result, patch) }
        let orders = try takeOrders(&patch)
        for member in patch.members where member.key.hasPrefix(Self.primitiveDeletion) {
            try deletePrimitives(member, in: &result)
        }
        let changes = patch.compactMapValues { $0.hasPrefix(Self.primitiveDeletion) ? nil : $1 }
        result = try result.applying(changes) { (key, present, change) throws(StatusError) in
            if case .object(let replacement) = change, shape.isReplaced(key) { return .object(stripped(replacement)) }
            return try merged(present, change, shape.type(of: key), order: orders[key])
        }
        // A list that the patch only puts in order, without changing an element.
        for (key, order) in orders where !patch.contains(key) {
            guard case .array(let elements) = result[key] else { continue }
            result[key] = .array(
                try ListMerge(type: shape.type(of: key), key: key).ordered(elements, like: order, original: elements))
        }
        return result
    }

    /// A member after the patch; `nil` when it is gone.
    private static func merged(
        _ original: JSON?, _ patch: JSON, _ type: SchemaType?, order: [JSON]?
    ) throws(StatusError) -> JSON? {
        switch (original, patch) {
        case (_, .null): return nil
        case (.object(let original), .object(let patch)):
            return .object(try merge(original, patch, Shape(type)))
        case (let original, .array(let patch)):
            let list = ListMerge(type: type, key: "")
            guard list.mergeKey != nil else { return stripped(.array(patch)) }
            if let order { try list.check(patch, against: order) }
            // A list that is new is taken as it is: nothing in it merges, not even elements of the same key.
            guard let elements = original?.arrayValue else { return stripped(.array(patch)) }
            let merged = try list.merge(elements, patch)
            let named = order ?? patch.filter { $0[Self.directive] == nil }
            return .array(try list.ordered(merged, like: named, original: elements))
        case (_, .object(let patch)):
            if patch[Self.directive] == "delete" { return .object(JSONObject()) }
            return .object(stripped(patch))
        case (_, .bool), (_, .int), (_, .double), (_, .string): return patch
        }
    }

    private static func retain(
        _ keys: JSON, in object: inout JSONObject, _ patch: JSONObject
    ) throws(StatusError) {
        guard case .array(let elements) = keys else { throw .badRetainKeys }
        let kept = Set(elements.compactMap(\.stringValue))
        for key in patch.keys where !key.hasPrefix("$") && !kept.contains(key) { throw .badRetainKeys }
        object = object.compactMapValues { kept.contains($0) ? $1 : nil }
    }

    /// Takes the `$setElementOrder/…` members out of a patch.
    private static func takeOrders(_ patch: inout JSONObject) throws(StatusError) -> [String: [JSON]] {
        var orders: [String: [JSON]] = [:]
        for key in patch.keys where key.hasPrefix(elementOrder) {
            guard case .array(let order) = patch.removeValue(forKey: key) else { throw .badElementOrder }
            orders[String(key.dropFirst(elementOrder.count))] = order
        }
        return orders
    }

    private static func deletePrimitives(
        _ member: JSONObject.Member, in object: inout JSONObject
    ) throws(StatusError) {
        guard case .array(let unwanted) = member.value else { throw .badPrimitiveList }
        let key = String(member.key.dropFirst(primitiveDeletion.count))
        guard case .array(let elements) = object[key] else { return }
        let unwantedElements = Set(unwanted)
        object[key] = .array(elements.filter { !unwantedElements.contains($0) })
    }

    /// A part of a patch that is new in the object: without directives and nulls.
    static func stripped(_ value: JSON) -> JSON {
        switch value {
        case .object(let object): .object(stripped(object))
        case .array(let elements):
            .array(elements.filter { $0[directive] == nil || $0[directive] == "merge" }.map(stripped))
        case .null, .bool, .int, .double, .string: value
        }
    }

    static func stripped(_ object: JSONObject) -> JSONObject {
        object.compactMapValues { key, value in
            if value.isNull || key == directive || key == retainKeys || key.hasPrefix(elementOrder)
                || key.hasPrefix(primitiveDeletion)
            {
                return nil
            }
            return stripped(value)
        }
    }
}
