import KubeSchemas
import Machinery

/// Writes schemas as OpenAPI, version 2 or 3: they differ in where references point and how those carry descriptions.
struct OpenAPISchema {
    enum Version: Sendable {
        case v2
        case v3

        var referencePrefix: String {
            switch self {
            case .v2: "#/definitions/"
            case .v3: "#/components/schemas/"
            }
        }
    }

    let version: Version

    private static let scalars: [String: JSONObject] = [
        OpenAPISchema.quantity: [
            "description": "A quantity of a resource: a number with an optional suffix such as m, Ki or G.",
            "type": "string",
        ],
        OpenAPISchema.time: ["description": "A moment as RFC 3339 text.", "type": "string", "format": "date-time"],
        OpenAPISchema.microTime: [
            "description": "A moment as RFC 3339 text with microseconds.", "type": "string", "format": "date-time",
        ],
        OpenAPISchema.intOrString: [
            "description": "An integer, or a text such as a port's name or a percentage.", "type": "string",
            "format": "int-or-string",
        ],
    ]

    private static let quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity"
    private static let time = "io.k8s.apimachinery.pkg.apis.meta.v1.Time"
    private static let microTime = "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"
    private static let intOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString"

    /// The definitions that `roots` reach, by name.
    func definitions(reachableFrom roots: [Schema], kinds: [String: [GroupVersionKind]]) -> JSONObject {
        var result = JSONObject()
        var waiting = roots
        var seen: Set<String> = Set(roots.map(\.definition))
        while let schema = waiting.popLast() {
            var used: [String] = []
            result[schema.definition] = .object(
                definition(schema, kinds: kinds[schema.definition] ?? [], used: &used))
            for name in used where seen.insert(name).inserted {
                if let scalar = Self.scalars[name] ?? Self.opaque[name] {
                    result[name] = .object(alternatives(name, scalar))
                } else if let next = BuiltinSchemas.schema(definition: name) {
                    waiting.append(next)
                }
            }
        }
        return result
    }

    /// Version 3 can say that a scalar is written in one way or another; version 2 names only the usual one.
    private func alternatives(_ name: String, _ scalar: JSONObject) -> JSONObject {
        guard version == .v3, name == Self.quantity || name == Self.intOrString else { return scalar }
        var scalar = scalar
        scalar["type"] = nil
        scalar["oneOf"] = [["type": name == Self.quantity ? "number" : "integer"], ["type": "string"]]
        return scalar
    }

    private func definition(_ schema: Schema, kinds: [GroupVersionKind], used: inout [String]) -> JSONObject {
        var object: JSONObject = ["type": "object"]
        describe(&object, schema.documentation)
        var properties = JSONObject()
        for field in schema.fields { properties[field.name] = .object(property(field, of: schema, used: &used)) }
        if !properties.isEmpty { object["properties"] = .object(properties) }
        object.set("required", schema.fields.filter(\.isRequired).map(\.name))
        if schema.isAtomic { object["x-kubernetes-map-type"] = "atomic" }
        if !kinds.isEmpty {
            object["x-kubernetes-group-version-kind"] = .array(kinds.map(Self.kind))
        }
        return object
    }

    private func describe(_ object: inout JSONObject, _ text: String) {
        if !text.isEmpty { object["description"] = .string(text) }
    }

    static func kind(_ kind: GroupVersionKind) -> JSON {
        ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)]
    }

    private func property(_ field: SchemaField, of schema: Schema, used: inout [String]) -> JSONObject {
        var object = value(
            of: field.type, opaque: Self.opaqueType(of: field.name, in: schema), used: &used)
        if object["$ref"] != nil, version == .v3 {
            // OpenAPI 3.0 ignores what stands beside a reference.
            object = ["allOf": .array([.object(object)])]
        }
        describe(&object, field.documentation)
        if let value = field.defaultValue { object["default"] = value }
        object.set("enum", field.enumeration)
        // Lists of objects say nothing of how they merge: nobody writes them.
        let isCollection = field.name == "items" && schema.name.hasSuffix("List")
        if case .list(_, let semantics) = field.type, !isCollection {
            switch semantics.kind {
            case .atomic: object["x-kubernetes-list-type"] = "atomic"
            case .set: object["x-kubernetes-list-type"] = "set"
            case .map(let keys):
                object["x-kubernetes-list-type"] = "map"
                object.set("x-kubernetes-list-map-keys", keys)
            }
            if let key = semantics.patchMergeKey {
                object["x-kubernetes-patch-strategy"] = field.retainsKeys ? "merge,retainKeys" : "merge"
                if !key.isEmpty { object["x-kubernetes-patch-merge-key"] = .string(key) }
            }
        } else if field.retainsKeys {
            object["x-kubernetes-patch-strategy"] = "retainKeys"
        } else if field.isReplaced {
            object["x-kubernetes-patch-strategy"] = "replace"
        }
        return object
    }

    private func value(of type: SchemaType, opaque: String?, used: inout [String]) -> JSONObject {
        switch type {
        case .string: return ["type": "string"]
        case .int32: return ["type": "integer", "format": "int32"]
        case .int64: return ["type": "integer", "format": "int64"]
        case .bool: return ["type": "boolean"]
        case .double: return ["type": "number", "format": "double"]
        case .bytes: return ["type": "string", "format": "byte"]
        case .duration: return ["type": "string"]
        case .quantity: return reference(Self.quantity, used: &used)
        case .time: return reference(Self.time, used: &used)
        case .microTime: return reference(Self.microTime, used: &used)
        case .intOrString: return reference(Self.intOrString, used: &used)
        case .any: return opaque.map { reference($0, used: &used) } ?? ["type": "object"]
        case .list(let element, _):
            return ["type": "array", "items": .object(value(of: element, opaque: opaque, used: &used))]
        case .map(let element, let isAtomic):
            var object: JSONObject = [
                "type": "object",
                "additionalProperties": .object(value(of: element, opaque: opaque, used: &used)),
            ]
            if isAtomic { object["x-kubernetes-map-type"] = "atomic" }
            return object
        case .object(let target):
            return reference(target.definition, used: &used)
        }
    }

    private func reference(_ definition: String, used: inout [String]) -> JSONObject {
        used.append(definition)
        return ["$ref": .string(version.referencePrefix + definition)]
    }
}
