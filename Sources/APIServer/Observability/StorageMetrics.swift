import Machinery
import Metrics
import Store

/// How many objects there are; counted by nobody until somebody asks.
struct StorageMetrics: MetricCollector {
    let catalog: LiveCatalog
    let cache: WatchCache

    func collect(into writer: inout MetricWriter) {
        var seen: Set<GroupResource> = []
        var counts: [(GroupResource, Int)] = []
        for served in catalog.current.resources.all {
            guard case .stored(let registry) = served.serving else { continue }
            let resource = served.resource.gvr.groupResource
            if seen.insert(resource).inserted { counts.append((resource, cache.snapshot(registry.bucket).count)) }
        }
        writer.begin(
            MetricFamily(
                "apiserver_resource_objects", .gauge, "Objects stored, by resource.", labels: ["group", "resource"]))
        for (resource, count) in counts { writer.sample(UInt64(count), [resource.group, resource.resource]) }
        writer.begin(
            MetricFamily("apiserver_storage_objects", .gauge, "Objects stored, by resource.", labels: ["resource"]))
        for (resource, count) in counts { writer.sample(UInt64(count), [resource.description]) }
    }
}
