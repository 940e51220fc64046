/// The functions an environment has, by name. Shared by all environments of one version.
struct FunctionTable: Sendable {
    private(set) var functions: [String: [Overload]] = [:]

    /// Adds signatures to a function, which may have some already.
    mutating func add(_ name: String, _ overloads: Overload...) {
        functions[name, default: []] += overloads
    }

    mutating func merge(_ other: FunctionTable) {
        for (name, overloads) in other.functions { functions[name, default: []] += overloads }
    }

    /// Signatures that come before those there are: a library may take a case over.
    mutating func removeOverloads(_ ids: Set<String>, from name: String) {
        functions[name]?.removeAll { ids.contains($0.id) }
    }

    func find(_ name: String) -> [Overload]? { functions[name] }
}
