import CEL
import Machinery

/// What makes a schema structural: its shape can be told without looking into what only validates (KEP-1111).
///
/// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/validation.go.
struct StructuralRules {
    private enum Level {
        case root
        case item
        case field
    }

    private var errors: [FieldError] = []

    /// What is wrong, in the order of the texts.
    static func validate(_ schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        var rules = StructuralRules()
        rules.invariants(schema, .root, path)
        rules.completeness(of: schema, schema, path, path)
        return rules.errors.sorted { $0.description < $1.description }
    }

    // MARK: The skeleton

    private mutating func invariants(_ schema: StructuralSchema, _ level: Level, _ path: FieldPath) {
        if schema.type == "array", schema.items == nil {
            errors.append(.required(path.child("items"), "must be specified"))
        }
        if let items = schema.items { invariants(items, .item, path.child("items")) }
        for (name, property) in schema.properties {
            invariants(property, .field, path.child("properties").key(name))
        }
        additional(schema, level, path)
        extensions(schema, path)
        let isIntOrString = IntOrStringPattern(schema)
        values(
            schema, skipsAnyOf: isIntOrString.isAnyOf, skipsFirstAllOf: isIntOrString.isAllOf, path)
        type(schema, level, path)
        identity(schema, level, path)
        if schema.isEmbeddedResource, !schema.preservesUnknownFields, schema.properties.isEmpty {
            errors.append(
                .required(
                    path.child("properties"),
                    "must not be empty if x-kubernetes-embedded-resource is true without "
                        + "x-kubernetes-preserve-unknown-fields"))
        }
    }

