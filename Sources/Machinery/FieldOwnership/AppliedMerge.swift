/// Merges an applied configuration into the live object, and takes away what its manager applied before and no longer
/// does. Parts that do not change are shared with the live object, not copied.
enum AppliedMerge {
    static func merge(_ live: JSONObject, _ applied: JSONObject, schema: Schema) -> JSONObject {
        members(live, applied, .object(schema)) ?? live
    }

    /// The merged members; `nil` when they are the live ones.
    private static func members(_ live: JSONObject, _ applied: JSONObject, _ shape: FieldShape) -> JSONObject? {
        var isChanged = false
        let result = live.applying(applied) { key, present, value in
            guard let present else {
                if !value.isNull { isChanged = true }
                return value.isNull ? nil : value
            }
            if value.isNull {
                isChanged = true
                return nil
            }
            guard let merged = merged(present, value, shape.member(key).type) else { return present }
            isChanged = true
            return merged
        }
        return isChanged ? result : nil
    }

    private static func merged(_ live: JSON, _ applied: JSON, _ type: SchemaType) -> JSON? {
        let shape = FieldShape(type)
        switch (shape, live, applied) {
        case (.object, .object(let live), .object(let applied)), (.map, .object(let live), .object(let applied)),
            (.untyped, .object(let live), .object(let applied)):
            return members(live, applied, shape).map(JSON.object)
        case (.list, .array(let live), .array(let applied)), (.set, .array(let live), .array(let applied)):
            return elements(live, applied, shape).map(JSON.array)
        default: return live == applied ? nil : applied
        }
    }

    private static func elements(_ live: [JSON], _ applied: [JSON], _ shape: FieldShape) -> [JSON]? {
        if live.count == applied.count, zip(live, applied).allSatisfy({ ListIndex.isSameElement($0, $1, shape) }) {
            return pairs(live, applied, shape)
        }
        let woven = weave(live, applied, shape)
        return woven == live ? nil : woven
    }

    /// Lists of the same elements in the same order: the usual case.
    private static func pairs(_ live: [JSON], _ applied: [JSON], _ shape: FieldShape) -> [JSON]? {
        guard case .list(let type, _) = shape else { return nil }
        var result: [JSON]?
        for index in live.indices {
            guard let element = merged(live[index], applied[index], type) else { continue }
            if result == nil { result = live }
            result?[index] = element
        }
        return result
    }

    /// Elements of the configuration stand in its order; the others stay where the live list had them between those.
    private static func weave(_ live: [JSON], _ applied: [JSON], _ shape: FieldShape) -> [JSON] {
        let liveSteps = live.map { ListIndex.step(of: $0, shape) }
        let appliedSteps = applied.map { ListIndex.step(of: $0, shape) }
        let appliedAt = Dictionary(zip(appliedSteps, appliedSteps.indices), uniquingKeysWith: { first, _ in first })
        var liveAt: [String: Int] = [:]
        var repeated: Set<String> = []
        for (index, step) in liveSteps.enumerated() where liveAt.updateValue(index, forKey: step) != nil {
            repeated.insert(step)
        }
        func element(_ index: Int) -> JSON {
            let step = appliedSteps[index]
            guard case .list(let type, _) = shape, let present = liveAt[step], !repeated.contains(step) else {
                return applied[index]
            }
            return merged(live[present], applied[index], type) ?? live[present]
        }
        var shared = appliedSteps.filter { liveAt[$0] != nil }[...]
        var result: [JSON] = []
        result.reserveCapacity(live.count + applied.count)
        var next = 0
        for (index, step) in liveSteps.enumerated() {
            guard appliedAt[step] != nil else {
                result.append(live[index])
                continue
            }
            // A shared element that is not the next one of the configuration moves to its place there.
            guard shared.first == step else { continue }
            while next < applied.count {
                let isThis = appliedSteps[next] == step
                result.append(element(next))
                next += 1
                if isThis { break }
            }
            shared = shared.dropFirst()
        }
        while next < applied.count {
            result.append(element(next))
            next += 1
        }
        return result
    }

    /// Takes away fields that nobody owns any more, with everything within them.
    ///
    /// - Parameters:
    ///   - gone: fields that were applied before, without those that anyone owns now.
    ///   - owned: all fields that anyone owns now.
    static func prune(_ object: JSONObject, gone: FieldSet, owned: FieldSet, schema: Schema) -> JSONObject {
        pruned(object, gone.json.members[...], owned.json, .object(schema))
    }

    private static func pruned(
        _ object: JSONObject, _ gone: ArraySlice<JSONObject.Member>, _ owned: JSONObject, _ shape: FieldShape
    ) -> JSONObject {
        var changes: [JSONObject.Member] = []
        for step in gone where step.key.hasPrefix("f:") {
            let name = String(step.key.dropFirst(2))
            guard let value = object[name] else { continue }
            let (type, _, isDeclared, _) = shape.member(name)
            let inner = step.value.placeMembers
            let other = owned[step.key]?.objectValue
            if FieldSet.isOwned(inner) || isDeclared {
                let isStillOwned = other.map { isDeclared || FieldSet.isOwned($0.members) } ?? false
                if !isStillOwned {
                    changes.append(JSONObject.Member(key: name, value: .null))
                    continue
                }
            }
            let steps = FieldSet.steps(inner)
            if !steps.isEmpty {
                let rest = pruned(value, steps, other ?? JSONObject(), type)
                changes.append(JSONObject.Member(key: name, value: rest))
            }
        }
        return object.applying(JSONObject(sorted: changes)) { _, _, rest in rest.isNull ? nil : rest }
    }

    private static func pruned(
        _ value: JSON, _ gone: ArraySlice<JSONObject.Member>, _ owned: JSONObject, _ type: SchemaType
    ) -> JSON {
        let shape = FieldShape(type)
        switch (shape, value) {
        case (.object, .object(let object)), (.map, .object(let object)), (.untyped, .object(let object)):
            return .object(pruned(object, gone, owned, shape))
        case (.list, .array(let elements)), (.set, .array(let elements)):
            let goneSteps = JSONObject(sorted: Array(gone))
            return .array(
                elements.compactMap { element in
                    let step = ListIndex.step(of: element, shape)
                    guard let place = goneSteps[step] else { return element }
                    let other = owned[step]?.objectValue
                    let isStillOwned = other.map { FieldSet.isOwned($0.members) } ?? false
                    if place.isOwnedPlace, !isStillOwned { return nil }
                    let steps = FieldSet.steps(place.placeMembers)
                    guard !steps.isEmpty, case .list(let type, _) = shape else { return element }
                    return pruned(element, steps, other ?? JSONObject(), type)
                })
        default: return value
        }
    }
}
