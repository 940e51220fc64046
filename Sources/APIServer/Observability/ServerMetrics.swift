import Client
import FlowControl
import Machinery
import Metrics

/// The API server's metrics, and the documents that tell them.
package final class ServerMetrics: Sendable {
    /// Where other parts of the process add theirs.
    package let registry = MetricRegistry()
    let requests = RequestMetrics()
    let watches = WatchMetrics()
    let store = StoreMetrics()
    let authentication = AuthenticationMetrics()
    let authorization = AuthorizationMetrics()
    package let admission = AdmissionMetrics()
    private let indicators = MetricRegistry()

    package init() {
        registry.register(BuildMetrics())
        registry.register(requests)
        registry.register(watches)
        registry.register(authentication)
        registry.register(store)
        registry.register(admission)
        registry.register(authorization)
        registry.register(WorkQueueMetrics.process)
        registry.register(RestClientMetrics.process)
        registry.register(ProcessMetrics())
    }

    func follow(_ health: HealthChecks) {
        registry.register(HealthMetrics(health: health))
        indicators.register(HealthMetrics(health: health))
    }

    /// Has flow control's figures told.
    package func follow(_ flows: @escaping @Sendable () -> FlowMetrics) {
        registry.register(FlowMetricsCollector(flows))
    }

    func response(path: String, accept: String) -> ServerResponse? {
        let registry: MetricRegistry
        switch path {
        case "/metrics": registry = self.registry
        case "/metrics/slis": registry = indicators
        default: return nil
        }
        let format = MetricFormat(accept: accept)
        return ServerResponse(contentType: format.contentType, body: .bytes(registry.text(format)))
    }
}

/// What program this is.
private struct BuildMetrics: MetricCollector {
    func collect(into writer: inout MetricWriter) {
        let labels = ["major", "minor", "git_version", "platform", "compiler"]
        writer.begin(
            MetricFamily("kubernetes_build_info", .gauge, "What the program was built from.", labels: labels))
        let document = GantryVersion.document
        writer.sample(
            UInt64(1),
            ["major", "minor", "gitVersion", "platform", "compiler"].map { document.string($0) ?? "" })
    }
}
