import Synchronization

/// The type of a declared variable with what its schema says about sizes, so that costs can be bounded before anything
/// is evaluated.
///
/// Made from a CRD's structural schema (`DeclaredType+Structural`), from a built-in schema (`DeclaredType+BuiltIn`), or
/// by hand. Fields are held under their escaped names, the way expressions write them. Fields are found at first use,
/// because built-in schemas refer to each other in circles.
/// Source: k8s.io/apiserver/pkg/cel `DeclType`.
package final class DeclaredType: Sendable {
    /// One member of a structured type.
    package struct Field: Sendable {
        /// The name in the object, unescaped.
        package let name: String
        package let type: DeclaredType
        package let isRequired: Bool

        package init(name: String, type: DeclaredType, isRequired: Bool = false) {
            self.name = name
            self.type = type
            self.isRequired = isRequired
        }
    }

    /// What of a list's elements identifies them: how `+` and `==` treat it (`x-kubernetes-list-type`).
    package enum ListKind: Sendable, Hashable {
        case atomic
        case set
        case map(keys: [String])
    }

    /// How a JSON value becomes a value of the language.
    package enum Shape: Sendable {
        case dyn
        case simple(CELType)
        /// RFC 3339 text (`date-time`).
        case timestamp
        /// `2006-01-02` (`date`).
        case date
        /// A Go duration text.
        case duration
        /// Base64 text.
        case bytes
        /// A number or a text; checked when evaluated.
        case intOrString
        case list(DeclaredType, ListKind)
        case map(DeclaredType)
        case object(ObjectFields)
    }

    /// The members of a structured type, computed once when first needed.
    package final class ObjectFields: Sendable {
        private let make: @Sendable () -> [String: Field]
        private let memo = AtomicLazyReference<Box>()

        private final class Box: Sendable {
            let fields: [String: Field]
            init(_ fields: [String: Field]) { self.fields = fields }
        }

        package init(_ make: @escaping @Sendable () -> [String: Field]) {
            self.make = make
        }

        /// Fields by escaped name.
        package var byName: [String: Field] {
            if let box = memo.load() { return box.fields }
            return memo.storeIfNil(Box(make())).fields
        }
    }

    package let celType: CELType
    package let shape: Shape
    /// The most characters, bytes, elements or members a value can have.
    package let maximumElements: UInt64
    /// The fewest bytes a value takes as JSON.
    package let minimumSize: Int64
    /// The object has members the schema does not tell; expressions cannot name them, equality sees them.
    package let preservesUnknownFields: Bool
    /// `null` is a value of the type.
    package let isNullable: Bool

    package init(
        celType: CELType, shape: Shape, maximumElements: UInt64 = 0, minimumSize: Int64,
        preservesUnknownFields: Bool = false, isNullable: Bool = false
    ) {
        self.celType = celType
        self.shape = shape
        self.maximumElements = maximumElements
        self.minimumSize = minimumSize
        self.preservesUnknownFields = preservesUnknownFields
        self.isNullable = isNullable
    }
}

extension DeclaredType {
    package static let dyn = DeclaredType(celType: .dyn, shape: .dyn, minimumSize: 1)
    /// What a JSON array is when no schema tells: read as `dyn` all through.
    package static let dynList = list(of: .dyn)
    package static let bool = DeclaredType(celType: .bool, shape: .simple(.bool), minimumSize: 4)
    package static let int = DeclaredType(celType: .int, shape: .simple(.int), minimumSize: 1)
    package static let double = DeclaredType(celType: .double, shape: .simple(.double), minimumSize: 1)
    package static let string = string(maximumLength: CELLimits.maximumStringLength)

    /// - Parameter maximumLength: in bytes: four times what `maxLength` says in characters.
    package static func string(maximumLength: UInt64) -> DeclaredType {
        DeclaredType(celType: .string, shape: .simple(.string), maximumElements: maximumLength, minimumSize: 2)
    }

    package static let timestamp = DeclaredType(
        celType: .timestamp, shape: .timestamp, maximumElements: 32, minimumSize: 21)
    package static let duration = DeclaredType(
        celType: .duration, shape: .duration, maximumElements: 32, minimumSize: 3)
    package static let bytes = DeclaredType(
        celType: .bytes, shape: .bytes, maximumElements: CELLimits.maximumStringLength, minimumSize: 2)

    /// A type without schema: only the checker knows it (`optional_type(…)`, libraries' types).
    package static func opaque(_ type: CELType) -> DeclaredType {
        DeclaredType(celType: type, shape: .simple(type), minimumSize: 1)
    }

    /// - Parameter maximumItems: `maxItems`; without it, as many as fit in a request.
    package static func list(
        of element: DeclaredType, kind: ListKind = .atomic, maximumItems: Int64? = nil
    ) -> DeclaredType {
        let fitting = (CELLimits.maximumRequestBytes - 2) / (element.minimumSize + 1)
        return DeclaredType(
            celType: .list(element.celType), shape: .list(element, kind),
            maximumElements: UInt64(max(0, maximumItems ?? fitting)), minimumSize: 2)
    }

    /// - Parameter maximumProperties: `maxProperties`; without it, as many as fit in a request.
    package static func map(of value: DeclaredType, maximumProperties: Int64? = nil) -> DeclaredType {
        let fitting = (CELLimits.maximumRequestBytes - 2) / (value.minimumSize + 6)
        return DeclaredType(
            celType: .map(.string, value.celType), shape: .map(value),
            maximumElements: UInt64(max(0, maximumProperties ?? fitting)), minimumSize: 2)
    }

    /// A structured type of a name of its own; field names are given unescaped, and those that have no escaped form are
    /// left out.
    package static func object(
        named name: String, preservesUnknownFields: Bool = false, _ fields: [Field]
    ) -> DeclaredType {
        var byName: [String: Field] = [:]
        var minimumSize: Int64 = 2
        for field in fields {
            if let escaped = FieldEscaping.escape(field.name) { byName[escaped] = field }
            if field.isRequired { minimumSize += Int64(field.name.utf8.count) + field.type.minimumSize + 4 }
        }
        return DeclaredType(
            celType: .object(name), shape: .object(ObjectFields { [byName] in byName }), minimumSize: minimumSize,
            preservesUnknownFields: preservesUnknownFields)
    }

    /// The type of a list's elements.
    var element: DeclaredType {
        if case .list(let element, _) = shape { return element }
        return .dyn
    }

    var listKind: ListKind {
        if case .list(_, let kind) = shape { return kind }
        return .atomic
    }

    /// The field an expression names.
    package func field(_ escapedName: String) -> Field? {
        guard case .object(let fields) = shape else { return nil }
        return fields.byName[escapedName]
    }
}
