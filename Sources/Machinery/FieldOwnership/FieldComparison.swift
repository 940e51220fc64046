/// What changed between two versions of an object, as sets of fields.
package struct FieldComparison: Sendable {
    package var added: FieldSet
    package var modified: FieldSet
    package var removed: FieldSet

    package var isSame: Bool { added.isEmpty && modified.isEmpty && removed.isEmpty }
    package var addedOrModified: FieldSet { added.union(modified) }

    /// Compares two objects of a type; their `metadata.managedFields` is left out.
    package init(_ before: JSONObject, _ after: JSONObject, schema: Schema) {
        var changes = Changes()
        changes.members(before, after, .object(schema), depth: 0)
        added = FieldSet(sorted: changes.added)
        modified = FieldSet(sorted: changes.modified)
        removed = FieldSet(sorted: changes.removed)
    }

    /// Leaves out fields and everything within them.
    package mutating func exclude(_ fields: FieldSet) {
        added = added.subtractingRecursively(fields)
        modified = modified.subtractingRecursively(fields)
        removed = removed.subtractingRecursively(fields)
    }

    /// The changes within one place.
    private struct Changes {
        /// How deep subtrees are first compared as a whole: equal ones, the usual case, then cost no more.
        private static let shortcutDepth = 16

        var added: FieldSet.Members = []
        var modified: FieldSet.Members = []
        var removed: FieldSet.Members = []

        mutating func members(_ before: JSONObject, _ after: JSONObject, _ shape: FieldShape, depth: Int) {
            let left = before.members
            let right = after.members
            var i = 0
            var j = 0
            while i < left.count || j < right.count {
                let order: Int
                if i == left.count {
                    order = 1
                } else if j == right.count {
                    order = -1
                } else {
                    order = UTF8Order.compare(left[i].key, right[j].key)
                }
                if order < 0 {
                    let (type, step, _, isRequired) = shape.member(left[i].key)
                    removed.append(
                        .init(key: step, value: FieldSet.entire(left[i].value, type, isOwned: depth > 0 && !isRequired))
                    )
                    i += 1
                } else if order > 0 {
                    let (type, step, _, isRequired) = shape.member(right[j].key)
                    added.append(
                        .init(
                            key: step, value: FieldSet.entire(right[j].value, type, isOwned: depth > 0 && !isRequired)))
                    j += 1
                } else {
                    if depth > Self.shortcutDepth || left[i].value != right[j].value {
                        let (type, step, _, _) = shape.member(left[i].key)
                        place(step, left[i].value, right[j].value, type, depth: depth)
                    }
                    i += 1
                    j += 1
                }
            }
        }

        private mutating func place(
            _ step: String, _ before: JSON, _ after: JSON, _ type: SchemaType, depth: Int
        ) {
            let shape = FieldShape(type)
            var inner = Changes()
            switch (shape, before, after) {
            case (.object, .object(let left), .object(let right)), (.map, .object(let left), .object(let right)),
                (.untyped, .object(let left), .object(let right)):
                inner.members(left, right, shape, depth: depth + 1)
            case (.list, .array(let left), .array(let right)), (.set, .array(let left), .array(let right)):
                inner.elements(left, right, shape, depth: depth + 1)
            default:
                if before != after { modified.append(.init(key: step, value: .ownedPlace)) }
                return
            }
            if !inner.added.isEmpty { added.append(.init(key: step, value: Self.place(inner.added))) }
            if !inner.modified.isEmpty { modified.append(.init(key: step, value: Self.place(inner.modified))) }
            if !inner.removed.isEmpty { removed.append(.init(key: step, value: Self.place(inner.removed))) }
        }

        private static func place(_ members: FieldSet.Members) -> JSON { .object(JSONObject(sorted: members)) }

        private mutating func elements(_ before: [JSON], _ after: [JSON], _ shape: FieldShape, depth: Int) {
            let left = ListIndex(before, shape)
            let right = ListIndex(after, shape)
            let type: SchemaType? = if case .list(let type, _) = shape { type } else { nil }
            var i = 0
            var j = 0
            while i < left.entries.count || j < right.entries.count {
                let order: Int
                if i == left.entries.count {
                    order = 1
                } else if j == right.entries.count {
                    order = -1
                } else {
                    order = UTF8Order.compare(left.entries[i].step, right.entries[j].step)
                }
                let leftEnd = order <= 0 ? left.runEnd(from: i) : i
                let rightEnd = order >= 0 ? right.runEnd(from: j) : j
                let step = order <= 0 ? left.entries[i].step : right.entries[j].step
                run(
                    step, left.entries[i..<leftEnd].map { before[$0.index] },
                    right.entries[j..<rightEnd].map { after[$0.index] }, type, depth: depth)
                i = leftEnd
                j = rightEnd
            }
        }

        /// The elements of one identity, usually one on each side.
        private mutating func run(
            _ step: String, _ before: [JSON], _ after: [JSON], _ type: SchemaType?, depth: Int
        ) {
            func entire(_ element: JSON) -> JSON { type.map { FieldSet.entire(element, $0) } ?? .ownedPlace }
            switch (before.count, after.count) {
            case (1, 1):
                if before[0] != after[0] { place(step, before[0], after[0], type ?? .any, depth: depth) }
            case (0, 1): added.append(.init(key: step, value: entire(after[0])))
            case (1, 0): removed.append(.init(key: step, value: entire(before[0])))
            case (2..., 2...):
                if before != after { modified.append(.init(key: step, value: .ownedPlace)) }
            case (2..., let count):
                // Elements of one identity are owned as one; what is left of them is new in its parts.
                if count == 1 { added.append(.init(key: step, value: entire(after[0]))) }
                removed.append(.init(key: step, value: .ownedPlace))
            case (let count, _):
                if count == 1 { removed.append(.init(key: step, value: entire(before[0]))) }
                added.append(.init(key: step, value: .ownedPlace))
            }
        }
    }
}
