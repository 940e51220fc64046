import Machinery

/// What mutating policies build: `JSONPatch{op: 'add', …}` and `Object{spec: Object.spec{…}}`.
enum PatchTypes {
    private static let patch = DeclaredType.object(
        named: "JSONPatch",
        [
            DeclaredType.Field(name: "op", type: .string), DeclaredType.Field(name: "path", type: .string),
            DeclaredType.Field(name: "from", type: .string), DeclaredType.Field(name: "value", type: .dyn),
        ])

    /// `Object` and every path below it are types.
    static func find(_ name: String) -> DeclaredType? {
        if name == "JSONPatch" { return patch }
        return isObject(name) ? DeclaredType.object(named: name, []) : nil
    }

    private static func isObject(_ name: String) -> Bool { name == "Object" || name.hasPrefix("Object.") }

    /// Every field of such an object may be set, to anything.
    static func field(_ name: String, of typeName: String) -> DeclaredType.Field? {
        isObject(typeName) ? DeclaredType.Field(name: name, type: .dyn) : nil
    }

    /// What is wrong with an object an expression built: the type's name must say where the object stands.
    package static func problems(_ value: CELValue, at path: String = "Object") -> [String] {
        switch value {
        case .object(.built(let name, let fields)):
            let wrong =
                name == path
                ? []
                : [
                    "unexpected type name \(GoQuote.quote(name)), expected \(GoQuote.quote(path)), "
                        + "which matches field name path from root Object type"
                ]
            return wrong + fields.flatMap { problems($0.value, at: path + "." + $0.name) }
        case .list(.values(let values)): return values.flatMap { problems($0, at: path) }
        case .map(.entries(let entries)):
            return entries.keys.compactMap(entries.find).flatMap { problems($0, at: path) }
        default: return []
        }
    }
}

extension CELValue {
    /// The object that a JSON patch puts somewhere, when the names of the types within fit their places.
    ///
    /// - Throws: what does not fit.
    package func placedObject() throws(CELEvaluationError) -> JSON {
        guard case .object(.built(let name, _)) = self else { return try json() }
        let problems = PatchTypes.problems(self, at: name)
        guard problems.isEmpty else { throw CELEvaluationError("type mismatch: " + problems.joined(separator: "\n")) }
        return try json()
    }

    /// The object an apply configuration's expression answers, when the names of its types fit their places.
    ///
    /// - Throws: what does not fit.
    package func appliedObject() throws(CELEvaluationError) -> JSON {
        let problems = PatchTypes.problems(self)
        guard problems.isEmpty else { throw CELEvaluationError(problems.joined(separator: "\n")) }
        return try json()
    }
}

/// `jsonpatch.escapeKey('a/b')`
enum PatchLibrary {
    static let functions: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "jsonpatch.escapeKey",
            .one("string_jsonpatch_escapeKey_string", "(string) string") { value throws(CELEvaluationError) in
                let tildes = try Text.replace(value.stringValue ?? "", "~", "~0", limit: -1)
                return .string(try Text.replace(tildes, "/", "~1", limit: -1))
            })
        return table
    }()
}
