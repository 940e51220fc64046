import Store

/// A write asked of the store, as etcd is asked for it.
struct EtcdWrite: Sendable {
    enum Kind: Sendable {
        case create
        case update
        case delete
    }

    let kind: Kind
    let key: StoreKey
    /// The revision the object must have; nil: any.
    let expected: UInt64?
    /// The new state; of a deletion, what watchers are to see last.
    let write: ObjectWrite?
    /// The new state as etcd is given it: made once, for encryption never makes the same twice.
    private let value: [UInt8]?

    /// Fails with `.unavailable` where it cannot be encrypted.
    init(
        _ kind: Kind, _ key: StoreKey, expecting expected: UInt64?, _ write: ObjectWrite?,
        cipher: (any ValueCipher)? = nil
    ) throws(StoreError) {
        self.kind = kind
        self.key = key
        self.expected = expected
        self.write = write
        switch kind {
        case .create, .update:
            if let write, write.flaw == nil {
                let plain = EtcdEnvelope.seal(write)
                value = try cipher?.seal(plain, of: key).bytes ?? plain
            } else {
                value = nil
            }
        case .delete: value = nil
        }
    }

    var flaw: String? { write?.flaw }

    /// What it weighs among the writes under way.
    var bytes: Int { write?.bytes.count ?? 0 }

    func transaction(_ path: [UInt8]) -> EtcdTransaction {
        let change: EtcdTransaction.Change
        switch kind {
        case .create, .update: change = value.map { .put($0) } ?? .delete
        case .delete: change = .delete
        }
        // A create expects that there is nothing: revision 0. An update never means that.
        let condition: EtcdTransaction.Condition =
            switch (kind, expected) {
            case (.create, _): .modRevision(0)
            case (_, .some(let revision)): .modRevision(max(revision, 1))
            case (_, nil): .exists
            }
        return EtcdTransaction(key: path, condition: condition, change: change)
    }

    /// What the write made, where history does not tell any more.
    func object(at revision: UInt64, before: StoredObject?) throws(StoreError) -> StoredObject {
        if let write { return write.stored(as: key, at: revision) }
        guard let before else {
            throw .unavailable("\(key) was deleted as revision \(revision); its last state is not known any more")
        }
        return before.respliced(at: revision)
    }

    /// Why the write was not made.
    func refusal(_ current: StoredObject?) -> StoreError {
        switch (kind, current) {
        case (.create, .some(let current)): .alreadyExists(current)
        // Gone again since: the client may try once more.
        case (.create, nil): .unavailable("\(key) was in the way and is gone")
        case (.update, .some(let current)), (.delete, .some(let current)): .conflict(current)
        case (.update, nil), (.delete, nil): .notFound(key)
        }
    }
}
