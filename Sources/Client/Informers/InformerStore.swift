import KubeAPI

/// An informer's objects by key and by index; a plain value, guarded by its informer.
struct InformerStore<Object: KubeObject> {
    private struct Index {
        let keys: @Sendable (Object) -> [String]
        var members: [String: Set<ObjectKey>] = [:]
    }

    private(set) var objects: [ObjectKey: Object] = [:]
    private var indexes: [String: Index] = [:]

    mutating func addIndex(_ name: String, _ keys: @escaping @Sendable (Object) -> [String]) {
        guard indexes[name] == nil else { return }
        var index = Index(keys: keys)
        for (key, object) in objects {
            for value in keys(object) { index.members[value, default: []].insert(key) }
        }
        indexes[name] = index
    }

    /// Stores or removes the object of a key and returns what was there.
    @discardableResult
    mutating func set(_ key: ObjectKey, _ object: Object?) -> Object? {
        let old = objects[key]
        objects[key] = object
        for name in indexes.keys { reindex(name, key, old: old, new: object) }
        return old
    }

    func members(of index: String, _ value: String) -> [Object] {
        guard let keys = indexes[index]?.members[value] else { return [] }
        return keys.compactMap { objects[$0] }
    }

    func values(of index: String) -> [String] {
        indexes[index].map { Array($0.members.keys) } ?? []
    }

    private mutating func reindex(_ name: String, _ key: ObjectKey, old: Object?, new: Object?) {
        guard let keys = indexes[name]?.keys else { return }
        let before = old.map(keys) ?? []
        let after = new.map(keys) ?? []
        guard before != after else { return }
        for value in before {
            indexes[name]?.members[value]?.remove(key)
            if indexes[name]?.members[value]?.isEmpty == true { indexes[name]?.members[value] = nil }
        }
        for value in after { indexes[name]?.members[value, default: []].insert(key) }
    }
}
