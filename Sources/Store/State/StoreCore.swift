import Synchronization

/// The state of a store as its readers see it, and the watchers waiting for it to change.
///
/// Everything here is in memory: an implementation decides a write, makes it durable, and then publishes it.
package final class StoreCore: Sendable {
    private struct Shared {
        var state: StoreState
        var waiters: [UInt64: Waiter] = [:]
        var nextWaiter: UInt64 = 0
        var isClosed = false
    }

    private struct Waiter {
        var position: UInt64
        var continuation: CheckedContinuation<Void, Never>
    }

    private let shared: Mutex<Shared>

    package init(_ state: StoreState) {
        shared = Mutex(Shared(state: state))
    }

    package func read<Result: Sendable>(_ body: (StoreState) -> Result) -> Result {
        shared.withLock { body($0.state) }
    }

    package var revision: UInt64 { read { $0.revision } }

    package func get(_ key: StoreKey) -> StoredObject? { read { $0.get(key) } }

    /// Makes committed changes visible and wakes the watchers.
    package func publish(_ events: [StoreEvent]) {
        let woken = shared.withLock { shared in
            shared.state.apply(events)
            return Self.takeWaiters(&shared)
        }
        for continuation in woken { continuation.resume() }
    }

    package func trim(through revision: UInt64) {
        shared.withLock { $0.state.trim(through: revision) }
    }

    /// Says that nothing has happened up to `revision` but what was published.
    package func advance(to revision: UInt64) {
        let woken = shared.withLock { shared in
            shared.state.revision = max(shared.state.revision, revision)
            return Self.takeWaiters(&shared)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Ends the watches.
    package func close() {
        let woken = shared.withLock { shared in
            shared.isClosed = true
            let waiters = shared.waiters.values.map(\.continuation)
            shared.waiters = [:]
            return waiters
        }
        for continuation in woken { continuation.resume() }
    }

    package var isClosed: Bool { shared.withLock { $0.isClosed } }

    private static func takeWaiters(_ shared: inout Shared) -> [CheckedContinuation<Void, Never>] {
        guard !shared.waiters.isEmpty else { return [] }
        let revision = shared.state.revision
        let ready = shared.waiters.filter { $0.value.position < revision }
        for id in ready.keys { shared.waiters[id] = nil }
        return ready.values.map(\.continuation)
    }
}

extension StoreCore {
    package func range(
        bucket: String, namespace: String?, startingAfter: StoreKey?, limit: Int, at revision: UInt64?
    ) throws(StoreError) -> RangeResult {
        let state = read { state in
            let table = state.tables[bucket] ?? ObjectTable()
            guard let revision, revision < state.revision else {
                return (table: table, undo: [StoreEvent](), current: state.revision, floor: state.floor)
            }
            let undo = revision < state.floor ? [] : state.history.events(after: revision)
            return (table: table, undo: undo, current: state.revision, floor: state.floor)
        }
        var table = state.table
        if let revision {
            guard revision <= state.current else { throw .future(current: state.current) }
            guard revision >= state.floor else { throw .compacted(oldest: state.floor) }
            for event in state.undo.reversed() where event.key.bucket == bucket { table.revert(event) }
        }
        let after = startingAfter.map { (namespace: $0.namespace, name: $0.name) }
        let slice = table.objects(namespace: namespace, after: after)
        let objects = Array(slice.prefix(max(limit, 0)))
        return RangeResult(
            objects: objects, revision: revision ?? state.current, more: slice.count > objects.count)
    }

    package func prime() -> StorePrime {
        read { state in
            StorePrime(
                revision: state.revision, tables: state.tables, floor: state.floor,
                history: state.history.events(after: 0))
        }
    }

    /// - Parameter time: now, in seconds since the epoch.
    package func contents(at time: Int64) -> StoreContents {
        read { StoreContents(revision: $0.revision, tables: $0.tables, time: time) }
    }

    enum Next {
        case events([StoreEvent])
        /// Nothing has happened up to this revision.
        case nothing(through: UInt64)
        case compacted(oldest: UInt64)
        case none
        case closed
    }

    /// The changes after a position, as far as they have happened.
    func next(after position: UInt64, limit: Int) -> Next {
        shared.withLock { shared in
            if shared.isClosed { return .closed }
            if position < shared.state.floor { return .compacted(oldest: shared.state.floor) }
            if position >= shared.state.revision { return .none }
            let events = shared.state.history.events(after: position, limit: limit)
            return events.isEmpty && limit > 0 ? .nothing(through: shared.state.revision) : .events(events)
        }
    }

    /// Waits until something has happened after `position`, the store is closed, or the task is cancelled.
    func wait(after position: UInt64) async {
        let id = shared.withLock { shared in
            shared.nextWaiter += 1
            return shared.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = shared.withLock { shared in
                    // A cancellation before this lock is seen here, a later one finds the waiter.
                    if Task.isCancelled || shared.isClosed || shared.state.revision > position { return true }
                    shared.waiters[id] = Waiter(position: position, continuation: continuation)
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let waiter = shared.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume()
        }
    }
}
