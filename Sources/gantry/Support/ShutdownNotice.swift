import Synchronization

/// Tells of the end of the process before it comes: at the signal, what follows is told at once, and after `delay` the
/// work is cancelled. Load balancers and clients use the time to go elsewhere.
///
/// Source: Kubernetes' `--shutdown-delay-duration`.
final class ShutdownNotice: Sendable {
    private struct State {
        var hasBegun = false
        var followers: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let delay = Mutex(Duration.zero)

    /// How long the process still answers, besides failing its readiness.
    func setDelay(_ duration: Duration) { delay.withLock { $0 = duration } }

    /// Has something done when the end is near; at once when it is already.
    func follow(_ body: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state -> Bool in
            if !state.hasBegun { state.followers.append(body) }
            return state.hasBegun
        }
        if isLate { body() }
    }

    /// Tells those who follow and waits. Returns whether this was the first call; a second one does not wait.
    func begin(clock: some Clock<Duration> = ContinuousClock()) async -> Bool {
        let followers = state.withLock { state -> [@Sendable () -> Void]? in
            guard !state.hasBegun else { return nil }
            state.hasBegun = true
            return state.followers
        }
        guard let followers else { return false }
        for body in followers { body() }
        let pause = delay.withLock { $0 }
        // Cut short only when nobody waits for the end any more.
        if pause > .zero { try? await clock.sleep(for: pause) }
        return true
    }
}
