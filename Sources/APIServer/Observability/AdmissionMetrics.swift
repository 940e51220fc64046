import Metrics

/// How long admission took, by plugin and in all.
///
/// Source: k8s.io/apiserver/pkg/admission/metrics
package final class AdmissionMetrics: MetricCollector {
    struct PluginLabels: MetricLabels {
        let name: String
        let type: String
        let operation: String
        let isRejected: Bool
        var values: [String] { [name, type, operation, isRejected ? "true" : "false"] }
    }

    struct StepLabels: MetricLabels {
        let type: String
        let operation: String
        let isRejected: Bool
        var values: [String] { [type, operation, isRejected ? "true" : "false"] }
    }

    private let plugins = HistogramVector(
        MetricFamily(
            "apiserver_admission_controller_admission_duration_seconds", .histogram,
            "How long an admission plugin took, in seconds.", labels: ["name", "type", "operation", "rejected"]),
        .seconds([0.005, 0.025, 0.1, 0.5, 1, 2.5]), of: PluginLabels.self, capacity: 512)
    private let steps = HistogramVector(
        MetricFamily(
            "apiserver_admission_step_admission_duration_seconds", .histogram,
            "How long a step of admission took, in seconds.", labels: ["type", "operation", "rejected"]),
        .seconds([0.005, 0.025, 0.1, 0.5, 1, 2.5]), of: StepLabels.self)

    package init() {}

    /// Notes a plugin's time; returns when it was over.
    func plugin(
        _ name: String, _ type: String, _ operation: AdmissionOperation, rejected: Bool,
        since begin: ContinuousClock.Instant
    ) -> ContinuousClock.Instant {
        let now = ContinuousClock.now
        plugins.histogram(
            PluginLabels(name: name, type: type, operation: operation.rawValue, isRejected: rejected)
        ).observe(begin.duration(to: now))
        return now
    }

    func step(
        _ type: String, _ operation: AdmissionOperation, rejected: Bool, from begin: ContinuousClock.Instant,
        to end: ContinuousClock.Instant
    ) {
        steps.histogram(
            StepLabels(type: type, operation: operation.rawValue, isRejected: rejected)
        ).observe(begin.duration(to: end))
    }

    package func collect(into writer: inout MetricWriter) {
        plugins.collect(into: &writer)
        steps.collect(into: &writer)
    }
}
