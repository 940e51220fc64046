import Metrics

/// The results of health checks, for `/metrics/slis` (KEP-3466).
struct HealthMetrics: MetricCollector {
    let health: HealthChecks

    func collect(into writer: inout MetricWriter) {
        let results = health.results
        writer.begin(
            MetricFamily(
                "kubernetes_healthcheck", .gauge, "The last result of each health check, 1 for success.",
                labels: ["name", "type"]))
        for result in results { writer.sample(UInt64(result.isPassed ? 1 : 0), [result.name, result.type]) }
        writer.begin(
            MetricFamily(
                "kubernetes_healthchecks_total", .counter, "Results of health checks.",
                labels: ["name", "status", "type"]))
        for result in results {
            if result.passed > 0 { writer.sample(result.passed, [result.name, "success", result.type]) }
            if result.failed > 0 { writer.sample(result.failed, [result.name, "error", result.type]) }
        }
    }
}
