import CSQLite

extension EventLog {
    /// What a store starts with.
    struct Loaded {
        var state: StoreState
        var expiry: ExpiryQueue
        /// Values that need a key which is not at hand; their objects are unreadable so far.
        var missing: [[UInt8]] = []
    }

    /// Reads everything: the current objects and the history that leads to them. Every row is read and checked, so
    /// damage shows here and not later.
    func load(_ cipher: (any ValueCipher)?) throws(StoreError) -> Loaded {
        let outcome: Result<Loaded, StoreError>
        do throws(SQLiteFailure) {
            outcome = try readRows(cipher)
        } catch {
            throw error.storeError(path: path)
        }
        return try outcome.get()
    }

    private func readRows(_ cipher: (any ValueCipher)?) throws(SQLiteFailure) -> Result<Loaded, StoreError> {
        let compacted = UInt64(bitPattern: try connection.integer("SELECT compacted FROM meta"))
        guard compacted >= 1, compacted <= UInt64(Int64.max) else {
            return .failure(.corrupt("\(path): history starts at the impossible revision \(compacted)"))
        }
        var loaded = Loaded(state: StoreState(revision: compacted, floor: compacted), expiry: ExpiryQueue())
        let rows = try SQLiteStatement(
            connection,
            "SELECT revision, type, time, bucket, namespace, name, header, bytes FROM events ORDER BY revision")
        var reader = EventRowReader(cipher: cipher)
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
        loaded.missing = reader.missing
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
    let cipher: (any ValueCipher)?
    private(set) var missing: [[UInt8]] = []
    private var interner = StringInterner()

    init(cipher: (any ValueCipher)?) { self.cipher = cipher }

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
        guard let object = object(key, revision, header, row) else { return nil }
        result.object = object
        return result
    }
    private mutating func object(
        _ key: StoreKey, _ revision: UInt64, _ header: UnsafeRawBufferPointer, _ row: SQLiteStatement
    ) -> StoredObject? {
        let bytes = [UInt8](row.bytes(7))
        if header.count == 1, header[0] == HeaderCodec.sealedMark { return opened(key, revision, bytes) }
        if let cipher, case .unreadable(let reason) = cipher.open([], of: key) {
            return .unreadable(key, at: revision, reason)
        }
        return plain(key, revision, header, bytes)
    }

    private mutating func opened(_ key: StoreKey, _ revision: UInt64, _ value: [UInt8]) -> StoredObject? {
        guard let cipher else { return .unreadable(key, at: revision, SealedPrefix.identityText) }
        let opened = cipher.open(value, of: key)
        if case .needsKey = opened { missing.append(value) }
        switch cipher.finally(opened) {
        case .plain(let joined, let mark):
            guard let (header, bytes) = RowValue.split(joined) else { return nil }
            let object = header.withUnsafeBytes { plain(key, revision, $0, Array(bytes)) }
            object?.mark = mark
            return object
        case .unreadable(let reason): return .unreadable(key, at: revision, reason)
        // Unreachable: `finally` says something else in its place.
        case .needsKey: return nil
        }
    }

    private mutating func plain(
        _ key: StoreKey, _ revision: UInt64, _ header: UnsafeRawBufferPointer, _ bytes: [UInt8]
    ) -> StoredObject? {
        guard let (header, offset) = HeaderCodec.decode(header, interner: &interner),
            RevisionSplice.isPresent(revision, in: bytes, at: offset)
        else { return nil }
        return StoredObject(key: key, revision: revision, header: header, bytes: bytes, revisionOffset: offset)
    }
}
