import NIOCore
import Synchronization

/// Mutual exclusion across suspension points, first come first served.
///
/// It keeps frames whole on a connection that several tasks write to. Cancelling a task that waits for the lock makes
/// `withLock` throw `CancellationError`; a task that has the lock keeps it until its body returns.
package final class AsyncLock: Sendable {
    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var held = false
        var waiters = CircularBuffer<Waiter>()
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs `body` while no other body runs under this lock.
    package func withLock<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard await acquire() else { throw CancellationError() }
        defer { release() }
        return try await body()
    }

    private func acquire() async -> Bool {
        let id = state.withLock { state -> UInt64? in
            if !state.held {
                state.held = true
                return nil
            }
            state.nextID &+= 1
            return state.nextID
        }
        guard let id else { return true }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let granted = state.withLock { state -> Bool? in
                    if !state.held {
                        state.held = true
                        return true
                    }
                    if Task.isCancelled { return false }
                    state.waiters.append(Waiter(id: id, continuation: continuation))
                    return nil
                }
                if let granted { continuation.resume(returning: granted) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
                return state.waiters.remove(at: index)
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    private func release() {
        let next = state.withLock { state -> Waiter? in
            let next = state.waiters.popFirst()
            // The lock is handed over, never dropped, while someone waits.
            state.held = next != nil
            return next
        }
        next?.continuation.resume(returning: true)
    }
}
