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
            guard let event = reader.read(rows, previousIn: loaded.state) else {
                return .failure(.corrupt("\(path): the row of revision \(rows.integer(0)) is damaged"))
            }
            loaded.expiry.note(event)
            if event.revision > compacted {
                loaded.state.apply([event])
            } else {
                loaded.state.tables[event.key.bucket, default: ObjectTable()].put(event.object)
            }
        }
        return .success(loaded)
    }
}

/// Makes events of rows.
private struct EventRowReader {
    private var interner = StringInterner()

    /// Nil when the row is damaged.
    mutating func read(_ row: SQLiteStatement, previousIn state: StoreState) -> StoreEvent? {
        guard row.integer(0) > 1, let typeCode = UInt8(exactly: row.integer(1)),
            let type = ChangeType(rawValue: typeCode)
        else { return nil }
        let revision = UInt64(row.integer(0))
        let time = row.integer(2)
        let key = StoreKey(
            bucket: interner.intern(row.text(3)), namespace: interner.intern(row.text(4)), name: row.text(5))
        let previous = state.get(key)
        let isHistory = revision > state.floor
        // A change other than an addition needs the state before it, unless that is older than history.
        guard isHistory ? (previous == nil) == (type == .added) : type != .deleted else { return nil }
        let header = row.bytes(6)
        if type == .deleted, header.isEmpty {
            return previous.map { .deletion(of: $0, at: revision, time: time) }
        }
        guard let (header, revisionOffset) = HeaderCodec.decode(header, interner: &interner) else { return nil }
        let bytes = [UInt8](row.bytes(7))
        guard RevisionSplice.isPresent(revision, in: bytes, at: revisionOffset) else { return nil }
        let object = StoredObject(
            key: key, revision: revision, header: header, bytes: bytes, revisionOffset: revisionOffset)
        guard isHistory else { return StoreEvent(type: .added, object: object, previous: nil, time: time) }
        return StoreEvent(type: type, object: object, previous: previous, time: time)
    }
}
