/// The objects of one bucket in key order: an immutable value that is cheap to change into the next one.
///
/// Objects lie in sorted chunks of at most `chunkLimit`. A change copies the one chunk it touches and the list of
/// chunks, and only while another copy of the table is alive; so publishing a snapshot for every commit costs little,
/// and a snapshot never changes.
package struct ObjectTable: Sendable {
    static let chunkLimit = 128

    /// No chunk is empty.
    var chunks: [[StoredObject]] = []
    package internal(set) var count = 0

    package init() {}

    /// A place between objects: before the object at `offset` of `chunk`. The end is `(chunks.count, 0)`.
    struct Position: Equatable {
        var chunk: Int
        var offset: Int
    }

    package func get(namespace: String, name: String) -> StoredObject? {
        let position = lowerBound(namespace: namespace, name: name)
        guard let object = object(at: position), Self.matches(object, namespace, name) else { return nil }
        return object
    }

    /// The objects of a namespace, or of all (nil), that come after `after` (a namespace and a name).
    package func objects(
        namespace: String? = nil, after: (namespace: String, name: String)? = nil
    ) -> ObjectSlice {
        var start = Position(chunk: 0, offset: 0)
        var end = Position(chunk: chunks.count, offset: 0)
        if let namespace {
            start = partition { ByteOrder.compare($0.key.namespace, namespace) < 0 }
            end = partition { ByteOrder.compare($0.key.namespace, namespace) <= 0 }
        }
        if let after {
            let next = partition { Self.order($0, after.namespace, after.name) <= 0 }
            start = Self.precedes(start, next) ? next : start
        }
        if Self.precedes(end, start) { start = end }
        return ObjectSlice(table: self, start: start, end: end)
    }

    func object(at position: Position) -> StoredObject? {
        guard position.chunk < chunks.count else { return nil }
        return chunks[position.chunk][position.offset]
    }

    /// The position of the first object not before the key.
    func lowerBound(namespace: String, name: String) -> Position {
        partition { Self.order($0, namespace, name) < 0 }
    }

    /// The position of the first object for which `isBefore` is false; it must be true for a prefix only.
    private func partition(_ isBefore: (StoredObject) -> Bool) -> Position {
        var low = 0
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(chunks[middle][0]) { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return Position(chunk: 0, offset: 0) }
        let chunk = low - 1
        let offset = chunks[chunk].withUnsafeBufferPointer { objects in
            var low = 1
            var high = objects.count
            while low < high {
                let middle = (low + high) / 2
                if isBefore(objects[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return offset < chunks[chunk].count
            ? Position(chunk: chunk, offset: offset) : Position(chunk: low, offset: 0)
    }

    static func precedes(_ left: Position, _ right: Position) -> Bool {
        (left.chunk, left.offset) < (right.chunk, right.offset)
    }

    static func order(_ object: StoredObject, _ namespace: String, _ name: String) -> Int {
        let order = ByteOrder.compare(object.key.namespace, namespace)
        return order != 0 ? order : ByteOrder.compare(object.key.name, name)
    }

    static func matches(_ object: StoredObject, _ namespace: String, _ name: String) -> Bool {
        order(object, namespace, name) == 0
    }
}
