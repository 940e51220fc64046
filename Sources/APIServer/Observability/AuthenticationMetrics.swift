import Metrics

/// How authentication went.
final class AuthenticationMetrics: MetricCollector {
    private let attempts = CounterVector(
        MetricFamily(
            "authentication_attempts", .counter, "Requests by the result of their authentication.",
            labels: ["result"]))
    private let users = CounterVector(
        MetricFamily(
            "authenticated_user_requests", .counter, "Authenticated requests by kind of user.", labels: ["username"]))
    private let durations = HistogramVector(
        MetricFamily(
            "authentication_duration_seconds", .histogram, "How long authentication took, in seconds.",
            labels: ["result"]),
        .seconds([
            0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096, 8.192, 16.384,
        ]))

    // Held, since each request needs them.
    private let successes: (Counter, Histogram)
    private let others: Counter

    init() {
        successes = (attempts.counter(LabelValues("success")), durations.histogram(LabelValues("success")))
        others = users.counter(LabelValues("other"))
    }

    func authenticated(_ user: User, since begin: ContinuousClock.Instant) {
        successes.0.add()
        successes.1.observe(begin.duration(to: .now))
        let kind = Self.kind(user.name)
        (kind == "other" ? others : users.counter(LabelValues(kind))).add()
    }

    func refused(since begin: ContinuousClock.Instant) {
        attempts.counter(LabelValues("failure")).add()
        durations.histogram(LabelValues("failure")).observe(begin.duration(to: .now))
    }

    /// Names are compressed as Kubernetes does, so that there are few.
    private static func kind(_ name: String) -> String {
        if name == "admin" || name == "kube-config" || name == "system:anonymous" || name.isEmpty { return name }
        if name.hasPrefix("system:") { return "system" }
        return name.utf8.contains(UInt8(ascii: "@")) ? "email_id" : "other"
    }

    func collect(into writer: inout MetricWriter) {
        attempts.collect(into: &writer)
        users.collect(into: &writer)
        durations.collect(into: &writer)
    }
}
