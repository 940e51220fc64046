import Metrics

/// How long the parts of pods' starts took, for all pods that became ready since the agent started.
package struct StartupMetrics: MetricCollector {
    private let phases: HistogramVector<LabelValues>

    package init() {
        phases = HistogramVector(
            MetricFamily(
                "gantry_pod_startup_phase_seconds", .histogram,
                "Time until pods were ready for the first time: queue (until scheduled), pull (images), prepare (network, "
                    + "volumes, init containers), load (until startup probes passed), warm (until ready).",
                labels: ["phase"]),
            .seconds([0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]))
    }

    package func observe(_ times: StartupTimes) {
        for phase in times.phases { phases.histogram(LabelValues([phase.name])).observe(phase.time) }
    }

    package func collect(into writer: inout MetricWriter) { phases.collect(into: &writer) }
}
