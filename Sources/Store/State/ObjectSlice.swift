/// A run of objects of a table, in key order.
package struct ObjectSlice: Sequence, Sendable {
    private let table: ObjectTable
    private let start: ObjectTable.Position
    private let end: ObjectTable.Position

    init(table: ObjectTable, start: ObjectTable.Position, end: ObjectTable.Position) {
        self.table = table
        self.start = start
        self.end = end
    }

    /// How many objects there are; costs a step per chunk.
    package var count: Int {
        guard start.chunk < end.chunk else { return end.offset - start.offset }
        return table.chunks[start.chunk..<end.chunk].reduce(end.offset - start.offset) { $0 + $1.count }
    }

    package var isEmpty: Bool { start == end }

    package var underestimatedCount: Int { count }

    package func makeIterator() -> Iterator {
        Iterator(chunks: table.chunks, position: start, end: end)
    }

    package struct Iterator: IteratorProtocol {
        private let chunks: [[StoredObject]]
        private var current: [StoredObject]
        private var position: ObjectTable.Position
        private let end: ObjectTable.Position

        init(chunks: [[StoredObject]], position: ObjectTable.Position, end: ObjectTable.Position) {
            self.chunks = chunks
            self.position = position
            self.end = end
            current = position.chunk < chunks.count ? chunks[position.chunk] : []
        }

        package mutating func next() -> StoredObject? {
            guard position != end else { return nil }
            let object = current[position.offset]
            position.offset += 1
            if position.offset == current.count {
                position = ObjectTable.Position(chunk: position.chunk + 1, offset: 0)
                current = position.chunk < chunks.count ? chunks[position.chunk] : []
            }
            return object
        }
    }
}
