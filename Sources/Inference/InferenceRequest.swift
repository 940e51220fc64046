import KubeAPI

/// What is known of a request to a model when it has ended, and all that is ever kept of it: no prompt, no answer.
package struct InferenceRequest: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// The whole answer went out.
        case served
        /// The model server answered with an error (5xx), or its stream broke after it had begun.
        case failed
        /// The client's own fault: 4xx of gateway or model server.
        case refused
        /// The queue was full or the deadline passed: 429 or 503 of the gateway.
        case shed
        /// The client left.
        case cancelled
    }

    /// Who asked: the tenant of an API key, or the namespace of a service account.
    package var tenant = ""
    /// The class of traffic, which decides priority: `interactive`, `batch` or what routes name.
    package var routeClass = ""
    /// The HTTPRoute that matched.
    package var route: ObjectKey?
    /// The InferencePool that was chosen, `nil` where none was.
    package var pool: ObjectKey?
    /// The pod that answered, `nil` where none did.
    package var pod: ObjectKey?
    /// The model as the client names it.
    package var model = ""
    /// The version of it that the pool serves.
    package var version = ""
    package var outcome = Outcome.served
    /// The HTTP status that the client was sent.
    package var status = 0
    /// From its arrival until a replica was chosen for it.
    package var queueWait = Duration.zero
    /// From its arrival until the first token went out; `nil` where none did.
    package var timeToFirstToken: Duration?
    /// From the first token to the last, divided by the tokens after the first; `nil` for fewer than two.
    package var timePerOutputToken: Duration?
    package var duration = Duration.zero
    package var inputTokens = 0
    package var outputTokens = 0
    /// Its share of the replica's time, as `SharedTime` divides it.
    package var replicaSeconds = 0.0
    /// The same for each GPU that the replica holds.
    package var gpuSeconds = 0.0
    /// What its share of the replica's time costs, by `InferencePricing`; `nil` where no price is known.
    package var cost: Double?

    package init() {}
}

/// Is told of requests as they end: the judge of rollouts, the books.
package protocol InferenceObserver: Sendable {
    /// Called once for each request, from any thread; must not block.
    func ended(_ request: InferenceRequest)
}

/// Knows what replicas cost: the books.
package protocol InferencePricing: Sendable {
    /// The price of a second of a pod with all that it holds, `nil` for a pod that is not known. Quick, from any thread.
    func pricePerSecond(of pod: ObjectKey) -> Double?
}
