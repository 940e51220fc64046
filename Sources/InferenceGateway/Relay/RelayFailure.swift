import Inference

/// A request's end without a model server's answer: what the client is told, and what is told of it.
struct RelayFailure: Error {
    let error: OpenAIError
    let outcome: InferenceRequest.Outcome

    init(_ error: OpenAIError, _ outcome: InferenceRequest.Outcome) {
        self.error = error
        self.outcome = outcome
    }

    /// The client's own fault.
    static func refused(_ error: OpenAIError) -> RelayFailure { RelayFailure(error, .refused) }

    /// There is no room for it, or was not in time.
    static func shed(_ error: OpenAIError) -> RelayFailure { RelayFailure(error, .shed) }

    /// The client has left; nobody reads the answer.
    static let cancelled = RelayFailure(
        OpenAIError(status: 499, message: "The client closed the request.", type: "invalid_request_error"), .cancelled)

    init(_ refusal: PoolDispatcher.Refusal) {
        self =
            switch refusal {
            case .queueFull: .shed(.queueFull(retryAfter: 1))
            case .timedOut(hadReplica: true):
                .shed(.unavailable("The model is busy: no replica was free in time.", retryAfter: 2))
            case .timedOut(hadReplica: false):
                .shed(.unavailable("The model has no replica that is ready yet.", retryAfter: 5))
            case .poolGone: .shed(.unavailable("The model is not served any more.", retryAfter: 5))
            case .cancelled: .cancelled
            }
    }
}
