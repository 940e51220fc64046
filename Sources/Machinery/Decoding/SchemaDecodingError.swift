/// Why a value does not fit its schema: the first mismatch, worded as Kubernetes' JSON decoder words it.
package struct SchemaDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Problem: Hashable, Sendable {
        /// What was found, and the Go name of the type that was wanted.
        case mismatch(found: String, wanted: String)
        case text(String)
    }

    private let problem: Problem
    /// The innermost structured type, and the names of the fields from the outside in (kept reversed).
    private var structName = ""
    private var reversedFields: [String] = []

    static func mismatch(_ value: JSON, _ type: SchemaType) -> SchemaDecodingError {
        SchemaDecodingError(problem: .mismatch(found: found(value), wanted: type.goName))
    }

    /// A number of the right kind that does not fit the type.
    static func unfit(_ value: JSON, _ type: SchemaType) -> SchemaDecodingError {
        SchemaDecodingError(problem: .mismatch(found: "number \(value)", wanted: type.goName))
    }

    static func text(_ text: String) -> SchemaDecodingError {
        SchemaDecodingError(problem: .text(text))
    }

    private init(problem: Problem) {
        self.problem = problem
    }

    /// The same error seen from the structure around it.
    func within(_ schema: Schema, field: String) -> SchemaDecodingError {
        var outer = self
        if outer.structName.isEmpty { outer.structName = schema.name }
        outer.reversedFields.append(field)
        return outer
    }

    private static func found(_ value: JSON) -> String {
        switch value {
        case .null: "null"
        case .bool: "bool"
        case .int, .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    package var description: String {
        switch problem {
        case .text(let text): text
        case .mismatch(let found, let wanted):
            reversedFields.isEmpty
                ? "json: cannot unmarshal \(found) into Go value of type \(wanted)"
                : "json: cannot unmarshal \(found) into Go struct field "
                    + "\(structName).\(reversedFields.reversed().joined(separator: ".")) of type \(wanted)"
        }
    }
}

extension SchemaType {
    /// What Kubernetes' messages call the type.
    var goName: String {
        switch self {
        case .string: "string"
        case .int32: "int32"
        case .int64: "int64"
        case .bool: "bool"
        case .double: "float64"
        case .bytes: "[]uint8"
        case .quantity: "resource.Quantity"
        case .time: "v1.Time"
        case .microTime: "v1.MicroTime"
        case .intOrString: "intstr.IntOrString"
        case .duration: "v1.Duration"
        case .any: "interface {}"
        case .list(let element, _): "[]\(element.goName)"
        case .map(let element, _): "map[string]\(element.goName)"
        case .object(let reference): reference.definition.goName
        }
    }
}

extension String {
    /// `v1.PodSpec` of `io.k8s.api.core.v1.PodSpec`.
    fileprivate var goName: String {
        split(separator: ".").suffix(2).joined(separator: ".")
    }
}
