import CEL
import Machinery

/// What a schema of a CustomResourceDefinition may say.
struct SchemaRules {
    static let types: Set<String> = ["string", "number", "integer", "boolean", "array", "object"]

    /// What surrounds a schema.
    private struct Place {
        var allowsDefaults = true
        /// Why defaults are forbidden here.
        var reason = ""
        var isInsideMetadata = false
        /// Where a list or map stands whose parts cannot be told apart over time.
        var uncorrelatable: FieldPath?
        /// How often a value can occur in an object at most; `nil` when there is no bound.
        var cardinality: UInt64? = 1
        /// Whether expressions can stand here: not in what only validates.
        var allowsExpressions = true
    }

    private let options: SchemaRuleOptions
    private var errors: [FieldError] = []
    private var expressionErrors: [FieldError] = []
    private var cost = RuleCosts()

    /// - Parameter statusIsSeparate: the version has the status subresource.
    static func validate(
        _ json: JSONObject, at parent: FieldPath, options: SchemaRuleOptions, statusIsSeparate: Bool
    ) -> [FieldError] {
        let path = parent.child("openAPIV3Schema")
        let schema = StructuralSchema(json)
        var errors = statusIsSeparate ? rootRules(schema, parent) : []
        if schema.isNullable {
            errors.append(.forbidden(parent.child("openAPIV3Schema.nullable"), "nullable cannot be true at the root"))
        }
        var isSound = false
        let hasExtensions = schema.contains {
            $0.isEmbeddedResource || $0.preservesUnknownFields || $0.isIntOrString || !$0.listMapKeys.isEmpty
                || $0.listType != nil || !$0.rules.isEmpty
        }
        if options.demandsStructure || schema.hasDefaults || hasExtensions {
            let structure = StructuralRules.validate(schema, at: path)
            if structure.isEmpty {
                let defaults = DefaultRules.validate(schema, at: path, demandsPruned: options.demandsPrunedDefaults)
                errors += defaults
                isSound = defaults.isEmpty
            } else {
                errors += structure
            }
        }
        var rules = SchemaRules(options: options)
        var place = Place()
        place.allowsExpressions = isSound
        rules.walk(schema, path, place, isRoot: true)
        return errors + rules.errors + rules.expressionErrors + rules.cost.errors(at: path)
    }

    private init(options: SchemaRuleOptions) { self.options = options }

    /// With a status of its own, the schema must be one of a plain object.
    private static func rootRules(_ schema: StructuralSchema, _ parent: FieldPath) -> [FieldError] {
        let allowed: [String: String] = [
            "description": "Description", "type": "Type", "format": "Format", "title": "Title", "maximum": "Maximum",
            "exclusiveMaximum": "ExclusiveMaximum", "minimum": "Minimum", "exclusiveMinimum": "ExclusiveMinimum",
            "maxLength": "MaxLength", "minLength": "MinLength", "pattern": "Pattern", "maxItems": "MaxItems",
            "minItems": "MinItems", "uniqueItems": "UniqueItems", "multipleOf": "MultipleOf", "required": "Required",
            "items": "Items", "properties": "Properties", "externalDocs": "ExternalDocs", "example": "Example",
            "x-kubernetes-preserve-unknown-fields": "XPreserveUnknownFields",
            "x-kubernetes-validations": "XValidations",
        ]
        var errors: [FieldError] = []
        if schema.type != "object", !schema.type.isEmpty {
            errors.append(
                .invalid(
                    parent.child("openAPIV3Schema.type"), schema.type,
                    "only \"object\" is allowed as the type at the root of the schema if the status subresource is "
                        + "enabled"))
        }
        if schema.json.members.contains(where: { allowed[$0.key] == nil && !$0.value.isNull }) {
            errors.append(
                .invalid(
                    parent.child("openAPIV3Schema"), .object(schema.json),
                    "only [\(allowedNames)] fields are allowed at the root of the schema if the status subresource "
                        + "is enabled"))
        }
        return errors
    }

