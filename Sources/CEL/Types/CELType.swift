/// The static type of an expression, as the checker deduces it and `type(x)` answers it.
///
/// Source: the CEL language definition, "Gradual Type Checking"; the names printed are cel-go's.
package indirect enum CELType: Hashable, Sendable {
    /// Anything; checked when evaluated.
    case dyn
    /// What a wrong expression has, so that one mistake is reported once.
    case error
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case duration
    case timestamp
    case list(CELType)
    case map(CELType, CELType)
    /// A structured type, found by name in the environment's types.
    case object(String)
    /// A library's own type, with its parameters: `net.IP`, `optional_type(int)`.
    case opaque(String, [CELType])
    /// The type of types.
    case type(CELType?)
    /// A variable of a generic signature.
    case parameter(String)

    package static func optional(_ wrapped: CELType) -> CELType { .opaque("optional_type", [wrapped]) }

    var isDyn: Bool { self == .dyn }

    var isDynOrError: Bool {
        switch self {
        case .dyn, .error: true
        default: false
        }
    }

    /// The wrapped type of an optional.
    var optionalElement: CELType? {
        if case .opaque("optional_type", let parameters) = self { return parameters.first }
        return nil
    }

    /// The parameters of a list, map, opaque type or type of a type.
    var parameters: [CELType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .opaque(_, let parameters): parameters
        case .type(let inner): inner.map { [$0] } ?? []
        default: []
        }
    }
}

extension CELType {
    /// The name alone, as `type(x)` prints it at run time.
    package var name: String {
        switch self {
        case .dyn: "dyn"
        case .error: "error"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .duration: "google.protobuf.Duration"
        case .timestamp: "google.protobuf.Timestamp"
        case .list: "list"
        case .map: "map"
        case .object(let name): name
        case .opaque(let name, _): name
        case .type: "type"
        case .parameter(let name): name
        }
    }

    /// The scalar types whose size is always one.
    var isScalar: Bool {
        switch self {
        case .bool, .double, .duration, .int, .timestamp, .uint: true
        case .opaque("optional_type", let parameters): parameters.first?.isScalar ?? false
        default: false
        }
    }
}

extension CELType: CustomStringConvertible {
    /// As compile errors show it: `list(map(string, dyn))`.
    package var description: String {
        switch self {
        case .error: return "!error!"
        case .null: return "null"
        case .duration: return "duration"
        case .timestamp: return "timestamp"
        default:
            guard !parameters.isEmpty else { return name }
            return name + "(" + parameters.map(\.description).joined(separator: ", ") + ")"
        }
    }
}
