import Synchronization

/// The environments Kubernetes' expressions start from, made once for each version.
///
/// Source: k8s.io/apiserver/pkg/cel/environment/base.go: which version brought which library.
final class BaseEnvironments: Sendable {
    static let shared = BaseEnvironments()

    private let made = Mutex<[CELEnvironment.Version: CELEnvironment]>([:])

    func environment(_ version: CELEnvironment.Version) -> CELEnvironment {
        if let known = made.withLock({ $0[version] }) { return known }
        let environment = Self.make(version)
        made.withLock { $0[version] = environment }
        return environment
    }

    private static func make(_ version: CELEnvironment.Version) -> CELEnvironment {
        func has(_ minor: Int) -> Bool { version >= CELEnvironment.Version(minor: minor) }
        var functions = StandardLibrary.functions
        functions.merge(RegexLibrary.standard)
        var macros = MacroSet(Macro.standard)
        var types = TypeRegistry.empty
        types.add(opaque: ["kubernetes.URL"])
        let libraries: [(since: Int, table: FunctionTable, types: [String])] = [
            (0, URLLibrary.functions, ["kubernetes.URL"]), (0, RegexLibrary.functions, []),
            (0, ListLibrary.kubernetes, []), (0, StringLibrary.functions, []),
            (
                27, AuthorizerLibrary.functions,
                ["Authorizer", "PathCheck", "GroupCheck", "ResourceCheck", "Decision"].map {
                    "kubernetes.authorization." + $0
                }
            ),
            (28, OptionalLibrary.functions, []), (28, QuantityLibrary.functions, ["kubernetes.Quantity"]),
            (29, ListLibrary.sets, []), (30, NetworkLibrary.functions, ["net.IP", "net.CIDR"]),
            (31, FormatLibrary.functions, ["kubernetes.NamedFormat"]), (32, MapInsertLibrary.functions, []),
            (33, SemverLibrary.functions, ["kubernetes.Semver"]), (34, ListLibrary.extended, []),
        ]
        for library in libraries where has(library.since) {
            functions.merge(library.table)
            types.add(opaque: library.types)
        }
        if has(28) { macros.add(Macro.optionals) }
        if has(34) { macros.add(Macro.lists) }
        return CELEnvironment(
            version: version, functions: functions, types: types, macros: macros, allowsOptionals: has(28))
    }
}

/// The function the macros over maps build on.
enum MapInsertLibrary {
    static let functions: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "cel.@mapInsert", Overload("@mapInsert_map_key_value", "(map(K, V), K, V) map(K, V)", .builtIn),
            Overload("@mapInsert_map_map", "(map(K, V), map(K, V)) map(K, V)", .builtIn))
        return table
    }()
}
