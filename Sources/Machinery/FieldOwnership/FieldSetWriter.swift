/// Writes the fields of a new object as `FieldsV1` text: the set that `FieldSet.entire` builds, in one walk.
enum FieldSetWriter {
    /// Writes all fields of an object but those that are nobody's and those of some members as a whole; false where
    /// that leaves nothing.
    static func write(
        new object: JSONObject, _ schema: Schema, without excluded: FieldSet, to writer: inout JSONWriter
    ) -> Bool {
        let shape = FieldShape.object(schema)
        let unowned = FieldManager.unowned.json
        var separator: StaticString = "{"
        var isEmpty = true
        for member in object.members {
            let (type, step, _, _) = shape.member(member.key)
            if excluded.json.contains(step) { continue }
            if let nobodys = unowned[step] {
                // Identity, and metadata, parts of which are.
                guard case .object(let metadata) = member.value, !nobodys.placeMembers.isEmpty,
                    FieldSet.hasMore(metadata, than: nobodys)
                else { continue }
                begin(step, &separator, &writer)
                writeMembers(metadata, FieldShape(type), isOwned: false, without: nobodys, &writer)
            } else {
                begin(step, &separator, &writer)
                write(member.value, type, isOwned: false, &writer)
            }
            isEmpty = false
        }
        if !isEmpty { writer.raw("}") }
        return !isEmpty
    }

    private static func begin(_ step: String, _ separator: inout StaticString, _ writer: inout JSONWriter) {
        writer.raw(separator)
        separator = ","
        writer.write(step)
        writer.raw(":")
    }

    /// A place and all within it.
    ///
    /// - Parameter isOwned: containers that exist by themselves, because the type always has them, are not owned when
    ///   they are filled.
    private static func write(_ value: JSON, _ type: SchemaType, isOwned: Bool, _ writer: inout JSONWriter) {
        let shape = FieldShape(type)
        switch (shape, value) {
        case (.object, .object(let object)), (.map, .object(let object)), (.untyped, .object(let object)):
            writeMembers(object, shape, isOwned: isOwned, &writer)
        case (.list(let type, _), .array(let elements)):
            writeElements(elements, shape, type, isOwned: isOwned, &writer)
        case (.set, .array(let elements)):
            writeElements(elements, shape, nil, isOwned: isOwned, &writer)
        default: writer.raw("{}")
        }
    }

    private static func writeMembers(
        _ object: JSONObject, _ shape: FieldShape, isOwned: Bool, without unowned: JSON? = nil,
        _ writer: inout JSONWriter
    ) {
        var separator: StaticString = isOwned && !object.isEmpty ? "{\".\":{}," : "{"
        for member in object.members {
            if case .object(let schema) = shape, let field = schema.field(member.key) {
                if unowned?[field.ownershipKey] != nil { continue }
                begin(field.ownershipKey, &separator, &writer)
                write(member.value, field.type, isOwned: !field.isRequired, &writer)
            } else {
                writer.raw(separator)
                separator = ","
                writer.write(member.key, prefix: "f:")
                writer.raw(":")
                write(member.value, shape.memberType, isOwned: true, &writer)
            }
        }
        if object.isEmpty { writer.raw("{") }
        writer.raw("}")
    }

    private static func writeElements(
        _ elements: [JSON], _ shape: FieldShape, _ type: SchemaType?, isOwned: Bool, _ writer: inout JSONWriter
    ) {
        let index = ListIndex(elements, shape)
        var separator: StaticString = isOwned && !elements.isEmpty ? "{\".\":{}," : "{"
        var start = 0
        while start < index.entries.count {
            let end = index.runEnd(from: start)
            let entry = index.entries[start]
            begin(entry.step, &separator, &writer)
            // Elements of one identity are owned as one.
            if end - start == 1, let type {
                write(elements[entry.index], type, isOwned: true, &writer)
            } else {
                writer.raw("{}")
            }
            start = end
        }
        if elements.isEmpty { writer.raw("{") }
        writer.raw("}")
    }
}

extension FieldShape {
    /// The type of a member that no schema names.
    fileprivate var memberType: SchemaType {
        if case .map(let element) = self { return element }
        return .any
    }
}

extension FieldSet {
    /// Whether the set is of members of the object itself, each with all that is in it.
    var isOfWholeMembers: Bool { json.members.allSatisfy { $0.value.placeMembers.isEmpty } }

    /// Whether an object has a member that a place does not name.
    fileprivate static func hasMore(_ object: JSONObject, than place: JSON) -> Bool {
        object.members.contains { place["f:" + $0.key] == nil }
    }
}
