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

    /// The times of one plugin, or of all of a step, by operation and outcome: looked up once, when a chain is made.
    struct Times: Sendable {
        private let accepted: [Histogram]
        private let rejected: [Histogram]

        fileprivate init(_ histogram: (AdmissionOperation, _ isRejected: Bool) -> Histogram) {
            accepted = AdmissionOperation.allCases.map { histogram($0, false) }
            rejected = AdmissionOperation.allCases.map { histogram($0, true) }
        }

        func note(
            _ operation: AdmissionOperation, rejected isRejected: Bool, from begin: ContinuousClock.Instant,
            to end: ContinuousClock.Instant
        ) {
            (isRejected ? rejected : accepted)[operation.index].observe(begin.duration(to: end))
        }
    }

    func times(of plugin: String, _ type: String) -> Times {
        Times { [plugins] in
            plugins.histogram(PluginLabels(name: plugin, type: type, operation: $0.rawValue, isRejected: $1))
        }
    }

    func times(ofStep type: String) -> Times {
        Times { [steps] in steps.histogram(StepLabels(type: type, operation: $0.rawValue, isRejected: $1)) }
    }

    package func collect(into writer: inout MetricWriter) {
        plugins.collect(into: &writer)
        steps.collect(into: &writer)
    }
}