    private static let allowedNames =
        "Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern "
        + "MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example "
        + "XPreserveUnknownFields XValidations"

    // MARK: Every schema

    private mutating func walk(_ schema: StructuralSchema, _ path: FieldPath, _ place: Place, isRoot: Bool = false) {
        let known = errors.count
        standard(schema, path, place)
        if schema.values.uniqueItems {
            errors.append(
                .forbidden(
                    path.child("uniqueItems"),
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"))
        }
        additional(schema, path, place)
        properties(schema, path, place, isRoot: isRoot)
        alternatives(schema, path, place)
        if let items = schema.items {
            var inner = place
            if schema.listType != "map", inner.uncorrelatable == nil { inner.uncorrelatable = path }
            inner.cardinality = multiplied(place.cardinality, schema.values.maxItems)
            walk(items, path.child("items"), inner)
        }
        if schema.json["x-kubernetes-preserve-unknown-fields"]?.boolValue == false {
            errors.append(
                .invalid(
                    path.child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined"))
        }
        errors += ListRules.types(schema, at: path)
        if options.demandsAtomicSets { errors += ListRules.sets(schema, at: path) }
        if options.demandsListKeys { errors += ListRules.keys(schema, at: path) }
        errors += ExpressionForm.validate(schema, at: path)
        guard !schema.rules.isEmpty, place.allowsExpressions, errors.count == known else { return }
        expressions(schema, path, place, isResource: isRoot || schema.isEmbeddedResource)
    }

    private mutating func standard(_ schema: StructuralSchema, _ path: FieldPath, _ place: Place) {
        if options.demandsKnownTypes, !schema.type.isEmpty, !Self.types.contains(schema.type) {
            errors.append(.notSupported(path.child("type"), schema.type, supported: Self.types.sorted()))
        }
        if schema.defaultValue != nil, !place.allowsDefaults {
            errors.append(
                .forbidden(path.child("default"), "must not be set" + (place.reason.isEmpty ? "" : " \(place.reason)")))
        }
        for name in ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"] {
            guard let value = schema.json[name], !value.isNull, value != "" else { continue }
            errors.append(.forbidden(path.child(name), "\(name) is not supported"))
        }
        if schema.type == "null" {
            errors.append(
                .forbidden(
                    path.child("type"), "type cannot be set to null, use nullable as an alternative"))
        }
        if schema.json["items"]?.arrayValue != nil {
            errors.append(.forbidden(path.child("items"), "items must be a schema object and not an array"))
        }
        if place.isInsideMetadata, schema.isEmbeddedResource {
            errors.append(
                .forbidden(
                    path.child("x-kubernetes-embedded-resource"), "must not be used inside of resource meta"))
        }
    }

    private mutating func additional(_ schema: StructuralSchema, _ path: FieldPath, _ place: Place) {
        if case .unspecified = schema.additional { return }
        if !schema.properties.isEmpty {
            var isOpen = false
            if case .allowed(true) = schema.additional { isOpen = true }
            if !isOpen {
                errors.append(
                    .forbidden(
                        path.child("additionalProperties"),
                        "additionalProperties and properties are mutual exclusive"))
            }
        }
        guard let inner = schema.additional.schema else { return }
        var next = place
        if place.isInsideMetadata {
            next.allowsDefaults = false
            next.reason = "inside additionalProperties applying to object metadata"
        }
        next.cardinality = multiplied(place.cardinality, schema.values.maxProperties)
        walk(inner, path.child("additionalProperties"), next)
    }

    private mutating func properties(
        _ schema: StructuralSchema, _ path: FieldPath, _ place: Place, isRoot: Bool
    ) {
        let isCorrelatable = schema.mapType == nil || ["granular", "atomic"].contains(schema.mapType ?? "")
        for (name, property) in schema.properties {
            var next = place
            if !isCorrelatable, next.uncorrelatable == nil { next.uncorrelatable = path }
            if isRoot || schema.isEmbeddedResource, ["metadata", "kind", "apiVersion"].contains(name) {
                next.isInsideMetadata = true
                if isRoot {
                    next.allowsDefaults = false
                    next.reason = "in top-level \(name)"
                }
            }
            walk(property, path.child("properties").key(name), next)
        }
    }

    private mutating func alternatives(_ schema: StructuralSchema, _ path: FieldPath, _ place: Place) {
        var next = place
        next.allowsExpressions = false
        if let not = schema.not { walk(not, path.child("not"), next) }
        for (name, schemas) in [("allOf", schema.allOf), ("oneOf", schema.oneOf), ("anyOf", schema.anyOf)] {
            for (index, inner) in schemas.enumerated() { walk(inner, path.child(name).index(index), next) }
        }
    }

    private func multiplied(_ cardinality: UInt64?, _ limit: Int64?) -> UInt64? {
        guard let cardinality, let limit else { return nil }
        return cardinality.multipliedReportingOverflow(by: UInt64(max(0, limit))).overflow
            ? .max : cardinality * UInt64(max(0, limit))
    }

    // MARK: Expressions

    private mutating func expressions(
        _ schema: StructuralSchema, _ path: FieldPath, _ place: Place, isResource: Bool
    ) {
        let root = path.child("x-kubernetes-validations")
        guard let type = DeclaredType(structural: .object(schema.json), isResourceRoot: isResource) else {
            expressionErrors.append(
                .internalError(
                    root,
                    "internal error: failed to construct type information for x-kubernetes-validations rules: unable "
                        + "to convert structural schema to CEL declarations"))
            return
        }
        // As often as the smallest such values fit into a request.
        let cardinality =
            place.cardinality ?? UInt64(max(1, CELLimits.maximumRequestBytes / (type.minimumSize + 1)))
        for (index, rule) in schema.rules.enumerated() {
            let known = options.knownExpressions
            let compiled = CompiledRule(rule, schema, type) { known.contains($0) }
            let value = schema.json.values("x-kubernetes-validations")[index]
            judge(compiled, value, root.index(index), place, cardinality)
        }
    }

    private mutating func judge(
        _ compiled: CompiledRule, _ value: JSON, _ path: FieldPath, _ place: Place, _ cardinality: UInt64
    ) {
        switch compiled.program {
        case .success(let program):
            expressionErrors += cost.observe(
                program.cost.maximum, cardinality, path.child("rule"), "estimated rule cost",
                isIgnored: options.ignoresCost)
        case .failure(let error):
            expressionErrors.append(
                .invalid(path.child("rule"), value, Self.text(error, wanted: "cel expression must evaluate to a bool")))
        }
        switch compiled.message {
        case .success(let program)?:
            expressionErrors += cost.observe(
                program.cost.maximum, 1, path.child("messageExpression"), "estimated messageExpression cost",
                isIgnored: options.ignoresCost)
        case .failure(let error)?:
            let text = Self.text(error, wanted: "must evaluate to a string")
            expressionErrors.append(
                .invalid(path.child("messageExpression"), value, "messageExpression \(text)"))
        case nil: break
        }
        if compiled.isTransition {
            if let uncorrelatable = place.uncorrelatable {
                expressionErrors.append(
                    .invalid(
                        path.child("rule"), compiled.rule.rule,
                        "oldSelf cannot be used on the uncorrelatable portion of the schema within \(uncorrelatable)"))
            }
        } else if let optional = compiled.rule.optionalOldSelf {
            expressionErrors.append(
                .invalid(
                    path.child("optionalOldSelf"), .bool(optional), "may not be set if oldSelf is not used in rule"))
        }
    }

    private static func text(_ error: CELCompileError, wanted: String) -> String {
        switch error.kind {
        case .issues: "compilation failed: \(error)"
        case .resultType: wanted
        case .instantiation: "instantiation failed: \(error)"
        }
    }
}
