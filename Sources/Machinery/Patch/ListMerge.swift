/// Merges a list of a strategic merge patch into the list of an object.
struct ListMerge {
    private let elementType: SchemaType?
    private let key: String
    /// `nil`: the patch replaces the list. Empty: scalars merge as a set. Otherwise objects merge by this member.
    let mergeKey: String?

    init(type: SchemaType?, key: String) {
        self.key = key
        guard case .list(let element, let semantics) = type else {
            elementType = nil
            mergeKey = nil
            return
        }
        elementType = element
        mergeKey = semantics.patchMergeKey
    }

    /// The elements of both, in no order yet; elements that the patch deletes are gone.
    func merge(_ original: [JSON], _ patch: [JSON]) throws(StatusError) -> [JSON] {
        if (original + patch).contains(where: { $0.arrayValue != nil }) { throw .listOfLists }
        guard let mergeKey, !mergeKey.isEmpty else {
            var seen: Set<JSON> = []
            return (original + patch).filter { seen.insert($0).inserted }
        }
        var deleted: Set<JSON> = []
        var changes: [JSONObject] = []
        var replaces = false
        for element in patch {
            guard case .object(let object) = element else {
                throw .badRequest("expected a map in the list \(GoQuote.quote(key)), but found \(element.typeName)")
            }
            switch object[StrategicMergePatch.directive]?.stringValue {
            case nil: changes.append(object)
            case "delete": deleted.insert(try identity(element, mergeKey))
            case "replace": replaces = true
            case "merge": throw .badRequest("merging lists cannot yet be specified in the patch")
            case let other?: throw .badRequest("unknown patch type '\(other)' in map")
            }
        }
        if replaces { return changes.map { .object(StrategicMergePatch.stripped($0)) } }
        var merged = original.filter { element in element[mergeKey].map { !deleted.contains($0) } ?? true }
        var positions: [JSON: Int] = [:]
        for (position, element) in merged.enumerated() {
            if let value = element[mergeKey], positions[value] == nil { positions[value] = position }
        }
        for change in changes {
            let value = try identity(.object(change), mergeKey)
            if let position = positions[value], case .object(let present) = merged[position] {
                merged[position] = .object(
                    try StrategicMergePatch.merge(present, change, StrategicMergePatch.Shape(elementType)))
            } else {
                positions[value] = merged.count
                merged.append(.object(StrategicMergePatch.stripped(change)))
            }
        }
        return merged
    }

    /// What makes an element itself: its merge key's value, or the scalar as a whole.
    private func identity(_ element: JSON, _ mergeKey: String) throws(StatusError) -> JSON {
        guard case .object(let object) = element else { return element }
        guard let value = object[mergeKey] else {
            throw .badRequest("map: \(element) does not contain declared merge key: \(mergeKey)")
        }
        return value
    }

    private func identities(_ elements: [JSON]) throws(StatusError) -> [JSON] {
        guard let mergeKey, !mergeKey.isEmpty else { return elements }
        var result: [JSON] = []
        result.reserveCapacity(elements.count)
        for element in elements { result.append(try identity(element, mergeKey)) }
        return result
    }

    /// Puts the elements that `order` names in its order, and weaves the others in where the original had them.
    func ordered(_ elements: [JSON], like order: [JSON], original: [JSON]) throws(StatusError) -> [JSON] {
        let wanted = Ranks(try identities(order))
        let before = Ranks(try identities(original))
        let names = try identities(elements)
        var named: [(rank: Int, index: Int)] = []
        var others: [(rank: Int, index: Int)] = []
        for (index, name) in names.enumerated() {
            if let rank = wanted[name] {
                named.append((rank, index))
            } else {
                others.append((before[name] ?? .max, index))
            }
        }
        named.sort { ($0.rank, $0.index) < ($1.rank, $1.index) }
        others.sort { ($0.rank, $0.index) < ($1.rank, $1.index) }
        var result: [JSON] = []
        result.reserveCapacity(elements.count)
        var next = 0
        for (_, index) in named {
            // Elements the patch does not name go first when the original had them first.
            while next < others.count, let place = before[names[index]], others[next].rank < place {
                result.append(elements[others[next].index])
                next += 1
            }
            result.append(elements[index])
        }
        result += others[next...].map { elements[$0.index] }
        return result
    }

    /// The elements of a patch must stand in the order it asks for.
    func check(_ patch: [JSON], against order: [JSON]) throws(StatusError) {
        let ranks = Ranks(try identities(order))
        var last = -1
        for element in patch where element[StrategicMergePatch.directive] == nil {
            let names = try identities([element])
            guard let name = names.first, let rank = ranks[name], rank > last else {
                throw .badRequest(
                    "The order in patch list:\n\(JSON.array(patch))\n doesn't match $setElementOrder list:\n"
                        + "\(JSON.array(order))\n")
            }
            last = rank
        }
    }

    /// The first place of each identity in a list.
    private struct Ranks {
        private var ranks: [JSON: Int] = [:]

        init(_ identities: [JSON]) {
            for (rank, identity) in identities.enumerated() where ranks[identity] == nil { ranks[identity] = rank }
        }

        subscript(identity: JSON) -> Int? { ranks[identity] }
    }
}
