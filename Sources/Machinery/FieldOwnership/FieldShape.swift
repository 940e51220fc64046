/// How ownership looks at a value: as one leaf, or as parts with owners of their own.
enum FieldShape {
    /// Scalars, atomic lists, maps and objects.
    case leaf
    case object(Schema)
    case map(SchemaType)
    /// Elements have identity: by the values of these members.
    case list(SchemaType, keys: [String])
    /// Scalars that are their own identity.
    case set
    /// No type is known: objects have parts, everything else is a leaf.
    case untyped

    init(_ type: SchemaType) {
        switch type {
        case .list(let element, let semantics):
            switch semantics.kind {
            case .atomic: self = .leaf
            case .set: self = .set
            case .map(let keys): self = .list(element, keys: keys)
            }
        case .map(let element, let isAtomic): self = isAtomic ? .leaf : .map(element)
        case .object(let reference):
            let schema = reference.schema
            if schema.isAtomic {
                self = .leaf
            } else if schema.fields.isEmpty, schema.preservesUnknownFields {
                self = .untyped
            } else {
                self = .object(schema)
            }
        case .any: self = .untyped
        case .string, .int32, .int64, .bool, .double, .bytes, .quantity, .time, .microTime, .intOrString, .duration:
            self = .leaf
        }
    }

    /// A member of an object of this shape: its type, its step, and whether the schema declares it.
    func member(_ key: String) -> (type: SchemaType, step: String, isDeclared: Bool, isRequired: Bool) {
        switch self {
        case .object(let schema):
            if let field = schema.field(key) { return (field.type, field.ownershipKey, true, field.isRequired) }
            return (.any, "f:" + key, false, false)
        case .map(let element): return (element, "f:" + key, false, false)
        case .leaf, .list, .set, .untyped: return (.any, "f:" + key, false, false)
        }
    }
}

/// The elements of a list by their steps.
struct ListIndex {
    struct Entry {
        let step: String
        let index: Int
    }

    /// Sorted by step; elements of one step keep their order.
    let entries: [Entry]

    init(_ elements: [JSON], _ shape: FieldShape) {
        var entries: [Entry] = []
        entries.reserveCapacity(elements.count)
        var isSorted = true
        for (index, element) in elements.enumerated() {
            let step = Self.step(of: element, shape)
            if let last = entries.last, UTF8Order.compare(last.step, step) > 0 { isSorted = false }
            entries.append(Entry(step: step, index: index))
        }
        if !isSorted {
            entries.sort { left, right in
                let order = UTF8Order.compare(left.step, right.step)
                return order != 0 ? order < 0 : left.index < right.index
            }
        }
        self.entries = entries
    }

    /// The end of the run of entries that share the step of the one at `start`.
    func runEnd(from start: Int) -> Int {
        var end = start + 1
        while end < entries.count, UTF8Order.isEqual(entries[end].step, entries[start].step) { end += 1 }
        return end
    }

    static func step(of element: JSON, _ shape: FieldShape) -> String {
        var writer = JSONWriter(reserving: 64)
        guard case .list(let type, let keys) = shape else {
            writer.raw("v:")
            writer.write(element)
            return writer.text
        }
        writer.raw("k:{")
        var isFirst = true
        // Key names are few; the schema's order is kept only when it is the sorted one.
        for key in keys.count > 1 ? keys.sorted(by: UTF8Order.isLess) : keys {
            guard let value = element[key] ?? defaultValue(of: key, type) else { continue }
            if !isFirst { writer.raw(",") }
            isFirst = false
            writer.write(key)
            writer.raw(":")
            writer.write(value)
        }
        writer.raw("}")
        return writer.text
    }

    /// Whether two elements have the same step, without making it.
    static func isSameElement(_ left: JSON, _ right: JSON, _ shape: FieldShape) -> Bool {
        guard case .list(let type, let keys) = shape else { return left == right }
        return keys.allSatisfy { key in
            let leftValue = left[key]
            let rightValue = right[key]
            if let leftValue, let rightValue { return leftValue == rightValue }
            let defaultValue = defaultValue(of: key, type)
            return (leftValue ?? defaultValue) == (rightValue ?? defaultValue)
        }
    }

    static func defaultValue(of key: String, _ type: SchemaType) -> JSON? {
        guard case .object(let reference) = type else { return nil }
        return reference.schema.field(key)?.defaultValue
    }
}
