/// The structured types an environment knows, by name.
struct TypeRegistry: Sendable {
    static let empty = TypeRegistry()

    private var types: [String: DeclaredType] = [:]
    /// Names that are types but have no fields to see: libraries' own.
    private var opaqueNames: Set<String> = []
    /// `Object`, `Object.spec`, … and `JSONPatch`, which policies build.
    var allowsPatchTypes = false

    /// Adds a type and all it reaches.
    mutating func add(_ type: DeclaredType) {
        switch type.shape {
        case .list(let element, _): add(element)
        case .map(let value): add(value)
        case .object(let fields):
            guard case .object(let name) = type.celType, types[name] == nil else { return }
            types[name] = type
            for field in fields.byName.values { add(field.type) }
        case .dyn, .simple, .timestamp, .date, .duration, .bytes, .intOrString: break
        }
    }

    mutating func add(opaque names: [String]) {
        opaqueNames.formUnion(names)
    }

    func find(_ name: String) -> DeclaredType? {
        types[name] ?? (allowsPatchTypes ? PatchTypes.find(name) : nil)
    }

    /// The type an identifier names, as in `type(x) == int`.
    func typeNamed(_ name: String) -> CELType? {
        if let simple = Self.simpleNames[name] { return simple }
        if opaqueNames.contains(name) { return name.hasPrefix("net.") ? .opaque(name, []) : .object(name) }
        return find(name)?.celType
    }

    /// The type of a field; a name with a reserved word may be written plainly.
    func field(_ name: String, of typeName: String) -> DeclaredType.Field? {
        guard let type = find(typeName) else { return nil }
        if let dynamic = PatchTypes.field(name, of: typeName), allowsPatchTypes { return dynamic }
        if let field = type.field(name) { return field }
        return FieldEscaping.reserved.contains(name) ? type.field("__\(name)__") : nil
    }

    private static let simpleNames: [String: CELType] = [
        "bool": .bool, "bytes": .bytes, "double": .double, "duration": .duration, "int": .int,
        "google.protobuf.Duration": .duration, "google.protobuf.Timestamp": .timestamp, "list": .list(.dyn),
        "map": .map(.dyn, .dyn), "null_type": .null, "string": .string, "type": .type(nil), "uint": .uint,
        "optional_type": .opaque("optional_type", [.dyn]),
    ]
}
