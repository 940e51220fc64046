import KubeSchemas
import Machinery

extension StructuralSchema {
    private static let objectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"

    /// The schema as field ownership and server-side apply see it: which lists and maps have parts of their own.
    ///
    /// Defaults, limits and required members are left out: those are this schema's own business.
    func mergeSchema(name: String, definition: String) -> Schema {
        object(name: name, definition: definition, isResource: true)
    }

    private func object(name: String, definition: String, isResource: Bool) -> Schema {
        var fields = properties.compactMap { name, schema -> SchemaField? in
            if isResource, ["apiVersion", "kind", "metadata"].contains(name) { return nil }
            return SchemaField(name: name, type: schema.mergeType(definition: "\(definition).\(name)"))
        }
        if isResource {
            fields.append(SchemaField(name: "apiVersion", type: .string))
            fields.append(SchemaField(name: "kind", type: .string))
            if let meta = BuiltinSchemas.schema(definition: Self.objectMeta) {
                fields.append(SchemaField(name: "metadata", type: .object(SchemaReference(meta))))
            }
        }
        return Schema(
            name: name, definition: definition, fields: fields, isAtomic: mapType == "atomic",
            preservesUnknownFields: preservesUnknownFields || isOpenMap)
    }

    /// Named members besides any others (`additionalProperties: true`).
    private var isOpenMap: Bool {
        if case .allowed(true) = additional { return true }
        return false
    }

    private func mergeType(definition: String) -> SchemaType {
        if isIntOrString { return .intOrString }
        switch type {
        case "string": return .string
        case "boolean": return .bool
        case "integer": return .int64
        case "number": return .double
        case "array":
            guard let items else { return .any }
            return .list(of: items.mergeType(definition: definition), listSemantics)
        case "object":
            if properties.isEmpty, !isEmbeddedResource {
                if let inner = additional.schema {
                    return .map(of: inner.mergeType(definition: definition), isAtomic: mapType == "atomic")
                }
                if mapType == "atomic" { return .map(of: .any, isAtomic: true) }
                return .any
            }
            return .object(
                SchemaReference(
                    object(name: definition, definition: definition, isResource: isEmbeddedResource)))
        default: return .any
        }
    }

    private var listSemantics: ListSemantics {
        switch listType {
        case "set": ListSemantics(kind: .set)
        case "map": ListSemantics(kind: .map(keys: listMapKeys))
        default: ListSemantics(kind: .atomic)
        }
    }
}
