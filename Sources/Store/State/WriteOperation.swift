/// A write asked of a store.
enum WriteOperation: Sendable {
    case create(StoreKey, ObjectWrite)
    case update(StoreKey, expecting: UInt64, ObjectWrite)
    case delete(StoreKey, expecting: UInt64?, last: ObjectWrite?)

    var key: StoreKey {
        switch self {
        case .create(let key, _), .update(let key, _, _), .delete(let key, _, _): key
        }
    }

    /// What the operation weighs in a queue.
    var bytes: Int {
        switch self {
        case .create(_, let write), .update(_, _, let write): write.bytes.count
        case .delete(_, _, let last): last?.bytes.count ?? 0
        }
    }

    /// Whether the operation frees space in the end.
    var isDeletion: Bool {
        switch self {
        case .create: false
        case .update(_, _, let write): write.isPartOfDeletion
        case .delete: true
        }
    }

    /// The compare-and-swap rules: the change this operation makes of `current` as revision `revision`, or why not.
    func change(
        of current: StoredObject?, at revision: UInt64, time: Int64
    ) throws(StoreError) -> StoreEvent {
        switch self {
        case .create(let key, let write):
            if let flaw = write.flaw { throw .invalid(flaw) }
            if let current { throw .alreadyExists(current) }
            return StoreEvent(
                type: .added, object: write.stored(as: key, at: revision), previous: nil, time: time)
        case .update(let key, let expected, let write):
            if let flaw = write.flaw { throw .invalid(flaw) }
            guard let current else { throw .notFound(key) }
            guard current.revision == expected else { throw .conflict(current) }
            return StoreEvent(
                type: .modified, object: write.stored(as: key, at: revision), previous: current, time: time)
        case .delete(let key, let expected, let last):
            if let flaw = last?.flaw { throw .invalid(flaw) }
            guard let current else { throw .notFound(key) }
            if let expected, current.revision != expected { throw .conflict(current) }
            guard let last else { return .deletion(of: current, at: revision, time: time) }
            return StoreEvent(
                type: .deleted, object: last.stored(as: key, at: revision), previous: current, time: time)
        }
    }
}
