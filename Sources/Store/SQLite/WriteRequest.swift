/// What callers ask of the writer thread.
enum WriteRequest: Sendable {
    case write(PendingWrite)
    case compact(PendingCompaction)
    case maintain(Reply<Void>)
    case attach(any StoreSink, Reply<Void>)
    case close(Reply<Void>)
}

typealias Reply<Success: Sendable> = CheckedContinuation<Result<Success, StoreError>, Never>

struct PendingWrite: Sendable {
    var operation: WriteOperation
    /// Nil when nobody waits for the outcome: an expiry.
    var reply: Reply<StoredObject>?
}

struct PendingCompaction: Sendable {
    var revision: UInt64
    var reply: Reply<Void>
}
