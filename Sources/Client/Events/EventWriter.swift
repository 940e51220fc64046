import KubeAPI
import Machinery
import Synchronization

/// The queue behind recorders, and the loop that writes what is in it.
final class EventWriter: Sendable {
    private struct State {
        var pending = FIFO<Event>()
        var waiter: CheckedContinuation<Event?, Never>?
        var dropped = 0
        var lastMoment: UInt64 = 0
    }

    let wallClock: any WallClock
    private let client: Client
    private let clock: DelayClock
    private let capacity: Int
    private let log: FailureLog
    private let state = Mutex(State())
    private static let retries = Backoff(initial: .milliseconds(500), limit: .seconds(10))
    private static let attempts = 6

    init(client: Client, clock: DelayClock, wallClock: any WallClock, capacity: Int, log: FailureLog) {
        self.client = client
        self.clock = clock
        self.wallClock = wallClock
        self.capacity = max(capacity, 1)
        self.log = log
    }

    var dropped: Int { state.withLock { $0.dropped } }

    /// The moment in nanoseconds since 1970, or the next one that no event has yet.
    func uniqueMoment(_ now: Timestamp) -> UInt64 {
        let nanoseconds = UInt64(clamping: now.seconds) &* 1_000_000_000 &+ UInt64(clamping: now.nanoseconds)
        return state.withLock { state in
            state.lastMoment = max(state.lastMoment &+ 1, nanoseconds)
            return state.lastMoment
        }
    }

    func enqueue(_ event: Event) {
        let waiter = state.withLock { state -> CheckedContinuation<Event?, Never>? in
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            if state.pending.count < capacity { state.pending.append(event) } else { state.dropped += 1 }
            return nil
        }
        waiter?.resume(returning: event)
    }

    func run() async {
        var correlator = EventCorrelator()
        while let event = await next() {
            switch correlator.judge(event, now: event.lastTimestamp ?? wallClock.now) {
            case .spam:
                countDrop()
            case .create(let event):
                if let written = await create(event) { correlator.remember(written) }
            case .patch(let key, let patch, let changed):
                let outcome = await write { (client) async throws(StatusError) -> Event in
                    try await client.patch(Event.self, key, .merge(patch))
                }
                switch outcome {
                case .written: correlator.remember(changed)
                case .missing:
                    // The server has let the Event expire.
                    correlator.forget(changed)
                    if let written = await create(event) { correlator.remember(written) }
                case .refused: correlator.forget(changed)
                }
            }
        }
    }

    private enum Outcome {
        case written(Event)
        case missing
        case refused
    }

    private func create(_ event: Event) async -> Event? {
        let outcome = await write { (client) async throws(StatusError) -> Event in try await client.create(event) }
        guard case .written(let written) = outcome else { return nil }
        return written
    }

    /// Tries a few times while the server is away; what it refuses is dropped, counted and reported.
    private func write(_ request: (Client) async throws(StatusError) -> Event) async -> Outcome {
        for attempt in 0..<Self.attempts {
            do throws(StatusError) {
                return .written(try await request(client))
            } catch {
                if error.isNotFound, attempt == 0 { return .missing }
                if error.isNamespaceTerminating { break }
                guard error.code >= 500 || error.code == 429 || error.code <= 0 else {
                    log.report("events", error.message)
                    break
                }
                let delay = Self.retries.jittered(afterFailures: attempt)
                guard (try? await clock.sleep(for: delay)) != nil else { break }
            }
        }
        countDrop()
        return .refused
    }

    private func countDrop() {
        state.withLock { $0.dropped += 1 }
    }

    /// The next event; `nil` once the task is cancelled.
    private func next() async -> Event? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (ready, event) = state.withLock { state -> (Bool, Event?) in
                    if Task.isCancelled { return (true, nil) }
                    if let event = state.pending.popFirst() { return (true, event) }
                    state.waiter = continuation
                    return (false, nil)
                }
                if ready { continuation.resume(returning: event) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: nil)
        }
    }
}
