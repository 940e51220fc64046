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

    func authenticated(_ user: User, since begin: ContinuousClock.Instant) {
        finished("success", since: begin)
        users.counter(LabelValues(Self.kind(user.name))).add()
    }

    func refused(since begin: ContinuousClock.Instant) { finished("failure", since: begin) }

    private func finished(_ result: String, since begin: ContinuousClock.Instant) {
        attempts.counter(LabelValues(result)).add()
        durations.histogram(LabelValues(result)).observe(begin.duration(to: .now))
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
