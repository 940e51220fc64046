import Metrics

/// What a scheduler has done and how long it took, by kube-scheduler's names.
package final class SchedulerMetrics: MetricCollector {
    /// How a try ended.
    package enum Result: String, Sendable {
        case scheduled
        case unschedulable
        case error
    }

    private struct Attempt: MetricLabels {
        let result: Result
        let profile: String
        var values: [String] { [result.rawValue, profile] }
    }

    private static let attemptLabels = ["result", "profile"]
    /// From a millisecond, doubling.
    private static let latencies = HistogramBuckets.seconds((0..<15).map { 0.001 * Double(1 << $0) })

    private let attempts = CounterVector(
        MetricFamily(
            "scheduler_schedule_attempts_total", .counter, "Tries to place a pod, by how they ended.",
            labels: attemptLabels),
        of: Attempt.self)
    private let attemptDurations = HistogramVector(
        MetricFamily(
            "scheduler_scheduling_attempt_duration_seconds", .histogram,
            "Seconds from taking a pod out of the queue until it was bound, or was found to fit nowhere.",
            labels: attemptLabels), latencies, of: Attempt.self)
    private let decisions = Histogram(latencies)
    private let preemptions = Counter()
    private let victims = Histogram(.counts((0..<7).map { 1 << $0 }))
    private let podAttempts = Histogram(.counts((0..<5).map { 1 << $0 }))
    private let podDurations = HistogramVector(
        MetricFamily(
            "scheduler_pod_scheduling_sli_duration_seconds", .histogram,
            "Seconds from a pod's first being queued until it was bound, by the number of tries.",
            labels: ["attempts"]),
        .seconds((0..<20).map { 0.01 * Double(1 << $0) }), of: LabelValues.self)
    private let permitWaits = HistogramVector(
        MetricFamily(
            "scheduler_permit_wait_duration_seconds", .histogram, "Seconds that pods were held up at Permit.",
            labels: ["result"]), latencies, of: LabelValues.self)

    package init() {}

    /// How many tries have ended so.
    package func attempts(_ result: Result, profile: String = "default-scheduler") -> UInt64 {
        attempts.counter(Attempt(result: result, profile: profile)).value
    }

    /// A decision was made, whatever it was.
    func decided(in duration: Duration) { decisions.observe(duration) }

    func ended(_ result: Result, profile: String, after duration: Duration) {
        let labels = Attempt(result: result, profile: profile)
        attempts.counter(labels).add()
        attemptDurations.histogram(labels).observe(duration)
    }

    /// A pod is bound.
    /// - Parameter duration: since it was queued first.
    func bound(attempts: Int, after duration: Duration) {
        podAttempts.observe(UInt64(attempts))
        // As in kube-scheduler, above fifteen all are one series.
        podDurations.histogram(LabelValues(attempts > 15 ? "15+" : String(attempts))).observe(duration)
    }

    func preempts(_ victims: Int) {
        preemptions.add()
        self.victims.observe(UInt64(victims))
    }

    func waited(_ duration: Duration, isAllowed: Bool) {
        permitWaits.histogram(LabelValues(isAllowed ? "allowed" : "unschedulable")).observe(duration)
    }

    package func collect(into writer: inout MetricWriter) {
        attempts.collect(into: &writer)
        attemptDurations.collect(into: &writer)
        writer.begin(
            MetricFamily(
                "scheduler_scheduling_algorithm_duration_seconds", .histogram, "Seconds that decisions took."))
        writer.histogram(decisions)
        writer.begin(
            MetricFamily(
                "scheduler_preemption_attempts_total", .counter, "How often room was made by taking pods off a node."))
        writer.sample(preemptions.value)
        writer.begin(MetricFamily("scheduler_preemption_victims", .histogram, "Pods taken off a node at a time."))
        writer.histogram(victims)
        writer.begin(
            MetricFamily("scheduler_pod_scheduling_attempts", .histogram, "Tries that pods took until they were bound.")
        )
        writer.histogram(podAttempts)
        podDurations.collect(into: &writer)
        permitWaits.collect(into: &writer)
    }
}
