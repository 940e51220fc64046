/// A set of fields of an object: what a manager owns, or what a change touched.
///
/// Held as the very tree that `FieldsV1` is: each member names a step (`f:` field, `k:` list element by its keys, `v:`
/// set element by its value, `i:` by its index), `.` or an empty object marks that the place itself belongs to the set.
/// So sets of stored objects need neither parsing nor printing.
package struct FieldSet: Hashable, Sendable {
    typealias Members = [JSONObject.Member]

    /// The steps from the object itself, sorted.
    package private(set) var json: JSONObject

    package init() {
        json = JSONObject()
    }

    /// Takes the tree of a set that was made here before.
    init(trusted json: JSONObject) {
        self.json = json
    }

    init(sorted members: Members) {
        json = JSONObject(sorted: members)
    }

    package var isEmpty: Bool { json.isEmpty }

    package func union(_ other: FieldSet) -> FieldSet {
        if other.isEmpty { return self }
        if isEmpty { return other }
        return FieldSet(sorted: Self.union(json.members[...], other.json.members[...]))
    }

    /// The fields of this set that are not in the other one.
    package func subtracting(_ other: FieldSet) -> FieldSet {
        if isEmpty || other.isEmpty { return self }
        return FieldSet(sorted: Self.difference(json.members[...], other.json.members[...], isRecursive: false))
    }

    /// The fields of this set that are neither in the other one nor within a field of it.
    package func subtractingRecursively(_ other: FieldSet) -> FieldSet {
        if isEmpty || other.isEmpty { return self }
        return FieldSet(sorted: Self.difference(json.members[...], other.json.members[...], isRecursive: true))
    }

    package func intersection(_ other: FieldSet) -> FieldSet {
        if isEmpty || other.isEmpty { return FieldSet() }
        return FieldSet(sorted: Self.intersection(json.members[...], other.json.members[...]))
    }
}

/// One place of a set: whether it belongs to the set itself, and what lies within it.
extension JSON {
    /// The place belongs to the set, and nothing within it does.
    static let ownedPlace = JSON.object(JSONObject())

    var placeMembers: FieldSet.Members {
        if case .object(let object) = self { return object.members }
        return []
    }

    var isOwnedPlace: Bool { FieldSet.isOwned(placeMembers) }
}

extension FieldSet {
    static let ownMark = JSONObject.Member(key: ".", value: .ownedPlace)

    static func isOwned(_ place: Members) -> Bool {
        // The mark sorts before every step.
        place.isEmpty || place[0].key == "."
    }

    static func steps(_ place: Members) -> ArraySlice<JSONObject.Member> {
        if let first = place.first, first.key == "." { return place.dropFirst() }
        return place[...]
    }

    /// The value of a place; `nil` when nothing of it belongs to the set.
    static func place(isOwned: Bool, _ steps: Members) -> JSON? {
        if steps.isEmpty { return isOwned ? .ownedPlace : nil }
        return .object(JSONObject(sorted: isOwned ? [ownMark] + steps : steps))
    }

    private static func union(
        _ left: ArraySlice<JSONObject.Member>, _ right: ArraySlice<JSONObject.Member>
    ) -> Members {
        var result: Members = []
        result.reserveCapacity(max(left.count, right.count))
        var i = left.startIndex
        var j = right.startIndex
        while i < left.endIndex, j < right.endIndex {
            let order = UTF8Order.compare(left[i].key, right[j].key)
            if order < 0 {
                result.append(left[i])
                i += 1
            } else if order > 0 {
                result.append(right[j])
                j += 1
            } else {
                result.append(JSONObject.Member(key: left[i].key, value: union(left[i].value, right[j].value)))
                i += 1
                j += 1
            }
        }
        result += left[i...]
        result += right[j...]
        return result
    }

    private static func union(_ left: JSON, _ right: JSON) -> JSON {
        let leftMembers = left.placeMembers
        let rightMembers = right.placeMembers
        if rightMembers.isEmpty, isOwned(leftMembers) { return left }
        if leftMembers.isEmpty, isOwned(rightMembers) { return right }
        let steps = union(steps(leftMembers), steps(rightMembers))
        return place(isOwned: isOwned(leftMembers) || isOwned(rightMembers), steps) ?? .ownedPlace
    }

    private static func difference(
        _ left: ArraySlice<JSONObject.Member>, _ right: ArraySlice<JSONObject.Member>, isRecursive: Bool
    ) -> Members {
        var result: Members = []
        result.reserveCapacity(left.count)
        var j = right.startIndex
        for member in left {
            while j < right.endIndex, UTF8Order.compare(right[j].key, member.key) < 0 { j += 1 }
            guard j < right.endIndex, UTF8Order.compare(right[j].key, member.key) == 0 else {
                result.append(member)
                continue
            }
            let leftMembers = member.value.placeMembers
            let rightMembers = right[j].value.placeMembers
            if isRecursive, isOwned(rightMembers) { continue }
            let isOwned = isOwned(leftMembers) && !isOwned(rightMembers)
            let steps = difference(steps(leftMembers), steps(rightMembers), isRecursive: isRecursive)
            if let place = place(isOwned: isOwned, steps) {
                result.append(JSONObject.Member(key: member.key, value: place))
            }
        }
        return result
    }

    private static func intersection(
        _ left: ArraySlice<JSONObject.Member>, _ right: ArraySlice<JSONObject.Member>
    ) -> Members {
        var result: Members = []
        var i = left.startIndex
        var j = right.startIndex
        while i < left.endIndex, j < right.endIndex {
            let order = UTF8Order.compare(left[i].key, right[j].key)
            if order < 0 {
                i += 1
            } else if order > 0 {
                j += 1
            } else {
                let leftMembers = left[i].value.placeMembers
                let rightMembers = right[j].value.placeMembers
                let steps = intersection(steps(leftMembers), steps(rightMembers))
                if let place = place(isOwned: isOwned(leftMembers) && isOwned(rightMembers), steps) {
                    result.append(JSONObject.Member(key: left[i].key, value: place))
                }
                i += 1
                j += 1
            }
        }
        return result
    }
}
