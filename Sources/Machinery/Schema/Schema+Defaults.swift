extension Schema {
    /// Whether a default stands anywhere within the type; found once, then remembered.
    package var hasDefaults: Bool {
        switch defaultsMemo.load(ordering: .relaxed) {
        case 1: return false
        case 2: return true
        default: break
        }
        var visited: Set<ObjectIdentifier> = []
        let found = findsDefaults(&visited)
        defaultsMemo.store(found ? 2 : 1, ordering: .relaxed)
        return found
    }

    /// Types may refer to each other in circles: each is visited once.
    private func findsDefaults(_ visited: inout Set<ObjectIdentifier>) -> Bool {
        guard visited.insert(ObjectIdentifier(self)).inserted else { return false }
        for field in fields {
            if field.defaultValue != nil { return true }
            if let reference = field.type.innerReference, reference.schema.findsDefaults(&visited) { return true }
        }
        return false
    }
}

/// The fields of a type that have a default, or defaults within them.
final class DefaultedFields: Sendable {
    let fields: [SchemaField]

    init(_ schema: Schema) {
        fields = schema.fields.filter { $0.defaultValue != nil || $0.type.hasDefaults }
    }
}

extension Schema {
    /// Empty for types without any default.
    var defaultedFields: [SchemaField] {
        defaultedFieldsMemo.value { DefaultedFields(self) }.fields
    }
}
