import KubeAPI
import Machinery

/// An informer's objects by key and by index; a plain value, guarded by its informer.
///
/// The objects that changed last are trees, all others rest as bytes, so that a large collection costs little more
/// than its text.
struct InformerStore<Object: KubeObject> {
    private struct Index {
        let name: String
        let keys: @Sendable (Object) -> [String]
        var members: [String: Set<ObjectKey>] = [:]
    }

    struct Entry {
        let uid: String
        let resourceVersion: String
        /// Shared with the tree while there is one; for finding objects without waking them.
        let labels: JSONObject
        fileprivate(set) var resting: RestingObject<Object>
        fileprivate let stamp: UInt64
    }

    /// How many objects are kept as trees.
    static var awakeLimit: Int { 1024 }

    private(set) var entries: [ObjectKey: Entry] = [:]
    /// A few, in an array: going over a dictionary's keys would hold on to it, and every change would copy it.
    private var indexes: [Index] = []
    /// The keys of objects that were set, in that order, with their stamps; stale when a key was set again.
    private var awake = FIFO<(key: ObjectKey, stamp: UInt64)>()
    private var stamp: UInt64 = 0

    var count: Int { entries.count }

    mutating func addIndex(_ name: String, _ keys: @escaping @Sendable (Object) -> [String]) {
        guard !indexes.contains(where: { $0.name == name }) else { return }
        var index = Index(name: name, keys: keys)
        for (key, entry) in entries {
            for value in keys(entry.resting.object) { index.members[value, default: []].insert(key) }
        }
        indexes.append(index)
    }

    /// Stores or removes the object of a key, of which `old` is what was there.
    mutating func set(_ key: ObjectKey, _ object: Object?, old: Object?) {
        if let object {
            stamp += 1
            entries[key] = Entry(
                uid: object.uid, resourceVersion: object.resourceVersion,
                labels: object.metadata.json["labels"]?.objectValue ?? JSONObject(), resting: RestingObject(object),
                stamp: stamp)
            awake.append((key, stamp))
            if awake.count > Self.awakeLimit, let oldest = awake.popFirst(),
                entries[oldest.key]?.stamp == oldest.stamp
            {
                entries[oldest.key]?.resting.rest()
            }
        } else {
            entries[key] = nil
        }
        for place in indexes.indices { reindex(place, key, old: old, new: object) }
    }

    func members(of index: String, _ value: String) -> [RestingObject<Object>] {
        keys(of: index, value).compactMap { entries[$0]?.resting }
    }

    /// The keys of an index's value.
    func keys(of index: String, _ value: String) -> Set<ObjectKey> {
        indexes.first { $0.name == index }?.members[value] ?? []
    }

    func values(of index: String) -> [String] {
        indexes.first { $0.name == index }.map { Array($0.members.keys) } ?? []
    }

    private mutating func reindex(_ place: Int, _ key: ObjectKey, old: Object?, new: Object?) {
        let before = old.map(indexes[place].keys) ?? []
        let after = new.map(indexes[place].keys) ?? []
        guard before != after else { return }
        for value in before {
            indexes[place].members[value]?.remove(key)
            if indexes[place].members[value]?.isEmpty == true { indexes[place].members[value] = nil }
        }
        for value in after { indexes[place].members[value, default: []].insert(key) }
    }
}
