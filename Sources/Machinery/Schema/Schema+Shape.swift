extension Schema {
    /// Whether objects of both types look alike: the same members of the same types, all the way down.
    ///
    /// Names, descriptions, defaults and merge semantics may differ. It walks the whole type, so it is for start-up.
    package func hasSameShape(as other: Schema) -> Bool {
        var compared: Set<SchemaPair> = []
        return Self.isSame(self, other, &compared)
    }

    private struct SchemaPair: Hashable {
        let left: ObjectIdentifier
        let right: ObjectIdentifier
    }

    private static func isSame(_ left: Schema, _ right: Schema, _ compared: inout Set<SchemaPair>) -> Bool {
        if left === right { return true }
        // A pair met again on the way down is the same if all else is.
        guard compared.insert(SchemaPair(left: ObjectIdentifier(left), right: ObjectIdentifier(right))).inserted else {
            return true
        }
        guard left.preservesUnknownFields == right.preservesUnknownFields, left.fields.count == right.fields.count
        else { return false }
        for (mine, theirs) in zip(left.fields, right.fields) {
            guard mine.name == theirs.name, isSame(mine.type, theirs.type, &compared) else { return false }
        }
        return true
    }

    private static func isSame(_ left: SchemaType, _ right: SchemaType, _ compared: inout Set<SchemaPair>) -> Bool {
        switch left {
        case .string: if case .string = right { return true }
        case .int32: if case .int32 = right { return true }
        case .int64: if case .int64 = right { return true }
        case .bool: if case .bool = right { return true }
        case .double: if case .double = right { return true }
        case .bytes: if case .bytes = right { return true }
        case .quantity: if case .quantity = right { return true }
        case .time: if case .time = right { return true }
        case .microTime: if case .microTime = right { return true }
        case .intOrString: if case .intOrString = right { return true }
        case .duration: if case .duration = right { return true }
        case .any: if case .any = right { return true }
        case .list(let mine, _):
            if case .list(let theirs, _) = right { return isSame(mine, theirs, &compared) }
        case .map(let mine, _):
            if case .map(let theirs, _) = right { return isSame(mine, theirs, &compared) }
        case .object(let mine):
            if case .object(let theirs) = right { return isSame(mine.schema, theirs.schema, &compared) }
        }
        return false
    }
}
