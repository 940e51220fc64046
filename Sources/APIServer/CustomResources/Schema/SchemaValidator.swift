import CEL
import Machinery

/// Validates values of a custom resource against its schema, in the words of Kubernetes.
///
/// An update may keep what was invalid before: errors within a part that did not change do not count (KEP-4008).
/// Source: k8s.io/kube-openapi/pkg/validation/validate, whose order of checks and texts this follows.
package final class SchemaValidator: Sendable {
    /// The patterns of the schema; those that are none match nothing.
    private let patterns: [String: LinearRegex?]
    private let schema: StructuralSchema

    package init(_ schema: StructuralSchema) {
        self.schema = schema
        var patterns: [String: LinearRegex?] = [:]
        _ = schema.contains { part in
            if let pattern = part.values.pattern, patterns[pattern] == nil {
                // What is wrong with a pattern is said when the definition is written.
                patterns.updateValue(try? LinearRegex(pattern), forKey: pattern)
            }
            return false
        }
        self.patterns = patterns
    }

    /// What an old value is to the one being validated.
    package enum Former: Sendable {
        /// There is none, or it is not known which.
        case unknown
        case value(JSON)
    }

    /// - Parameter path: where the value stands; `nil` for the whole object.
    package func validate(_ value: JSON, former: Former = .unknown, at path: FieldPath? = nil) -> [FieldError] {
        let result = check(value, schema, "", former)
        return result.issues.map { $0.error(at: path) }
    }

    // MARK: One value

    private func check(_ value: JSON, _ schema: StructuralSchema, _ path: String, _ former: Former) -> Outcome {
        var outcome = Outcome()
        let types = schema.types
        outcome.merge(typed(value, schema, types, path))
        if value.isNull {
            outcome.merge(enumerated(value, schema, path))
        } else {
            outcome.merge(alternatives(value, schema, path, former))
            switch value {
            case .string(let text): outcome.merge(string(text, schema, types, path))
            case .int, .double: outcome.merge(NumberRules.check(value, schema, types, path))
            case .array(let elements): outcome.merge(list(elements, schema, path, former))
            case .null, .bool, .object: break
            }
            outcome.merge(enumerated(value, schema, path))
            if case .object(let object) = value { outcome.merge(members(object, schema, path, former)) }
        }
        outcome.matches += 1
        guard !outcome.issues.isEmpty, case .value(let old) = former, old == value else { return outcome }
        // What did not change may stay.
        outcome.issues = []
        return outcome
    }

    private func typed(_ value: JSON, _ schema: StructuralSchema, _ types: [String], _ path: String) -> Outcome {
        guard !types.isEmpty || !schema.format.isEmpty else { return Outcome() }
        var outcome = Outcome(matches: 1)
        let found: String
        switch value {
        case .null:
            if !types.isEmpty, !schema.isNullable { outcome.add(.type(path, types.joined(separator: ","), "null")) }
            return outcome
        case .bool: found = "boolean"
        case .string: found = "string"
        case .int: found = "integer"
        case .double: found = "number"
        case .array: found = "array"
        case .object: found = "object"
        }
        let isKnownFormat = ValueFormat.isKnown(schema.format, types: types)
        if isKnownFormat, !types.contains("number"), !types.contains("integer"), found == "string" || found == "array" {
            return outcome
        }
        let isWholeNumber = found == "number" && types.contains("integer") && value.intValue != nil
        let isIntegerForNumber = found == "integer" && types.contains("number")
        if !types.isEmpty, !types.contains(found), !isWholeNumber, !isIntegerForNumber {
            outcome.add(.type(path, types.joined(separator: ","), found))
        }
        return outcome
    }

    private func enumerated(_ value: JSON, _ schema: StructuralSchema, _ path: String) -> Outcome {
        guard let allowed = schema.values.enumeration else { return Outcome() }
        var outcome = Outcome(matches: 1)
        if !allowed.contains(where: { $0 == value || $0.doubleValue != nil && $0.doubleValue == value.doubleValue }) {
            outcome.add(.unsupported(path, value, allowed))
        }
        return outcome
    }

    private func string(_ text: String, _ schema: StructuralSchema, _ types: [String], _ path: String) -> Outcome {
        var outcome = Outcome(matches: 1)
        let length = Int64(text.unicodeScalars.count)
        if let maximum = schema.values.maxLength, length > maximum {
            outcome.add(.tooLong(path, maximum))
        } else if let minimum = schema.values.minLength, length < minimum {
            outcome.add(
                .invalid(path, .string(text), "should be at least \(minimum) chars long"))
        } else if let pattern = schema.values.pattern, !(patterns[pattern].flatMap(\.self)?.matches(text) ?? false) {
            outcome.add(.invalid(path, .string(text), "should match '\(pattern)'"))
        }
        if !schema.format.isEmpty, ValueFormat.isKnown(schema.format, types: types),
            !ValueFormat.matches(text, schema.format)
        {
            outcome.add(.type(path, schema.format, text))
        }
        return outcome
    }

    private func list(
        _ elements: [JSON], _ schema: StructuralSchema, _ path: String, _ former: Former
    ) -> Outcome {
        var outcome = Outcome(matches: 1)
        if let items = schema.items {
            let old = FormerElements(former, schema)
            for index in elements.indices {
                outcome.merge(check(elements[index], items, "\(path)[\(index)]", old.former(of: elements[index])))
            }
        }
        let count = Int64(elements.count)
        if let minimum = schema.values.minItems, count < minimum {
            outcome.add(.invalid(path, .int(count), "should have at least \(minimum) items"))
        }
        if let maximum = schema.values.maxItems, count > maximum { outcome.add(.tooMany(path, count, maximum)) }
        if schema.values.uniqueItems, Set(elements).count < elements.count {
            outcome.add(.invalid(path, "", "shouldn't contain duplicates"))
        }
        return outcome
    }

    private func members(
        _ object: JSONObject, _ schema: StructuralSchema, _ path: String, _ former: Former
    ) -> Outcome {
        var outcome = Outcome(matches: 1)
        let count = Int64(object.count)
        if let minimum = schema.values.minProperties, count < minimum {
            outcome.add(.invalid(path, .int(count), "should have at least \(minimum) properties"))
        }
        if let maximum = schema.values.maxProperties, count > maximum { outcome.add(.tooMany(path, count, maximum)) }
        let old = Self.formerMembers(former)
        for member in object.members where schema.property(member.key) == nil {
            switch schema.additional {
            case .schema(let additional):
                outcome.merge(
                    check(member.value, additional, "\(path).\(member.key)", Self.former(member.key, old)))
            case .allowed(false): outcome.add(.forbiddenProperty(path, member.key))
            case .allowed(true), .unspecified: break
            }
        }
        for (name, property) in schema.properties {
            guard let value = object[name] else { continue }
            outcome.merge(check(value, property, path.isEmpty ? name : "\(path).\(name)", Self.former(name, old)))
        }
        for name in schema.values.required where object[name] == nil { outcome.add(.required("\(path).\(name)")) }
        return outcome
    }

    private static func formerMembers(_ former: Former) -> JSONObject? {
        if case .value(.object(let object)) = former { return object }
        return nil
    }

    private static func former(_ name: String, _ old: JSONObject?) -> Former {
        old?[name].map(Former.value) ?? .unknown
    }

    // MARK: Alternatives

    private func alternatives(
        _ value: JSON, _ schema: StructuralSchema, _ path: String, _ former: Former
    ) -> Outcome {
        var outcome = Outcome(matches: 1)
        any(value, schema.anyOf, path, former, &outcome)
        one(value, schema.oneOf, path, former, &outcome)
        all(value, schema.allOf, path, former, &outcome)
        if let not = schema.not, check(value, not, path, former).issues.isEmpty {
            outcome.add(.whole("\(GoQuote.quote(path)) must not validate the schema (not)"))
        }
        return outcome
    }

    private func any(
        _ value: JSON, _ schemas: [StructuralSchema], _ path: String, _ former: Former, _ outcome: inout Outcome
    ) {
        guard !schemas.isEmpty else { return }
        var nearest: Outcome?
        for schema in schemas {
            let result = check(value, schema, path, former)
            if result.issues.isEmpty { return outcome.merge(result) }
            if result.matches > nearest?.matches ?? -1 { nearest = result }
        }
        outcome.add(.whole("\(GoQuote.quote(path)) must validate at least one schema (anyOf)"))
        if let nearest { outcome.merge(nearest) }
    }

    private func one(
        _ value: JSON, _ schemas: [StructuralSchema], _ path: String, _ former: Former, _ outcome: inout Outcome
    ) {
        guard !schemas.isEmpty else { return }
        let results = schemas.map { check(value, $0, path, former) }
        let valid = results.filter(\.issues.isEmpty)
        if valid.count == 1 { return outcome.merge(valid[0]) }
        let found = valid.isEmpty ? "Found none valid" : "Found \(valid.count) valid alternatives"
        outcome.add(.whole("\(GoQuote.quote(path)) must validate one and only one schema (oneOf). \(found)"))
        guard valid.isEmpty else { return }
        var nearest: Outcome?
        for result in results where result.matches > nearest?.matches ?? -1 { nearest = result }
        if let nearest { outcome.merge(nearest) }
    }

    private func all(
        _ value: JSON, _ schemas: [StructuralSchema], _ path: String, _ former: Former, _ outcome: inout Outcome
    ) {
        guard !schemas.isEmpty else { return }
        let results = schemas.map { check(value, $0, path, former) }
        for result in results { outcome.merge(result) }
        let valid = results.count { $0.issues.isEmpty }
        if valid < results.count {
            outcome.add(
                .whole(
                    "\(GoQuote.quote(path)) must validate all the schemas (allOf)"
                        + (valid == 0 ? ". None validated" : "")))
        }
    }
}

/// What checking a value found, and how much of it was right: alternatives are told apart by that.
struct Outcome {
    var issues: [SchemaIssue] = []
    var matches = 0

    mutating func add(_ issue: SchemaIssue) { issues.append(issue) }

    mutating func merge(_ other: Outcome) {
        issues += other.issues
        matches += other.matches
    }
}

/// The elements of an old list, found by what identifies them.
struct FormerElements {
    private var byKey: [[JSON?]: JSON] = [:]
    private let keys: [String]

    init(_ former: SchemaValidator.Former, _ schema: StructuralSchema) {
        keys = schema.listType == "map" ? schema.listMapKeys : []
        guard !keys.isEmpty, case .value(.array(let elements)) = former else { return }
        for element in elements { byKey[identity(element)] = element }
    }

    func former(of element: JSON) -> SchemaValidator.Former {
        byKey.isEmpty ? .unknown : byKey[identity(element)].map(SchemaValidator.Former.value) ?? .unknown
    }

    private func identity(_ element: JSON) -> [JSON?] { keys.map { element[$0] } }
}
