import Metrics

/// How authorization went.
final class AuthorizationMetrics: MetricCollector {
    private static let buckets = HistogramBuckets.seconds([
        0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096, 8.192, 16.384,
    ])

    private let allowed = Histogram(buckets)
    private let denied = Histogram(buckets)

    func finished(isAllowed: Bool, since begin: ContinuousClock.Instant) {
        (isAllowed ? allowed : denied).observe(begin.duration(to: .now))
    }

    func collect(into writer: inout MetricWriter) {
        writer.begin(
            MetricFamily(
                "authorization_attempts_total", .counter, "Requests by the result of their authorization.",
                labels: ["result"]))
        writer.sample(allowed.count, ["allowed"])
        writer.sample(denied.count, ["denied"])
        writer.begin(
            MetricFamily(
                "authorization_duration_seconds", .histogram, "How long authorization took, in seconds.",
                labels: ["result"]))
        writer.histogram(allowed, ["allowed"])
        writer.histogram(denied, ["denied"])
    }
}
