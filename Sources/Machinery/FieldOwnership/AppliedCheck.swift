/// Checks an applied configuration against its schema: what a merge could not make sense of is refused, field by field.
struct AppliedCheck {
    private static let maximumProblems = 100

    private var problems: [String] = []

    /// All problems, as `.spec.containers[name="web"].imag: field not declared in schema`.
    static func problems(in object: JSONObject, schema: Schema) -> [String] {
        var check = AppliedCheck()
        check.members(object, .object(schema))
        return check.problems
    }

    /// Several problems in one text.
    static func message(_ problems: [String]) -> String {
        problems.count == 1 ? problems[0] : "errors:\n" + problems.map { "  \($0)" }.joined(separator: "\n")
    }

    /// Problems are noted where they are found; the path is put in front on the way out, so it costs nothing otherwise.
    private mutating func add(_ problem: String) {
        if problems.count < Self.maximumProblems { problems.append(": " + problem) }
    }

    private mutating func prefix(from start: Int, _ step: @autoclosure () -> String) {
        guard problems.count > start else { return }
        let text = step()
        for index in start..<problems.count { problems[index] = text + problems[index] }
    }

    private mutating func members(_ object: JSONObject, _ shape: FieldShape) {
        for member in object.members {
            let start = problems.count
            let (type, _, isDeclared, _) = shape.member(member.key)
            if case .object(let schema) = shape, !isDeclared, !schema.preservesUnknownFields {
                add("field not declared in schema")
            } else {
                value(member.value, type)
            }
            prefix(from: start, ".\(member.key)")
        }
    }

    private mutating func value(_ value: JSON, _ type: SchemaType) {
        if value.isNull { return }
        switch type {
        case .string, .bytes, .duration, .time, .microTime:
            if value.stringValue == nil { add("expected string, got &value.valueUnstructured{Value:\(value)}") }
        case .int32, .int64, .double:
            if value.doubleValue == nil { add("expected numeric (int or float), got \(goType(value))") }
        case .bool:
            if value.boolValue == nil { add("expected boolean, got &{\(value)}") }
        case .quantity, .intOrString:
            switch value {
            case .array, .object: add("expected any scalar, got &{\(value)}")
            case .null, .bool, .int, .double, .string: break
            }
        case .any: break
        case .list(let element, _):
            guard case .array(let elements) = value else { return add("expected list, got &{\(value)}") }
            list(elements, of: element, FieldShape(type))
        case .map(let element, _):
            guard case .object(let object) = value else { return add("expected map, got &{\(value)}") }
            members(object, .map(element))
        case .object(let reference):
            guard case .object(let object) = value else { return add("expected map, got &{\(value)}") }
            let schema = reference.schema
            let isOpaque = schema.fields.isEmpty && schema.preservesUnknownFields
            members(object, isOpaque ? .untyped : .object(schema))
        }
    }

    private mutating func list(_ elements: [JSON], of type: SchemaType, _ shape: FieldShape) {
        var isIndexed = true
        if case .leaf = shape { isIndexed = false }
        var seen: Set<String> = []
        for (index, element) in elements.enumerated() {
            let start = problems.count
            guard isIndexed else {
                value(element, type)
                prefix(from: start, "[\(index)]")
                continue
            }
            if case .list(_, let keys) = shape, let problem = keyProblem(element, keys, type) {
                add("element \(index): \(problem)")
                continue
            }
            // One element cannot be there twice.
            let step = elements.count > 1 ? ListIndex.step(of: element, shape) : ""
            if elements.count > 1, !seen.insert(step).inserted { add("duplicate entries for key \(name(step))") }
            let inner = problems.count
            value(element, type)
            guard problems.count > inner else { continue }
            let place = name(ListIndex.step(of: element, shape))
            prefix(from: inner, place)
        }
    }

    private func name(_ step: String) -> String { FieldSet.Step(text: step)?.description ?? step }

    private func keyProblem(_ element: JSON, _ keys: [String], _ type: SchemaType) -> String? {
        switch element {
        case .null: return "associative list with keys may not have a null element"
        case .object(let object):
            if keys.contains(where: { object.contains($0) || ListIndex.defaultValue(of: $0, type) != nil }) {
                return nil
            }
            let names = "[" + keys.map(GoQuote.quote).joined(separator: " ") + "]"
            return "associative list with keys has an element that omits all key fields \(names) (and doesn't have "
                + "default values for any key fields)"
        case .bool, .int, .double, .string, .array:
            return "associative list with keys may not have non-map elements"
        }
    }

    private func goType(_ value: JSON) -> String {
        switch value {
        case .null: "<nil>"
        case .bool: "bool"
        case .int: "int64"
        case .double: "float64"
        case .string: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }
}
