import CSQLite

extension EventLog {
    /// What a store starts with.
    struct Loaded {
        var state: StoreState
        var expiry: ExpiryQueue
    }

    /// Reads everything: the current objects and the history that leads to them. Every row is read and checked, so
    /// damage shows here and not later.
    func load() throws(StoreError) -> Loaded {
        let outcome: Result<Loaded, StoreError>
        do throws(SQLiteFailure) {
            outcome = try readRows()
        } catch {
            throw error.storeError(path: path)
        }
        return try outcome.get()
    }

    private func readRows() throws(SQLiteFailure) -> Result<Loaded, StoreError> {
        let compacted = UInt64(bitPattern: try connection.integer("SELECT compacted FROM meta"))
        guard compacted >= 1, compacted <= UInt64(Int64.max) else {
            return .failure(.corrupt("\(path): history starts at the impossible revision \(compacted)"))
        }
        var loaded = Loaded(state: StoreState(revision: compacted, floor: compacted), expiry: ExpiryQueue())
        let rows = try SQLiteStatement(
            connection,
            "SELECT revision, type, time, bucket, namespace, name, header, bytes FROM events ORDER BY revision")
        var reader = EventRowReader()
        while try rows.step() {
            guard let row = reader.read(rows) else { return .failure(damage(rows.integer(0))) }
            guard row.revision > compacted else {
                guard let object = row.current else { return .failure(damage(rows.integer(0))) }
                loaded.state.tables[object.key.bucket, default: ObjectTable()].put(object)
                loaded.expiry.note(object)
                continue
            }
            guard let event = row.event(after: loaded.state.get(row.key)) else {
                return .failure(damage(rows.integer(0)))
            }
            loaded.state.apply([event])
            loaded.expiry.note(event)
        }
        return .success(loaded)
    }

    private func damage(_ revision: Int64) -> StoreError {
        .corrupt("\(path): the row of revision \(revision) is damaged")
    }
}

/// A row of the table, checked for itself.
private struct EventRow {
    var revision: UInt64
    var type: ChangeType
    var time: Int64
    var key: StoreKey
    /// Nil for a deletion whose last state is the one before.
    var object: StoredObject?

    /// The object of a row older than history; nil when the row is not such a one.
    var current: StoredObject? { type == .deleted ? nil : object }

    /// The change of a row of history, when the object was in the state `previous`; nil when that is impossible.
    func event(after previous: StoredObject?) -> StoreEvent? {
        guard (previous == nil) == (type == .added) else { return nil }
        if let object { return StoreEvent(type: type, object: object, previous: previous, time: time) }
        return previous.map { .deletion(of: $0, at: revision, time: time) }
    }
}

private struct EventRowReader {
    private var interner = StringInterner()

    /// Nil when the row is damaged.
    mutating func read(_ row: SQLiteStatement) -> EventRow? {
        guard row.integer(0) > 1, let typeCode = UInt8(exactly: row.integer(1)),
            let type = ChangeType(rawValue: typeCode)
        else { return nil }
        let revision = UInt64(row.integer(0))
        let key = StoreKey(
            bucket: interner.intern(row.text(3)), namespace: interner.intern(row.text(4)), name: row.text(5))
        var result = EventRow(revision: revision, type: type, time: row.integer(2), key: key)
        let header = row.bytes(6)
        if header.isEmpty { return type == .deleted ? result : nil }
        guard let (header, revisionOffset) = HeaderCodec.decode(header, interner: &interner) else { return nil }
        let bytes = [UInt8](row.bytes(7))
        guard RevisionSplice.isPresent(revision, in: bytes, at: revisionOffset) else { return nil }
        result.object = StoredObject(
            key: key, revision: revision, header: header, bytes: bytes, revisionOffset: revisionOffset)
        return result
    }
}
