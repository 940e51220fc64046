import KubeAPI
import KubeSchemas
import Machinery

/// The metadata of custom objects and of objects embedded in them (`x-kubernetes-embedded-resource`): read as what it is
/// whatever the schema says, and checked by the same rules as anybody's.
package struct EmbeddedMetadata {
    private static let objectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"

    /// Paths of members that metadata does not have.
    package private(set) var unknownFields: [String] = []

    package init() {}

    /// The object with the metadata of all embedded objects, and its own, in canonical form.
    ///
    /// - Throws: in Kubernetes' words, when a part of some metadata has the wrong type.
    package mutating func coerce(_ object: JSONObject, _ schema: StructuralSchema) throws(SchemaDecodingError)
        -> JSONObject
    {
        try resource(object, schema, isResource: true, path: "") ?? object
    }

    private mutating func value(
        _ value: JSON, _ schema: StructuralSchema, path: String
    ) throws(SchemaDecodingError) -> JSON? {
        switch value {
        case .object(let object):
            return try resource(object, schema, isResource: schema.isEmbeddedResource, path: path).map(JSON.object)
        case .array(let elements):
            guard let items = schema.items else { return nil }
            return try list(elements, items, path: path).map(JSON.array)
        case .null, .bool, .int, .double, .string:
            return nil
        }
    }

    private mutating func list(
        _ elements: [JSON], _ items: StructuralSchema, path: String
    ) throws(SchemaDecodingError) -> [JSON]? {
        var rebuilt: [JSON]?
        for index in elements.indices {
            guard let element = try value(elements[index], items, path: "\(path)[\(index)]") else { continue }
            if rebuilt == nil { rebuilt = elements }
            rebuilt?[index] = element
        }
        return rebuilt
    }

    private mutating func resource(
        _ object: JSONObject, _ schema: StructuralSchema, isResource: Bool, path: String
    ) throws(SchemaDecodingError) -> JSONObject? {
        var rebuilt: JSONObject?
        if isResource, let metadata = try metadata(object, path: path) {
            rebuilt = object
            rebuilt?["metadata"] = .object(metadata)
        }
        for member in object.members where !isResource || member.key != "metadata" {
            guard let inner = schema.member(member.key), inner.holdsResources else { continue }
            let place = path.isEmpty ? member.key : "\(path).\(member.key)"
            guard let changed = try value(member.value, inner, path: place) else { continue }
            if rebuilt == nil { rebuilt = object }
            rebuilt?[member.key] = changed
        }
        return rebuilt
    }

    /// The metadata of an object in canonical form; `nil` when it has it, or has none.
    private mutating func metadata(
        _ object: JSONObject, path: String
    ) throws(SchemaDecodingError) -> JSONObject? {
        guard let value = object["metadata"], let schema = BuiltinSchemas.schema(definition: Self.objectMeta) else {
            return nil
        }
        let place = path.isEmpty ? "metadata" : "\(path).metadata"
        guard case .object(let metadata) = value else {
            // Decoding names the type that was found.
            let holder = Schema(
                name: "", definition: "",
                fields: [SchemaField(name: "metadata", type: .object(SchemaReference(schema)))])
            _ = try SchemaDecoder.decode(["metadata": value], as: holder)
            return value.isNull ? JSONObject() : nil
        }
        let outcome = try SchemaDecoder.decode(metadata, as: schema)
        unknownFields += outcome.unknownFields.map { "\(place).\($0)" }
        return outcome.object == metadata ? nil : outcome.object
    }

    // MARK: Rules

    /// What is wrong with embedded objects.
    static func validate(_ object: JSONObject, _ schema: StructuralSchema) -> [FieldError] {
        var errors: [FieldError] = []
        validate(.object(object), schema, .root, isRoot: true, &errors)
        return errors
    }

    private static func validate(
        _ value: JSON, _ schema: StructuralSchema, _ path: FieldPath, isRoot: Bool, _ errors: inout [FieldError]
    ) {
        guard schema.holdsResources else { return }
        switch value {
        case .object(let object):
            if schema.isEmbeddedResource, !isRoot { errors += rules(object, path) }
            for member in object.members {
                let isNamed = schema.property(member.key) != nil
                guard let inner = schema.member(member.key) else { continue }
                validate(
                    member.value, inner, isNamed ? path.child(member.key) : path.key(member.key), isRoot: false,
                    &errors)
            }
        case .array(let elements):
            guard let items = schema.items else { return }
            for index in elements.indices {
                validate(elements[index], items, path.index(index), isRoot: false, &errors)
            }
        case .null, .bool, .int, .double, .string: break
        }
    }

    private static func rules(_ object: JSONObject, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for key in ["apiVersion", "kind"] {
            guard let value = object[key] else {
                errors.append(.required(path.child(key), "must not be empty"))
                continue
            }
            guard let text = value.stringValue else {
                errors.append(.invalid(path.child(key), value, "must be a string"))
                continue
            }
            if text.isEmpty {
                errors.append(.invalid(path.child(key), text, "must not be empty"))
            } else if key == "apiVersion", GroupVersion(apiVersion: text) == nil {
                errors.append(.invalid(path.child(key), text, "unexpected GroupVersion string: \(text)"))
            } else if key == "kind" {
                let problems = Names.dns1035Label(text.lowercased())
                if !problems.isEmpty {
                    errors.append(
                        .invalid(
                            path.child(key), text,
                            "may have mixed case, but should otherwise match: \(problems.joined(separator: ","))"))
                }
            }
        }
        if let metadata = object["metadata"]?.objectValue {
            errors += ObjectMetaRules.validateLabels(metadata["labels"], path.child("metadata").child("labels"))
            errors += ObjectMetaRules.validateAnnotations(
                metadata["annotations"], path.child("metadata").child("annotations"))
        }
        return errors
    }
}
