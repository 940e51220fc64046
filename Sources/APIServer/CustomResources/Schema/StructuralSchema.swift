import Machinery

/// An OpenAPI v3 schema of a CustomResourceDefinition, taken apart once: the shape by which objects are pruned,
/// defaulted, validated and merged.
///
/// Every part of it is one of these, also those inside `allOf`, `anyOf`, `oneOf` and `not`, which only validate. Whether
/// a schema is structural, that is, fit to prune by, is judged by StructuralRules; reading takes anything.
/// Source: apiextensions.k8s.io/v1 JSONSchemaProps; KEP-1111 and what followed it.
package final class StructuralSchema: Sendable {
    /// What members that `properties` does not name may be.
    enum Additional: Sendable {
        case unspecified
        case allowed(Bool)
        case schema(StructuralSchema)

        var schema: StructuralSchema? {
            if case .schema(let schema) = self { return schema }
            return nil
        }
    }

    /// A rule of `x-kubernetes-validations`.
    struct Rule: Hashable, Sendable {
        let rule: String
        let message: String
        let messageExpression: String
        let reason: String?
        let fieldPath: String
        let optionalOldSelf: Bool?
    }

    /// The schema as it was written.
    let json: JSONObject
    let type: String
    let format: String
    let isNullable: Bool
    /// What an absent member becomes; a `null` is as good as none.
    let defaultValue: JSON?
    /// Sorted by name.
    let properties: [(name: String, schema: StructuralSchema)]
    private let propertyIndex: [String: StructuralSchema]
    let additional: Additional
    let items: StructuralSchema?
    let preservesUnknownFields: Bool
    let isEmbeddedResource: Bool
    let isIntOrString: Bool
    let listType: String?
    let listMapKeys: [String]
    let mapType: String?
    let values: ValueLimits
    let allOf: [StructuralSchema]
    let anyOf: [StructuralSchema]
    let oneOf: [StructuralSchema]
    let not: StructuralSchema?
    let rules: [Rule]
    /// Whether a default stands anywhere within; below `defaultValue`, which is the parent's to fill in.
    let hasDefaults: Bool
    /// Whether objects with metadata of their own are within, or the value is one.
    let holdsResources: Bool

    package init(_ json: JSONObject) {
        self.json = json
        type = json.string("type") ?? ""
        format = json.string("format") ?? ""
        isNullable = json.bool("nullable") ?? false
        defaultValue = json["default"].flatMap { $0.isNull ? nil : $0 }
        properties = (json["properties"]?.objectValue ?? JSONObject()).members.map { member in
            (member.key, StructuralSchema(member.value.objectValue ?? JSONObject()))
        }
        propertyIndex = Dictionary(properties.map { ($0.name, $0.schema) }) { first, _ in first }
        switch json["additionalProperties"] {
        case .bool(let allows)?: additional = .allowed(allows)
        case .object(let object)?: additional = .schema(StructuralSchema(object))
        case .null?, .int?, .double?, .string?, .array?, nil: additional = .unspecified
        }
        items = json["items"]?.objectValue.map(StructuralSchema.init)
        preservesUnknownFields = json.bool("x-kubernetes-preserve-unknown-fields") ?? false
        isEmbeddedResource = json.bool("x-kubernetes-embedded-resource") ?? false
        isIntOrString = json.bool("x-kubernetes-int-or-string") ?? false
        listType = json.string("x-kubernetes-list-type")
        listMapKeys = json.strings("x-kubernetes-list-map-keys")
        mapType = json.string("x-kubernetes-map-type")
        values = ValueLimits(json)
        allOf = Self.schemas(json, "allOf")
        anyOf = Self.schemas(json, "anyOf")
        oneOf = Self.schemas(json, "oneOf")
        not = json["not"]?.objectValue.map(StructuralSchema.init)
        rules = json.values("x-kubernetes-validations").compactMap { $0.objectValue.map(Rule.init) }
        let members = properties.map(\.schema) + [items, additional.schema].compactMap(\.self)
        hasDefaults = members.contains { $0.defaultValue != nil || $0.hasDefaults }
        holdsResources = isEmbeddedResource || members.contains(where: \.holdsResources)
    }

    private static func schemas(_ json: JSONObject, _ key: String) -> [StructuralSchema] {
        json.values(key).compactMap { $0.objectValue.map(StructuralSchema.init) }
    }

    func property(_ name: String) -> StructuralSchema? { propertyIndex[name] }

    /// The schema of a member, named or not.
    func member(_ name: String) -> StructuralSchema? { propertyIndex[name] ?? additional.schema }

    /// The types a value may have; none for any.
    var types: [String] { isIntOrString ? ["integer", "string"] : type.isEmpty ? [] : [type] }

    /// Whether a condition holds here or anywhere within, also in what only validates.
    func contains(where condition: (StructuralSchema) -> Bool) -> Bool {
        condition(self) || parts.contains { $0.contains(where: condition) }
    }

    /// All schemas directly within.
    private var parts: [StructuralSchema] {
        properties.map(\.schema) + [items, additional.schema, not].compactMap(\.self) + allOf + anyOf + oneOf
    }
}

extension StructuralSchema.Rule {
    init(_ json: JSONObject) {
        self.init(
            rule: json.string("rule") ?? "", message: json.string("message") ?? "",
            messageExpression: json.string("messageExpression") ?? "", reason: json.string("reason"),
            fieldPath: json.string("fieldPath") ?? "", optionalOldSelf: json.bool("optionalOldSelf"))
    }
}

/// What a schema says of a value besides its type.
struct ValueLimits: Sendable {
    let maximum: Double?
    let minimum: Double?
    let excludesMaximum: Bool
    let excludesMinimum: Bool
    let multipleOf: Double?
    let maxLength: Int64?
    let minLength: Int64?
    let pattern: String?
    let maxItems: Int64?
    let minItems: Int64?
    let uniqueItems: Bool
    let maxProperties: Int64?
    let minProperties: Int64?
    let required: [String]
    /// `nil` without `enum`.
    let enumeration: [JSON]?

    init(_ json: JSONObject) {
        maximum = json.double("maximum")
        minimum = json.double("minimum")
        excludesMaximum = json.bool("exclusiveMaximum") ?? false
        excludesMinimum = json.bool("exclusiveMinimum") ?? false
        multipleOf = json.double("multipleOf")
        maxLength = json.int64("maxLength")
        minLength = json.int64("minLength")
        pattern = json.string("pattern").flatMap { $0.isEmpty ? nil : $0 }
        maxItems = json.int64("maxItems")
        minItems = json.int64("minItems")
        uniqueItems = json.bool("uniqueItems") ?? false
        maxProperties = json.int64("maxProperties")
        minProperties = json.int64("minProperties")
        required = json.strings("required")
        enumeration = json["enum"]?.arrayValue.flatMap { $0.isEmpty ? nil : $0 }
    }
}
