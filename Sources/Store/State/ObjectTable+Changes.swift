extension ObjectTable {
    /// Puts an object in the place of the one with its key, which is returned.
    @discardableResult
    package mutating func put(_ object: StoredObject) -> StoredObject? {
        let key = object.key
        let position = lowerBound(namespace: key.namespace, name: key.name)
        if let present = self.object(at: position), Self.matches(present, key.namespace, key.name) {
            chunks[position.chunk][position.offset] = object
            return present
        }
        insert(object, at: position)
        count += 1
        return nil
    }

    /// Removes and returns the object with this key.
    @discardableResult
    package mutating func remove(namespace: String, name: String) -> StoredObject? {
        let position = lowerBound(namespace: namespace, name: name)
        guard let present = object(at: position), Self.matches(present, namespace, name) else { return nil }
        chunks[position.chunk].remove(at: position.offset)
        count -= 1
        shrink(position.chunk)
        return present
    }

    /// Makes the change of an event.
    package mutating func apply(_ event: StoreEvent) {
        switch event.type {
        case .added, .modified: put(event.object)
        case .deleted: remove(namespace: event.key.namespace, name: event.key.name)
        }
    }

    /// Takes the change of an event, the latest one in this table, back.
    package mutating func revert(_ event: StoreEvent) {
        if let previous = event.previous {
            put(previous)
        } else {
            remove(namespace: event.key.namespace, name: event.key.name)
        }
    }

    private mutating func insert(_ object: StoredObject, at position: Position) {
        // The start of a chunk is as good as the end of the one before, which is where ascending keys go.
        var chunk = position.chunk
        var offset = position.offset
        if offset == 0, chunk > 0 {
            chunk -= 1
            offset = chunks[chunk].count
        }
        guard chunk < chunks.count else {
            chunks.append([object])
            return
        }
        guard chunks[chunk].count >= Self.chunkLimit else {
            chunks[chunk].insert(object, at: offset)
            return
        }
        // Ascending keys fill chunks; others leave room on both sides.
        let split = offset == Self.chunkLimit ? offset : Self.chunkLimit / 2
        var upper = Array(chunks[chunk][split...])
        chunks[chunk].removeSubrange(split...)
        if offset > split || upper.isEmpty {
            upper.insert(object, at: offset - split)
        } else {
            chunks[chunk].insert(object, at: offset)
        }
        chunks.insert(upper, at: chunk + 1)
    }

    /// Keeps chunks from becoming empty or many small ones.
    private mutating func shrink(_ chunk: Int) {
        if chunks[chunk].isEmpty {
            chunks.remove(at: chunk)
            return
        }
        let next = chunk + 1
        guard next < chunks.count, chunks[chunk].count + chunks[next].count <= Self.chunkLimit / 2 else { return }
        let upper = chunks.remove(at: next)
        chunks[chunk].append(contentsOf: upper)
    }
}
