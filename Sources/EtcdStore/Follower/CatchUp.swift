import Synchronization

/// Tasks that wait until this server has applied a revision that etcd has confirmed.
///
/// As a rule the watch brings it within the moment. Where it does not, the watch is asked how far it is, then made
/// anew, and in the end the wait fails.
final class CatchUp: Sendable {
    enum Outcome: Sendable {
        case reached
        case late
        case closed
    }

    private struct Waiter {
        var revision: UInt64
        var since: ContinuousClock.Instant
        var continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var applied: UInt64
        var waiters: [UInt64: Waiter] = [:]
        var lastID: UInt64 = 0
        var isChased = false
        var isClosed = false
    }

    /// How often those who wait are looked after, and when the watch is taken to be broken.
    private static let period = Duration.milliseconds(100)
    private static let patience = Duration.seconds(3)

    private let state: Mutex<State>
    private let timeout: Duration
    private let nudgeAfter: Duration
    private let nudge: @Sendable () async -> Void
    private let renew: @Sendable () -> Void

    init(
        applied: UInt64, timeout: Duration, nudgeAfter: Duration, nudge: @escaping @Sendable () async -> Void,
        renew: @escaping @Sendable () -> Void
    ) {
        state = Mutex(State(applied: applied))
        self.timeout = timeout
        self.nudgeAfter = nudgeAfter
        self.nudge = nudge
        self.renew = renew
    }

    func advance(to revision: UInt64) {
        let reached = state.withLock { state in
            state.applied = max(state.applied, revision)
            return Self.take(&state) { $0.revision <= revision }
        }
        for waiter in reached { waiter.continuation.resume(returning: .reached) }
    }

    func close() {
        let all = state.withLock { state in
            state.isClosed = true
            return Self.take(&state) { _ in true }
        }
        for waiter in all { waiter.continuation.resume(returning: .closed) }
    }

    /// Not ended by cancellation, but by the time limit.
    func wait(for revision: UInt64) async -> Outcome {
        await withCheckedContinuation { continuation in
            let (outcome, mustChase): (Outcome?, Bool) = state.withLock { state in
                if state.applied >= revision { return (.reached, false) }
                if state.isClosed { return (.closed, false) }
                state.lastID += 1
                state.waiters[state.lastID] = Waiter(revision: revision, since: .now, continuation: continuation)
                defer { state.isChased = true }
                return (nil, !state.isChased)
            }
            if let outcome { continuation.resume(returning: outcome) }
            // Ends when nobody waits.
            if mustChase { Task { await self.chase() } }
        }
    }

    private func chase() async {
        while true {
            do {
                try await Task.sleep(for: Self.period)
            } catch {
                // Nobody cancels this task.
                return
            }
            let now = ContinuousClock.now
            let late = state.withLock { state in
                let late = Self.take(&state) { now - $0.since >= timeout }
                if state.waiters.isEmpty { state.isChased = false }
                return late
            }
            for waiter in late { waiter.continuation.resume(returning: .late) }
            guard let oldest = oldest() else { return }
            if now - oldest >= nudgeAfter { await nudge() }
            if now - oldest >= Self.patience { renew() }
        }
    }

    /// Nil when nobody is looked after any more.
    private func oldest() -> ContinuousClock.Instant? {
        state.withLock { state in state.isChased ? state.waiters.values.map(\.since).min() ?? .now : nil }
    }

    private static func take(_ state: inout State, where isDue: (Waiter) -> Bool) -> [Waiter] {
        guard !state.waiters.isEmpty else { return [] }
        let due = state.waiters.filter { isDue($0.value) }
        for id in due.keys { state.waiters[id] = nil }
        return Array(due.values)
    }
}
