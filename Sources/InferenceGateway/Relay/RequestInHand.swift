import Inference
import KubeAPI
import NIOCore
import Synchronization

/// A request from its arrival to its end: what is learnt of it, and the replica that it holds.
///
/// Ends exactly once: by `end`, or as cancelled when the last one who knew of it has let go. The replica's place is
/// given back by then at the latest.
final class RequestInHand: Sendable {
    private struct Held {
        let assignment: Assignment
        let dispatcher: PoolDispatcher
        let entry: SharedTime.Entry
    }

    private struct State {
        var record: InferenceRequest
        var held: Held?
        var firstToken: ContinuousClock.Instant?
        var lastToken: ContinuousClock.Instant?
        var hasEnded = false
    }

    let begin: ContinuousClock.Instant
    private let times: ReplicaTimes
    private let onEnd: @Sendable (InferenceRequest) -> Void
    private let state: Mutex<State>

    init(
        _ record: InferenceRequest, begin: ContinuousClock.Instant, times: ReplicaTimes,
        onEnd: @escaping @Sendable (InferenceRequest) -> Void
    ) {
        self.begin = begin
        self.times = times
        self.onEnd = onEnd
        state = Mutex(State(record: record))
    }

    deinit { end(.cancelled, status: nil) }

    var record: InferenceRequest { state.withLock { $0.record } }

    func note(_ change: (inout InferenceRequest) -> Void) { state.withLock { change(&$0.record) } }

    /// It has a replica now, for which it waited since a moment.
    func hold(_ assignment: Assignment, of dispatcher: PoolDispatcher, waitedSince: ContinuousClock.Instant) {
        let entry = times.enter(assignment.replica.id.pod)
        let waited = waitedSince.duration(to: .now)
        state.withLock { state in
            state.held = Held(assignment: assignment, dispatcher: dispatcher, entry: entry)
            state.record.queueWait += waited
            state.record.pod = assignment.replica.id.pod
            if !assignment.replica.version.isEmpty { state.record.version = assignment.replica.version }
        }
    }

    /// Gives the replica back. Later calls do nothing.
    func giveBack(_ verdict: ReplicaVerdict) {
        let held = state.withLock { state in
            defer { state.held = nil }
            return state.held
        }
        guard let held else { return }
        let pod = held.assignment.replica.id.pod
        let seconds = times.leave(pod, held.entry)
        let cost = times.cost(of: pod, seconds)
        note { record in
            record.replicaSeconds += seconds
            record.gpuSeconds += seconds * Double(held.assignment.replica.gpus)
            if let cost { record.cost = (record.cost ?? 0) + cost }
        }
        held.dispatcher.finish(held.assignment, verdict)
    }

    /// A token goes out.
    func token() {
        let now = ContinuousClock.now
        state.withLock { state in
            if state.firstToken == nil { state.firstToken = now }
            state.lastToken = now
        }
    }

    /// It is over. The first call counts.
    ///
    /// - Parameter status: what the client was sent; nil: as noted before.
    func end(_ outcome: InferenceRequest.Outcome, status: Int?) {
        giveBack(outcome == .cancelled ? .unknown : .answered)
        let record = state.withLock { state -> InferenceRequest? in
            guard !state.hasEnded else { return nil }
            state.hasEnded = true
            state.record.outcome = outcome
            if let status { state.record.status = status }
            state.record.duration = begin.duration(to: .now)
            if let first = state.firstToken {
                state.record.timeToFirstToken = begin.duration(to: first)
                if let last = state.lastToken, last > first, state.record.outputTokens > 1 {
                    state.record.timePerOutputToken = first.duration(to: last) / (state.record.outputTokens - 1)
                }
            }
            return state.record
        }
        if let record { onEnd(record) }
    }
}
