import Synchronization

/// Wakes one waiting task; rings while nobody waits are remembered as one.
package final class Doorbell: Sendable {
    private enum State {
        case quiet
        case rung
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.quiet)

    package init() {}

    package func ring() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch state {
            case .quiet, .rung:
                state = .rung
                return nil
            case .waiting(let waiter):
                state = .quiet
                return waiter
            }
        }
        waiter?.resume()
    }

    /// Returns at the next ring, or when the task is cancelled. One task may wait at a time.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    switch state {
                    case .rung:
                        state = .quiet
                        return true
                    case .quiet, .waiting:
                        guard !Task.isCancelled else { return true }
                        state = .waiting(continuation)
                        return false
                    }
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard case .waiting(let waiter) = state else { return nil }
                state = .quiet
                return waiter
            }
            waiter?.resume()
        }
    }

    /// Returns at the next ring, after the time, or when the task is cancelled.
    package func wait(atMost time: Duration, clock: NodeClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            // Cancelled sleep is how the group ends early.
            group.addTask { _ = try? await clock.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }
}
