import HTTPCore
import Synchronization

/// What a connection gives back for a request.
struct ClientAnswer: Sendable {
    let response: HTTPClientResponse
    /// The raw connection after 101.
    var duplex: (any ByteDuplex)?
}

/// A request on its way to its answer's head: waiting for a connection, or on one. Whoever comes first ends it: the
/// answer, an error, the deadline, or the cancellation of its task.
final class ClientExchange: Sendable {
    private enum State {
        case created
        case waiting(CheckedContinuation<ClientAnswer, any Error>, stop: (@Sendable () -> Void)?)
        case ended(early: (any Error)?)
    }

    let request: HTTPClientRequest
    private let state = Mutex(State.created)
    private let attempts = Atomic<Int>(0)

    init(_ request: HTTPClientRequest) {
        self.request = request
    }

    func begin(_ continuation: CheckedContinuation<ClientAnswer, any Error>) {
        let early = state.withLock { state -> (any Error)? in
            if case .ended(let early) = state { return early ?? CancellationError() }
            state = .waiting(continuation, stop: nil)
            return nil
        }
        if let early { continuation.resume(throwing: early) }
    }

    var isEnded: Bool {
        state.withLock { state in
            if case .ended = state { true } else { false }
        }
    }

    /// A connection takes the exchange on; `stop` is called when it ends before the answer. False: already ended, or
    /// not to be sent any more.
    func attach(stop: @escaping @Sendable () -> Void) -> Bool {
        if let permit = request.permit, !permit() {
            fail(HTTPClientError.notPermitted)
            return false
        }
        return state.withLock { state in
            guard case .waiting(let continuation, _) = state else { return false }
            state = .waiting(continuation, stop: stop)
            return true
        }
    }

    /// Whether another attempt may be made after one failed without effect. Counts it.
    func mayRetry() -> Bool {
        guard request.body.isReplayable, !isEnded else { return false }
        return attempts.wrappingAdd(1, ordering: .relaxed).newValue <= 2
    }

    func succeed(_ answer: ClientAnswer) -> Bool {
        let continuation = state.withLock { state -> CheckedContinuation<ClientAnswer, any Error>? in
            guard case .waiting(let continuation, _) = state else { return nil }
            state = .ended(early: nil)
            return continuation
        }
        continuation?.resume(returning: answer)
        return continuation != nil
    }

    func fail(_ error: any Error) {
        let (continuation, stop) = state.withLock {
            state -> (CheckedContinuation<ClientAnswer, any Error>?, (@Sendable () -> Void)?) in
            switch state {
            case .created:
                state = .ended(early: error)
                return (nil, nil)
            case .waiting(let continuation, let stop):
                state = .ended(early: nil)
                return (continuation, stop)
            case .ended:
                return (nil, nil)
            }
        }
        stop?()
        continuation?.resume(throwing: error)
    }
}
