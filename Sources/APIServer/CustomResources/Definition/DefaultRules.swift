import CEL
import Machinery

/// Defaults must be values that their own schema accepts, without unknown fields.
///
/// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go.
struct DefaultRules {
    private let demandsPruned: Bool
    private var errors: [FieldError] = []

    static func validate(_ schema: StructuralSchema, at path: FieldPath, demandsPruned: Bool) -> [FieldError] {
        guard schema.hasDefaults else { return [] }
        var rules = DefaultRules(demandsPruned: demandsPruned)
        rules.walk(schema, path, insideMetadata: false, isResource: true)
        return rules.errors
    }

    private init(demandsPruned: Bool) { self.demandsPruned = demandsPruned }

    private mutating func walk(
        _ schema: StructuralSchema, _ path: FieldPath, insideMetadata: Bool, isResource: Bool
    ) {
        let isResource = isResource || schema.isEmbeddedResource
        let inside = insideMetadata && !schema.isEmbeddedResource
        if let value = schema.defaultValue { check(value, schema, path.child("default"), insideMetadata: inside) }
        if let items = schema.items {
            walk(items, path.child("items"), insideMetadata: inside, isResource: false)
        }
        for (name, property) in schema.properties {
            let isIdentity = isResource && ["apiVersion", "kind", "metadata"].contains(name)
            walk(
                property, path.child("properties").key(name), insideMetadata: inside || isIdentity,
                isResource: false)
        }
    }

    private mutating func check(_ value: JSON, _ schema: StructuralSchema, _ path: FieldPath, insideMetadata: Bool) {
        if demandsPruned, !insideMetadata, Self.isUnpruned(schema) {
            errors.append(.invalid(path, value, "must not have unknown fields"))
        }
        if case .object(let object) = value, schema.holdsResources {
            do throws(SchemaDecodingError) {
                var metadata = EmbeddedMetadata()
                _ = try metadata.coerce(
                    ["value": .object(object)], StructuralSchema(["properties": ["value": .object(schema.json)]]))
            } catch {
                return errors.append(.invalid(path, value, "must result in valid metadata: \(error)"))
            }
        }
        let problems = SchemaValidator(schema).validate(value, at: path)
        guard problems.isEmpty else { return errors += problems }
        guard let tree = RuleTree(schema, isResource: schema.isEmbeddedResource) else { return }
        let kept = RuleValidation.validate(value, from: value, tree, at: path)
        errors += kept.errors
        if kept.errors.isEmpty { errors += RuleValidation.validate(value, from: nil, tree, at: path).errors }
    }

    /// Whether a schema's default has members that it does not know.
    static func isUnpruned(_ schema: StructuralSchema) -> Bool {
        guard let value = schema.defaultValue else { return false }
        var pruner = Pruner()
        return pruner.prune(value, schema) != value
    }
}
