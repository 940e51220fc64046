import KubeAPI
import Synchronization

/// Whether a request may go on.
package enum FlowDecision: Sendable {
    /// To be given back by `finish`.
    case execute(Seat)
    /// - Parameter retryAfter: in how many seconds the client may come again.
    case rejected(FlowRejection, retryAfter: Int)
}

/// API Priority and Fairness (KEP-1040): sorts requests into flows and priority levels, limits what each level does at
/// once, and lets flows of a level take turns when there is more.
///
/// A request is classified, gets a seat or waits for one, and gives it back. While there is room that costs two short
/// locks and no suspension. Who waits is bounded by the levels' queues, and for how long by the settings; a client that
/// leaves frees its place. Until a configuration is given, the mandatory one applies.
package final class FlowController: Sendable {
    private let clock: FlowClock
    private let state: Mutex<FlowState>
    private let classifier: Mutex<FlowClassifier>
    private let timer = WakeSignal()

    package init(_ settings: FlowSettings, clock: some Clock<Duration> = ContinuousClock()) {
        self.clock = FlowClock(clock)
        let now = self.clock.now
        var state = FlowState(settings, now: now)
        var wakeups: [FlowState.Wakeup] = []
        classifier = Mutex(state.configure([], [], now: now, wakeups: &wakeups))
        self.state = Mutex(state)
    }

    /// Applies the configuration from the next request on. Those under way keep the level they have.
    package func configure(schemas: [FlowSchema], levels: [PriorityLevelConfiguration]) {
        perform { state, now, wakeups in
            let current = state.configure(schemas, levels, now: now, wakeups: &wakeups)
            // Within, so that of two changes at once the later one's classifier stays.
            classifier.withLock { $0 = current }
        }
    }

    package func classify(_ request: FlowRequest) -> FlowClassification {
        classifier.withLock { $0 }.classify(request)
    }

    /// Decides on a request, or has it wait until that is decided.
    ///
    /// - Parameters:
    ///   - estimate: asked for requests that have to share seats.
    package func admit(
        _ request: FlowRequest, estimate: (ClassifiedSchema) -> WorkEstimate
    ) async -> (schema: ClassifiedSchema, decision: FlowDecision, hasWaited: Bool) {
        while true {
            let classification = classify(request)
            let schema = classification.schema
            let work = schema.isExempt ? WorkEstimator.least : estimate(schema)
            switch begin(classification, work) {
            case .executes(let seat): return (schema, .execute(seat), false)
            case .rejected(let reason, let pause): return (schema, .rejected(reason, retryAfter: pause), false)
            case .waits(let ticket): return (schema, await wait(ticket), true)
            case .outdated: continue
            }
        }
    }

    package func begin(_ classification: FlowClassification, _ estimate: WorkEstimate) -> FlowState.Beginning {
        perform { state, now, wakeups in
            let beginning = state.begin(classification, estimate, now: now, wakeups: &wakeups)
            if case .waits = beginning, state.needsAlarm(classification.schema.level, now: now) { timer.send() }
            return beginning
        }
    }

    package func wait(_ ticket: UInt64) async -> FlowDecision {
        await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper in
                if let decision = state.withLock({ $0.park(ticket, sleeper) }) { sleeper.resume(returning: decision) }
            }
        } onCancel: {
            perform { state, now, wakeups in state.cancel(ticket, now: now, wakeups: &wakeups) }
        }
    }

    /// Gives a seat back; the next request may have it.
    package func finish(_ seat: Seat) {
        perform { state, now, wakeups in
            state.finish(seat, now: now, wakeups: &wakeups)
            if state.needsAlarm(seat.level, now: now) { timer.send() }
        }
    }

    /// Keeps time: rejects who waited too long, and deals seats anew while requests wait. Ends when cancelled. Without
    /// waiting requests it sleeps.
    package func run() async {
        while !Task.isCancelled {
            let due = perform { state, now, wakeups in
                state.tick(now: now, wakeups: &wakeups).map { max(0, $0 - now) }
            }
            await pause(due)
        }
    }

    private func pause(_ seconds: Seconds?) async {
        guard let seconds else { return await timer.wait() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.timer.wait() }
            group.addTask {
                // Cancelled when the timer is to be set anew.
                do { try await self.clock.sleep(seconds) } catch { return }
            }
            await group.next()
            group.cancelAll()
        }
    }

    package var metrics: FlowMetrics {
        state.withLock { state in
            FlowMetrics(
                levels: state.levels.compactMap { $0.map(FlowMetrics.Level.init) }.sorted { $0.name < $1.name },
                schemas: state.tallies, fairFraction: state.fairFraction)
        }
    }

    /// Requests that wait or have been decided and not told yet.
    package var ticketCount: Int { state.withLock { $0.ticketCount } }

    /// Changes the state under the lock, and tells those whose turn came after it.
    @discardableResult
    private func perform<Result: Sendable>(
        _ change: (inout FlowState, Seconds, inout [FlowState.Wakeup]) -> Result
    ) -> Result {
        var wakeups: [FlowState.Wakeup] = []
        let result = state.withLock { state in change(&state, clock.now, &wakeups) }
        for wakeup in wakeups { wakeup.sleeper.resume(returning: wakeup.decision) }
        return result
    }
}