    private mutating func additional(_ schema: StructuralSchema, _ level: Level, _ path: FieldPath) {
        switch schema.additional {
        case .unspecified: return
        case .allowed: break
        case .schema(let inner): invariants(inner, .field, path.child("additionalProperties"))
        }
        if case .root = level {
            errors.append(.forbidden(path.child("additionalProperties"), "must not be used at the root"))
        }
        if schema.isEmbeddedResource {
            errors.append(
                .forbidden(
                    path.child("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set"))
        }
    }

    private mutating func extensions(_ schema: StructuralSchema, _ path: FieldPath) {
        guard schema.isIntOrString else { return }
        let detail = "must be false if x-kubernetes-int-or-string is true"
        if schema.preservesUnknownFields {
            errors.append(.invalid(path.child("x-kubernetes-preserve-unknown-fields"), true, detail))
        }
        if schema.isEmbeddedResource {
            errors.append(.invalid(path.child("x-kubernetes-embedded-resource"), true, detail))
        }
    }

    private mutating func type(_ schema: StructuralSchema, _ level: Level, _ path: FieldPath) {
        let place = path.child("type")
        if schema.isEmbeddedResource, schema.type != "object" {
            let detail = "must be object if x-kubernetes-embedded-resource is true"
            errors.append(schema.type.isEmpty ? .required(place, detail) : .invalid(place, schema.type, detail))
        } else if schema.type.isEmpty, !schema.isIntOrString, !schema.preservesUnknownFields {
            let what =
                switch level {
                case .root: "at the root"
                case .item: "for specified array items"
                case .field: "for specified object fields"
                }
            errors.append(.required(place, "must not be empty \(what)"))
        }
        if case .root = level, !schema.type.isEmpty, schema.type != "object" {
            errors.append(.invalid(place, schema.type, "must be object at the root"))
        }
    }

    /// The types of `apiVersion`, `kind` and `metadata` are known without being written down.
    private mutating func identity(_ schema: StructuralSchema, _ level: Level, _ path: FieldPath) {
        var isRoot = false
        if case .root = level { isRoot = true }
        let isResource = isRoot || schema.isEmbeddedResource
        for name in ["kind", "apiVersion"] where isResource {
            guard let property = schema.property(name), property.type != "string" else { continue }
            errors.append(
                .invalid(
                    path.child("properties").key(name).child("type"), property.type, "must be string"))
        }
        guard let metadata = schema.property("metadata") else { return }
        let place = path.child("properties").key("metadata")
        if isResource, metadata.type != "object" {
            errors.append(.invalid(place.child("type"), metadata.type, "must be object"))
        }
        guard isRoot else { return }
        var rest = metadata.json
        rest["type"] = nil
        rest["default"] = nil
        let names = Set(metadata.properties.map(\.name))
        if !names.isEmpty, names.isSubset(of: ["name", "generateName"]) { rest["properties"] = nil }
        if rest["properties"]?.objectValue?.isEmpty == true { rest["properties"] = nil }
        if !rest.isEmpty {
            errors.append(
                .forbidden(
                    place,
                    "must not specify anything other than name and generateName, but metadata is implicitly specified"))
        }
    }

    // MARK: What only validates

    private mutating func values(
        _ schema: StructuralSchema, skipsAnyOf: Bool, skipsFirstAllOf: Bool, _ path: FieldPath
    ) {
        if !skipsAnyOf {
            for (index, inner) in schema.anyOf.enumerated() {
                nested(inner, skipsAnyOf: false, path.child("anyOf").index(index))
            }
        }
        for (index, inner) in schema.allOf.enumerated() {
            nested(
                inner, skipsAnyOf: skipsFirstAllOf && index == 0, path.child("allOf").index(index))
        }
        for (index, inner) in schema.oneOf.enumerated() {
            nested(inner, skipsAnyOf: false, path.child("oneOf").index(index))
        }
        if let not = schema.not { nested(not, skipsAnyOf: false, path.child("not")) }
        if let pattern = schema.values.pattern {
            do throws(LinearRegexError) {
                _ = try LinearRegex(pattern)
            } catch {
                errors.append(
                    .invalid(
                        path.child("pattern"), pattern, "must be a valid regular expression, but isn't: \(error)"))
            }
        }
    }

    private mutating func nested(
        _ schema: StructuralSchema, skipsAnyOf: Bool, _ path: FieldPath
    ) {
        values(schema, skipsAnyOf: skipsAnyOf, skipsFirstAllOf: false, path)
        if let items = schema.items {
            nested(items, skipsAnyOf: false, path.child("items"))
        }
        for (name, property) in schema.properties {
            nested(property, skipsAnyOf: false, path.child("properties").key(name))
        }
        func forbid(_ isGiven: Bool, _ name: String, _ what: String) {
            if isGiven { errors.append(.forbidden(path.child(name), "must be \(what) to be structural")) }
        }
        forbid(!schema.type.isEmpty, "type", "empty")
        forbid(schema.json["additionalProperties"] != nil, "additionalProperties", "undefined")
        forbid(schema.defaultValue != nil, "default", "undefined")
        forbid(!(schema.json.string("title") ?? "").isEmpty, "title", "empty")
        forbid(!(schema.json.string("description") ?? "").isEmpty, "description", "empty")
        forbid(schema.isNullable, "nullable", "false")
        forbid(schema.preservesUnknownFields, "x-kubernetes-preserve-unknown-fields", "false")
        forbid(schema.isEmbeddedResource, "x-kubernetes-embedded-resource", "false")
        forbid(schema.isIntOrString, "x-kubernetes-int-or-string", "false")
        forbid(!schema.listMapKeys.isEmpty, "x-kubernetes-list-map-keys", "empty")
        forbid(schema.listType != nil, "x-kubernetes-list-type", "undefined")
        forbid(schema.mapType != nil, "x-kubernetes-map-type", "undefined")
        forbid(!schema.rules.isEmpty, "x-kubernetes-validations", "empty")
        if schema.property("metadata") != nil {
            errors.append(
                .forbidden(
                    path.child("properties").key("metadata"), "must not be specified in a nested context"))
        }
    }

    // MARK: Completeness

    /// What alternatives speak of must be in the skeleton.
    private mutating func completeness(
        of validation: StructuralSchema, _ skeleton: StructuralSchema?, _ path: FieldPath, _ place: FieldPath
    ) {
        let parts: [(schema: StructuralSchema, place: FieldPath)] =
            (validation.not.map { [($0, place.child("not"))] } ?? [])
            + validation.allOf.enumerated().map { ($1, place.child("allOf").index($0)) }
            + validation.anyOf.enumerated().map { ($1, place.child("anyOf").index($0)) }
            + validation.oneOf.enumerated().map { ($1, place.child("oneOf").index($0)) }
        for part in parts { nestedCompleteness(part.schema, skeleton, path, part.place) }
    }

    private mutating func nestedCompleteness(
        _ validation: StructuralSchema, _ skeleton: StructuralSchema?, _ path: FieldPath, _ place: FieldPath
    ) {
        guard let skeleton else { return errors.append(.required(path, "because it is defined in \(place)")) }
        completeness(of: validation, skeleton, path, place)
        if let items = validation.items {
            nestedCompleteness(items, skeleton.items, path.child("items"), place.child("items"))
        }
        for (name, property) in validation.properties {
            let (inner, there) = (path.child("properties").key(name), place.child("properties").key(name))
            guard let part = skeleton.property(name) else {
                errors.append(.required(inner, "because it is defined in \(there)"))
                continue
            }
            nestedCompleteness(property, part, inner, there)
        }
    }
}

/// The alternatives by which older tools wrote int-or-string: `anyOf: [{type: integer}, {type: string}]`, alone or as the
/// first of `allOf`.
struct IntOrStringPattern {
    let isAnyOf: Bool
    let isAllOf: Bool

    private static let alternatives: [JSONObject] = [["type": "integer"], ["type": "string"]]

    init(_ schema: StructuralSchema) {
        isAnyOf = schema.anyOf.map(\.json) == Self.alternatives
        isAllOf = schema.allOf.first?.anyOf.map(\.json) == Self.alternatives
    }
}
