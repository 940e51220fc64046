/// Why a store operation failed.
package enum StoreError: Error, Sendable {
    /// Create: the key is taken by this object.
    case alreadyExists(StoredObject)
    /// Update or delete: the expected revision is not this current one.
    case conflict(StoredObject)
    /// Update or delete: there is no such object.
    case notFound(StoreKey)
    /// The queue of waiting writes is full; nothing was written.
    case overloaded(limit: Int)
    /// History before `oldest` is gone: read the current state and go on from there.
    case compacted(oldest: UInt64)
    /// The revision asked for has not happened yet.
    case future(current: UInt64)
    /// No space is left; nothing was written. Deletions may still be possible, and writes are once space is free.
    case full(String)
    /// The write or request is malformed.
    case invalid(String)
    /// The data on disk are damaged or not ours.
    case corrupt(String)
    /// The data were written by a newer version of the program.
    case newerSchema(found: Int, supported: Int)
    /// Another process has the data open.
    case inUse(String)
    /// The storage failed, and the outcome of the write is unknown; the store must be opened again.
    case unavailable(String)
    /// The store was closed before the request was carried out; nothing was written.
    case closed
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .alreadyExists(let current): "\(current.key) already exists at revision \(current.revision)"
        case .conflict(let current): "\(current.key) has changed: its revision is \(current.revision)"
        case .notFound(let key): "\(key) not found"
        case .overloaded(let limit): "the store already has \(limit) writes waiting"
        case .compacted(let oldest): "history before revision \(oldest) has been compacted"
        case .future(let current): "revision is larger than the current revision \(current)"
        case .full(let reason): "no space left in the store: \(reason)"
        case .invalid(let reason): "invalid write: \(reason)"
        case .corrupt(let reason): "the store is damaged: \(reason)"
        case .newerSchema(let found, let supported):
            "the store has schema version \(found), this program knows versions up to \(supported)"
        case .inUse(let path): "\(path) is in use by another process"
        case .unavailable(let reason): "the store has failed: \(reason)"
        case .closed: "the store is closed"
        }
    }

    /// The description without the sentence that is said of all errors of a case: what goes into another of them.
    package var reason: String {
        switch self {
        case .full(let reason), .unavailable(let reason), .corrupt(let reason), .invalid(let reason): reason
        default: description
        }
    }
}
