import Synchronization

/// The shape of a structured type: all else about it — codecs, OpenAPI, pruning, merge, typed model — is derived.
///
/// Built-in types are parsed from the compact text in KubeAPI; a CustomResourceDefinition compiles to the same form.
package final class Schema: Sendable {
    /// The name a typed model carries, e.g. `PodSpec`.
    package let name: String
    /// The OpenAPI definition name, e.g. `io.k8s.api.core.v1.PodSpec`.
    package let definition: String
    private let described: SchemaDocumentation
    /// Fields sorted by the bytes of their JSON name.
    package let fields: [SchemaField]
    /// Server-side apply owns the whole object as one value (`x-kubernetes-map-type: atomic`).
    package let isAtomic: Bool
    /// Unknown fields are kept (CRDs' `x-kubernetes-preserve-unknown-fields`, and types without any field).
    package let preservesUnknownFields: Bool
    /// Whether the type has defaults: 0 not known yet, 1 none, 2 some. See `hasDefaults`.
    let defaultsMemo = Atomic<UInt8>(0)
    /// The fields a defaulter has to look at; see `defaultedFields`.
    let defaultedFieldsMemo = ObjectOnce<DefaultedFields>()
    /// The type by field numbers; see `protobufPlan`.
    let protobufMemo = ObjectOnce<ProtobufPlan>()

    package init(
        name: String, definition: String, documentation: SchemaDocumentation = "", fields: [SchemaField],
        isAtomic: Bool = false, preservesUnknownFields: Bool = false
    ) {
        self.name = name
        self.definition = definition
        described = documentation
        self.fields = fields.sorted { UTF8Order.isLess($0.name, $1.name) }
        self.isAtomic = isAtomic
        self.preservesUnknownFields = preservesUnknownFields
    }

    /// What the type is for; empty when nobody wrote it down.
    package var documentation: String { described.text }

    package func field(_ name: String) -> SchemaField? {
        index(of: name).map { fields[$0] }
    }

    /// The place of a field in `fields`.
    func index(of name: String) -> Int? {
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            let order = UTF8Order.compare(fields[middle].name, name)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

/// One member of a structured type. A class, so that looking a field up costs one reference count and no copy.
package final class SchemaField: Sendable {
    package let name: String
    package let type: SchemaType
    package let isRequired: Bool
    /// An empty text, zero or false is something else than an absent value. Where it is not, protobuf messages carry
    /// such values for fields that nobody set.
    package let distinguishesZero: Bool
    /// Where the field lives in the protobuf message: one number, or a path through embedded messages that the JSON
    /// form inlines (`Probe.exec` is field 1 of the message in field 1). Empty when protobuf does not carry it.
    package let protobufPath: [Int]
    /// How protobuf carries the value, where that has several shapes.
    package let protobufChoice: ProtobufChoice?
    /// Strategic merge patch keeps only the keys that the patch names (`retainKeys`).
    package let retainsKeys: Bool
    /// Strategic merge patch takes the patch's object in place of the present one.
    package let isReplaced: Bool
    package let defaultValue: JSON?
    package let enumeration: [String]
    private let described: SchemaDocumentation
    /// The field as an element of a `FieldSet`: `f:` and the name.
    let ownershipKey: String

    package init(
        name: String, type: SchemaType, isRequired: Bool = false, distinguishesZero: Bool = false,
        protobufPath: [Int] = [], protobufChoice: ProtobufChoice? = nil, retainsKeys: Bool = false,
        isReplaced: Bool = false,
        defaultValue: JSON? = nil, enumeration: [String] = [], documentation: SchemaDocumentation = ""
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.distinguishesZero = distinguishesZero
        self.protobufPath = protobufPath
        self.protobufChoice = protobufChoice
        self.retainsKeys = retainsKeys
        self.isReplaced = isReplaced
        self.defaultValue = defaultValue
        self.enumeration = enumeration
        described = documentation
        ownershipKey = "f:" + name
    }

    /// What the field is for; empty when nobody wrote it down.
    package var documentation: String { described.text }
}

package indirect enum SchemaType: Sendable {
    case string
    case int32
    case int64
    case bool
    case double
    /// Base64 text in JSON, raw bytes in protobuf.
    case bytes
    /// `resource.Quantity`: text, or a bare number; canonicalised when decoded.
    case quantity
    /// RFC 3339 in seconds.
    case time
    /// RFC 3339 in microseconds.
    case microTime
    case intOrString
    /// `metav1.Duration`, a Go duration text.
    case duration
    /// Any JSON value, kept as it is (`RawExtension`, `FieldsV1`, JSON schema defaults).
    case any
    case list(of: SchemaType, ListSemantics)
    case map(of: SchemaType, isAtomic: Bool)
    case object(SchemaReference)
}

/// How a list merges: for server-side apply (`listType`) and for strategic merge patch (`patchMergeKey`).
package struct ListSemantics: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case atomic
        case set
        /// Elements are identified by these members.
        case map(keys: [String])
    }

    package let kind: Kind
    /// Strategic merge: `nil` replaces the list; a key merges objects by it; the empty key merges scalars as a set.
    package let patchMergeKey: String?

    package init(kind: Kind = .atomic, patchMergeKey: String? = nil) {
        self.kind = kind
        self.patchMergeKey = patchMergeKey
    }
}

/// A schema named by another one; resolved at first use, so that types may refer to each other in circles.
package final class SchemaReference: Sendable {
    package let definition: String
    private let resolve: @Sendable (String) -> Schema?
    private let resolved = ObjectOnce<Schema>()

    package init(definition: String, resolve: @escaping @Sendable (String) -> Schema?) {
        self.definition = definition
        self.resolve = resolve
    }

    /// A reference to a schema at hand (CRDs, tests).
    package convenience init(_ schema: Schema) {
        self.init(definition: schema.definition) { _ in schema }
    }

    /// The schema; one without fields that keeps everything when the name is unknown, which a test rules out.
    package var schema: Schema {
        resolved.value {
            resolve(definition)
                ?? Schema(name: definition, definition: definition, fields: [], preservesUnknownFields: true)
        }
    }
}
