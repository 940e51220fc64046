import KubeSchemas
import Machinery
import Metrics

/// What watches over connections were sent, and how many are open.
final class WatchMetrics: MetricCollector {
    struct Labels: MetricLabels {
        let resource: GroupVersionResource
        let scope: String

        var values: [String] {
            ["WATCH", resource.group, resource.version, resource.resource, "", scope, "apiserver"]
        }
    }

    struct ResourceLabels: MetricLabels {
        let resource: GroupVersionResource
        var values: [String] { [resource.group, resource.version, resource.resource] }
    }

    private let open = GaugeVector(
        MetricFamily(
            "apiserver_longrunning_requests", .gauge, "Requests that stay open, by verb, resource and scope.",
            labels: ["verb", "group", "version", "resource", "subresource", "scope", "component"]),
        of: Labels.self, capacity: 512)
    private let events = CounterVector(
        MetricFamily(
            "apiserver_watch_events_total", .counter, "Events sent to watchers.",
            labels: ["group", "version", "resource"]),
        of: ResourceLabels.self, capacity: 512)

    func watches(of resource: GroupVersionResource, isNamespaced: Bool) -> Gauge {
        open.gauge(Labels(resource: resource, scope: isNamespaced ? "namespace" : "cluster"))
    }

    func events(of resource: GroupVersionResource) -> Counter { events.counter(ResourceLabels(resource: resource)) }

    func collect(into writer: inout MetricWriter) {
        open.collect(into: &writer)
        events.collect(into: &writer)
    }
}
