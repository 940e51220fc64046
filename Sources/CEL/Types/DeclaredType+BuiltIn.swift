import Machinery

extension DeclaredType {
    /// The type of a built-in schema: what an admission policy's `object` is when its kind is known.
    ///
    /// Quantities and other values with a text form of their own are as they are written; only moments become
    /// timestamps. Types that refer to each other in circles are followed when read.
    package convenience init(_ schema: Schema) {
        let fields = ObjectFields {
            var fields: [String: Field] = [:]
            for field in schema.fields {
                guard let escaped = FieldEscaping.escape(field.name) else { continue }
                fields[escaped] = Field(
                    name: field.name, type: DeclaredType.make(field.type), isRequired: field.isRequired)
            }
            return fields
        }
        // A type without fields holds anything: `FieldsV1`, `RawExtension`.
        let isOpen = schema.fields.isEmpty && schema.preservesUnknownFields
        self.init(
            celType: isOpen ? .dyn : .object(schema.definition), shape: isOpen ? .dyn : .object(fields),
            minimumSize: 2, preservesUnknownFields: schema.preservesUnknownFields)
    }

    private static func make(_ type: SchemaType) -> DeclaredType {
        switch type {
        case .string, .bytes: .string
        case .int32, .int64: .int
        case .bool: .bool
        case .double: .double
        case .quantity, .intOrString:
            DeclaredType(
                celType: .dyn, shape: .intOrString, maximumElements: CELLimits.maximumStringLength, minimumSize: 1)
        case .time, .microTime: .timestamp
        case .duration: .string
        case .any: .dyn
        case .list(let element, let semantics): .list(of: make(element), kind: listKind(semantics.kind))
        case .map(let value, _): .map(of: make(value))
        case .object(let reference): DeclaredType(reference.schema)
        }
    }

    private static func listKind(_ kind: ListSemantics.Kind) -> ListKind {
        switch kind {
        case .atomic: .atomic
        case .set: .set
        case .map(let keys): .map(keys: keys)
        }
    }
}
