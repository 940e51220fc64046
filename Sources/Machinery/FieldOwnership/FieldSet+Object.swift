extension FieldSet {
    /// The fields an applied configuration claims: its leaves, the elements of its lists and the keys of its maps.
    package init(applied object: JSONObject, schema: Schema) {
        self.init(sorted: Self.claimedMembers(object, .object(schema)))
    }

    private static func claimed(_ value: JSON, _ type: SchemaType) -> Members? {
        let shape = FieldShape(type)
        switch (shape, value) {
        case (.object, .object(let object)), (.map, .object(let object)), (.untyped, .object(let object)):
            return claimedMembers(object, shape)
        case (.list, .array(let elements)), (.set, .array(let elements)):
            return claimedElements(elements, shape)
        default: return nil
        }
    }

    private static func claimedMembers(_ object: JSONObject, _ shape: FieldShape) -> Members {
        var result: Members = []
        result.reserveCapacity(object.count)
        for member in object.members {
            let (type, step, isDeclared, _) = shape.member(member.key)
            guard let inner = claimed(member.value, type) else {
                result.append(JSONObject.Member(key: step, value: .ownedPlace))
                continue
            }
            let isOwned = !isDeclared || member.value.objectValue?.isEmpty == true
            if let place = place(isOwned: isOwned, inner) {
                result.append(JSONObject.Member(key: step, value: place))
            }
        }
        return result
    }

    private static func claimedElements(_ elements: [JSON], _ shape: FieldShape) -> Members {
        let index = ListIndex(elements, shape)
        var result: Members = []
        result.reserveCapacity(elements.count)
        var start = 0
        while start < index.entries.count {
            let end = index.runEnd(from: start)
            var inner: Members = []
            // Elements that share an identity are owned as one, without their parts.
            if end - start == 1, case .list(let type, _) = shape {
                inner = claimed(elements[index.entries[start].index], type) ?? []
            }
            result.append(
                JSONObject.Member(key: index.entries[start].step, value: place(isOwned: true, inner) ?? .ownedPlace))
            start = end
        }
        return result
    }

    /// Everything within a value that came or went as a whole: every place of it.
    static func entire(_ value: JSON, _ type: SchemaType) -> JSON {
        let shape = FieldShape(type)
        var inner: Members = []
        switch (shape, value) {
        case (.object, .object(let object)), (.map, .object(let object)), (.untyped, .object(let object)):
            inner.reserveCapacity(object.count + 1)
            for member in object.members {
                let (type, step, _, isRequired) = shape.member(member.key)
                inner.append(JSONObject.Member(key: step, value: entire(member.value, type, isOwned: !isRequired)))
            }
        case (.list(let type, _), .array(let elements)):
            inner = entireElements(elements, shape) { entire($0, type) }
        case (.set, .array(let elements)):
            inner = entireElements(elements, shape) { _ in .ownedPlace }
        default: break
        }
        return place(isOwned: true, inner) ?? .ownedPlace
    }

    /// Containers that exist by themselves, because the type always has them, are not owned when they are filled.
    static func entire(_ value: JSON, _ type: SchemaType, isOwned: Bool) -> JSON {
        let place = entire(value, type)
        guard !isOwned else { return place }
        let inner = steps(place.placeMembers)
        return inner.isEmpty ? .ownedPlace : .object(JSONObject(sorted: Array(inner)))
    }

    private static func entireElements(_ elements: [JSON], _ shape: FieldShape, _ place: (JSON) -> JSON) -> Members {
        let index = ListIndex(elements, shape)
        var result: Members = []
        result.reserveCapacity(elements.count + 1)
        var start = 0
        while start < index.entries.count {
            let end = index.runEnd(from: start)
            let entry = index.entries[start]
            let value = end - start == 1 ? place(elements[entry.index]) : .ownedPlace
            result.append(JSONObject.Member(key: entry.step, value: value))
            start = end
        }
        return result
    }
}
