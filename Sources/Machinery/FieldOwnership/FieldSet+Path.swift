extension FieldSet {
    /// One step of a path, as `FieldsV1` writes it.
    package enum Step: Hashable, Sendable {
        case field(String)
        /// A list element, by the values of its keys, sorted by name.
        case keys(JSONObject)
        /// An element of a set.
        case value(JSON)
        case index(Int)

        package var text: String {
            switch self {
            case .field(let name): "f:" + name
            case .keys(let keys): "k:" + String(decoding: keys.encoded(), as: UTF8.self)
            case .value(let value): "v:\(value)"
            case .index(let index): "i:\(index)"
            }
        }

        package init?(text: String) {
            let body = String(text.dropFirst(2))
            if text.hasPrefix("f:") {
                self = .field(body)
            } else if text.hasPrefix("k:"), let keys = (try? JSON(parsing: body))?.objectValue {
                self = .keys(keys)
            } else if text.hasPrefix("v:"), let value = try? JSON(parsing: body) {
                self = .value(value)
            } else if text.hasPrefix("i:"), let index = Int(body) {
                self = .index(index)
            } else {
                return nil
            }
        }

        /// As messages show it: `.spec`, `[name="web"]`, `[="a"]`, `[0]`.
        package var description: String {
            switch self {
            case .field(let name): "." + name
            case .keys(let keys): "[" + keys.members.map { "\($0.key)=\($0.value)" }.joined(separator: ",") + "]"
            case .value(let value): "[=\(value)]"
            case .index(let index): "[\(index)]"
            }
        }
    }

    package init(paths: [[Step]]) {
        self.init()
        for path in paths { insert(path) }
    }

    /// Fields by their plain names: `["metadata", "name"]`.
    package init(fields paths: [[String]]) {
        self.init(paths: paths.map { $0.map(Step.field) })
    }

    package mutating func insert(_ path: [Step]) {
        guard !path.isEmpty else { return }
        self = union(FieldSet(trusted: Self.tree(path[...])))
    }

    private static func tree(_ path: ArraySlice<Step>) -> JSONObject {
        guard let step = path.first else { return JSONObject() }
        return JSONObject(sorted: [.init(key: step.text, value: .object(tree(path.dropFirst())))])
    }

    package func contains(_ path: [Step]) -> Bool {
        guard !path.isEmpty else { return false }
        var place = JSON.object(json)
        for step in path {
            guard let next = place[step.text] else { return false }
            place = next
        }
        return place.isOwnedPlace
    }

    /// The paths of all fields in the set, in its order, as messages show them.
    package var paths: [String] {
        var result: [String] = []
        Self.collect(json.members[...], prefix: "", into: &result)
        return result
    }

    private static func collect(
        _ members: ArraySlice<JSONObject.Member>, prefix: String, into paths: inout [String]
    ) {
        for member in members {
            let path = prefix + (Step(text: member.key)?.description ?? ".\(member.key)")
            let place = member.value.placeMembers
            if isOwned(place) { paths.append(path) }
            collect(steps(place), prefix: path, into: &paths)
        }
    }
}

extension FieldSet {
    /// Reads a `FieldsV1` tree that a client sent; `nil` when it is none. Steps get their canonical text.
    package init?(fieldsV1 json: JSONObject) {
        var json = json
        json.removeValue(forKey: ".")
        guard let checked = Self.checked(json) else { return nil }
        self.init(trusted: checked)
    }

    private static func checked(_ object: JSONObject) -> JSONObject? {
        var result: [(String, JSON)] = []
        var isCanonical = true
        result.reserveCapacity(object.count)
        for member in object.members {
            guard case .object(let inner) = member.value, let place = checked(inner) else { return nil }
            if member.key == "." {
                result.append((member.key, .ownedPlace))
                continue
            }
            var key = member.key
            if !key.hasPrefix("f:") {
                guard let step = Step(text: key) else { return nil }
                if step.text != key { isCanonical = false }
                key = step.text
            }
            if inner != place { isCanonical = false }
            result.append((key, .object(place)))
        }
        return isCanonical ? object : JSONObject(result)
    }
}

extension FieldSet: CustomStringConvertible {
    package var description: String { paths.joined(separator: ", ") }
}
