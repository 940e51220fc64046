import Synchronization

/// Tasks that wait for a revision to happen.
final class RevisionWaiters: Sendable {
    private struct Waiter {
        var revision: UInt64
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var waiters: [UInt64: Waiter] = [:]
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Ends the waits for revisions up to `revision`.
    func advance(to revision: UInt64) {
        let ready = state.withLock { state in
            guard !state.waiters.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            let ready = state.waiters.filter { $0.value.revision <= revision }
            for id in ready.keys { state.waiters[id] = nil }
            return ready.values.map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }

    /// Returns when `advance` has reached the revision or the task is cancelled.
    ///
    /// - Parameter reached: asked under the lock, so that no advance is missed.
    func wait(for revision: UInt64, reached: @Sendable () -> Bool) async {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    // A cancellation before this lock is seen here, a later one finds the waiter.
                    if Task.isCancelled || reached() { return true }
                    state.waiters[id] = Waiter(revision: revision, continuation: continuation)
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume()
        }
    }
}
