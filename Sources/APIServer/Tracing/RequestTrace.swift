/// A request of another part of the process, traced as the API server's are.
package struct RequestTrace: Sendable {
    private let tracer: Tracer
    private let span: Span

    fileprivate init(_ tracer: Tracer, _ span: Span) {
        self.tracer = tracer
        self.span = span
    }

    /// For whoever is asked in turn.
    package var traceparent: String { span.context.traceparent }

    /// Tells of a step that is over.
    package func step(_ name: String, from begin: ContinuousClock.Instant, to end: ContinuousClock.Instant) {
        span.add(name, from: begin, to: end)
    }

    package func finish(
        _ texts: [(name: String, value: String)], _ numbers: [(name: String, value: Int)], hasFailed: Bool
    ) {
        let attributes =
            texts.map { Span.Attribute($0.name, $0.value) } + numbers.map { Span.Attribute($0.name, $0.value) }
        tracer.finish(span, attributes, hasFailed: hasFailed)
    }
}

extension Tracer {
    /// - Returns: `nil` for a request that is not traced.
    package func trace(_ name: String, traceparent: String?) -> RequestTrace? {
        begin(name, traceparent: traceparent).map { RequestTrace(self, $0) }
    }
}
