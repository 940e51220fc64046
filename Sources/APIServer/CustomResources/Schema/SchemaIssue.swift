import Machinery

/// One thing wrong with a value, as Kubernetes' schema validation words it, before it becomes an error of a field.
enum SchemaIssue {
    case type(String, _ wanted: String, _ found: String)
    case required(String)
    case unsupported(String, JSON, [JSON])
    case tooLong(String, Int64)
    case tooMany(String, Int64, Int64)
    /// What is wrong follows the path: `spec.size in body should be …`.
    case invalid(String, JSON, _ what: String)
    case forbiddenProperty(String, String)
    /// About the object as a whole, whatever part it speaks of.
    case whole(String)

    func error(at root: FieldPath?) -> FieldError {
        switch self {
        case .type(let path, let wanted, let found):
            // A null is told without its name.
            let suffix = ": \(GoQuote.quote(found))"
            return FieldError(
                .typeInvalid, field: Self.field(root, path), value: .string(found),
                detail: "\(path) in body must be of type \(wanted)\(suffix)")
        case .required(let path):
            return FieldError(.required, field: Self.field(root, path))
        case .unsupported(let path, let value, let allowed):
            let names = allowed.map { GoQuote.quote($0.stringValue ?? $0.description) }.joined(separator: ", ")
            return FieldError(
                .notSupported, field: Self.field(root, path), value: value, detail: "supported values: \(names)")
        case .tooLong(let path, let maximum):
            return FieldError(
                .tooLong, field: Self.field(root, path),
                detail: "may not be more than \(maximum) \(maximum == 1 ? "byte" : "bytes")")
        case .tooMany(let path, let count, let maximum):
            return FieldError(
                .tooMany, field: Self.field(root, path), value: .int(count),
                detail: "must have at most \(maximum) \(maximum == 1 ? "item" : "items")")
        case .invalid(let path, let value, let what):
            return FieldError(
                .invalid, field: Self.field(root, path), value: value, detail: "\(path) in body \(what)")
        case .forbiddenProperty(let path, let name):
            return FieldError(
                .invalid, field: Self.field(root, path), value: .string(name),
                detail: "\(path).\(name) in body is a forbidden property")
        case .whole(let text):
            return FieldError(.invalid, field: Self.field(root, ""), value: "", detail: text)
        }
    }

    private static func field(_ root: FieldPath?, _ path: String) -> String {
        let name = path.hasPrefix(".") ? String(path.dropFirst()) : path
        guard let root else { return name.isEmpty ? FieldPath.root.description : name }
        guard !name.isEmpty else { return root.description }
        return name.hasPrefix("[") ? root.description + name : "\(root).\(name)"
    }
}

/// The limits of numbers. Limits of whole numbers are compared as such, so that large ones lose nothing.
enum NumberRules {
    static func check(_ value: JSON, _ schema: StructuralSchema, _ types: [String], _ path: String) -> Outcome {
        var outcome = Outcome(matches: 1)
        let type = types.count == 1 ? types[0] : ""
        let format = ValueFormat.isKnown(schema.format, types: types) ? schema.format : ""
        if !fits(value, type, format) {
            let form = format.isEmpty ? "(default format)" : "with format \(format)"
            outcome.add(.whole("Checked value must be of type \(type) \(form) in \(path)"))
        }
        let limits = schema.values
        guard let number = value.doubleValue else { return outcome }
        let integer: Int64? = if case .int(let integer) = value { integer } else { nil }
        if let factor = limits.multipleOf, !isMultiple(number, integer, of: factor) {
            outcome.add(.invalid(path, value, "should be a multiple of \(text(factor))"))
        }
        if let maximum = limits.maximum {
            let order = compare(number, integer, maximum)
            if order > 0 || order == 0 && limits.excludesMaximum {
                let words = limits.excludesMaximum ? "less than" : "less than or equal to"
                outcome.add(.invalid(path, value, "should be \(words) \(text(maximum))"))
            }
        }
        if let minimum = limits.minimum {
            let order = compare(number, integer, minimum)
            if order < 0 || order == 0 && limits.excludesMinimum {
                let words = limits.excludesMinimum ? "greater than" : "greater than or equal to"
                outcome.add(.invalid(path, value, "should be \(words) \(text(minimum))"))
            }
        }
        return outcome
    }

    private static func fits(_ value: JSON, _ type: String, _ format: String) -> Bool {
        switch (type, format) {
        case ("integer", "int32"): value.intValue.flatMap(Int32.init(exactly:)) != nil
        case ("integer", _): value.intValue != nil
        case ("number", "float"): value.doubleValue.map { Float($0).isFinite } ?? false
        default: true
        }
    }

    private static func compare(_ number: Double, _ integer: Int64?, _ limit: Double) -> Int {
        if let integer, let whole = Int64(exactly: limit) { return integer < whole ? -1 : integer > whole ? 1 : 0 }
        return number < limit ? -1 : number > limit ? 1 : 0
    }

    private static func isMultiple(_ number: Double, _ integer: Int64?, of factor: Double) -> Bool {
        guard factor > 0 else { return false }
        if let integer, let whole = Int64(exactly: factor) { return integer % whole == 0 }
        let quotient = factor < 1 ? 1 / factor * number : number / factor
        return abs(quotient - quotient.rounded()) < 1e-9 * max(1, abs(quotient))
    }

    /// A number as Go prints it.
    static func text(_ number: Double) -> String {
        if abs(number) < 1e21, let whole = Int64(exactly: number) { return String(whole) }
        return "\(number)"
    }
}
