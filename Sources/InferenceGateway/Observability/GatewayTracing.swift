import Inference

/// Where requests are traced: the process' tracer, which sends spans to a collector.
package protocol GatewayTracing: Sendable {
    /// - Parameter traceparent: of the client's trace, where it has one.
    /// - Returns: nil for a request that is not traced.
    func begin(_ name: String, traceparent: String?) -> (any GatewaySpan)?
}

/// A request that is traced.
package protocol GatewaySpan: Sendable {
    /// For the model server.
    var traceparent: String { get }

    func step(_ name: String, from begin: ContinuousClock.Instant, to end: ContinuousClock.Instant)
    func finish(
        _ texts: [(name: String, value: String)], _ numbers: [(name: String, value: Int)], hasFailed: Bool)
}

extension GatewaySpan {
    /// Tells of a request that ended, under the names of OpenTelemetry's conventions for generative AI.
    func finish(_ request: InferenceRequest, begin: ContinuousClock.Instant) {
        let chosen = begin + request.queueWait
        if request.queueWait > .zero { step("queue", from: begin, to: chosen) }
        let end = begin + request.duration
        if let first = request.timeToFirstToken {
            step("first token", from: chosen, to: begin + first)
            step("tokens", from: begin + first, to: end)
        }
        var texts = [
            ("gen_ai.request.model", request.model), ("gantry.tenant", request.tenant),
            ("gantry.class", request.routeClass), ("gantry.model.version", request.version),
            ("gantry.outcome", request.outcome.rawValue),
        ]
        if let pool = request.pool { texts.append(("gantry.pool", pool.description)) }
        if let pod = request.pod { texts.append(("k8s.pod.name", pod.name)) }
        finish(
            texts.map { (name: $0.0, value: $0.1) },
            [
                (name: "http.response.status_code", value: request.status),
                (name: "gen_ai.usage.input_tokens", value: request.inputTokens),
                (name: "gen_ai.usage.output_tokens", value: request.outputTokens),
            ], hasFailed: request.outcome == .failed)
    }
}
