import Synchronization

/// Wakes the one task that waits for it; a signal that nobody waits for is kept.
final class WakeSignal: Sendable {
    private enum State {
        case quiet
        case signalled
        case awaited(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.quiet)

    func send() {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if case .awaited(let sleeper) = state {
                state = .quiet
                return sleeper
            }
            state = .signalled
            return nil
        }
        sleeper?.resume()
    }

    /// Returns at the next signal, or when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper in
                let isDue = state.withLock { state -> Bool in
                    if case .signalled = state {
                        state = .quiet
                        return true
                    }
                    state = .awaited(sleeper)
                    return false
                }
                if isDue { sleeper.resume() }
            }
        } onCancel: {
            send()
        }
    }
}
