import Client
import KubeAPI
import Machinery
import Synchronization

/// Reads metrics from the three metrics APIs, which extension servers serve, as any client does.
final class MetricsReader: Sendable {
    /// The window of a metric that names none.
    private static let defaultWindow = Duration.seconds(60)
    private static let custom = "custom.metrics.k8s.io"

    private let client: Client
    private let scales: ScaleFinder
    private let customVersion = Mutex<String?>(nil)

    init(client: Client, scales: ScaleFinder) {
        self.client = client
        self.scales = scales
    }

    /// What each pod uses of a resource, in all containers or in one.
    func resource(
        _ resource: String, _ namespace: String, _ selector: String, container: String?
    ) async throws(MetricFailure) -> [String: PodMetric] {
        let path = ["apis", "metrics.k8s.io", "v1beta1", "namespaces", namespace, "pods"]
        let items = try await list(path, [("labelSelector", selector)], of: "resource")
        var metrics: [String: PodMetric] = [:]
        for item in items {
            let containers = item["containers"]?.arrayValue ?? []
            let chosen = containers.filter { container == nil || $0["name"]?.stringValue == container }
            let values = chosen.map { $0["usage"]?[resource].flatMap(Quantity.init(json:))?.milliValue }
            // A pod of which a part is unknown is unknown.
            guard let name = item["metadata"]?["name"]?.stringValue, !values.isEmpty, !values.contains(nil) else {
                continue
            }
            metrics[name] = PodMetric(
                timestamp: Self.time(item), window: Self.window(item["window"]),
                value: PodUsage.sum(values.compactMap { $0 }))
        }
        return metrics
    }

    /// A metric of each pod.
    func pods(
        _ metric: MetricIdentifier, _ namespace: String, _ selector: String
    ) async throws(MetricFailure) -> [String: PodMetric] {
        let path = ["apis", Self.custom, try await version(), "namespaces", namespace, "pods", "*", metric.name]
        let query = [("labelSelector", selector)] + (try Self.query(metric))
        let items = try await list(path, query, of: "custom")
        var metrics: [String: PodMetric] = [:]
        for item in items {
            guard let name = item["describedObject"]?["name"]?.stringValue, let value = Self.value(item) else {
                continue
            }
            let window = item["windowSeconds"]?.intValue.map { Duration.seconds($0) }
            metrics[name] = PodMetric(
                timestamp: Self.time(item), window: window ?? Self.defaultWindow, value: value)
        }
        return metrics
    }

    /// A metric of one object, in thousandths.
    func object(
        _ metric: MetricIdentifier, _ namespace: String, _ object: CrossVersionObjectReference
    ) async throws(MetricFailure) -> Int64 {
        let version = GroupVersion(apiVersion: object.apiVersion ?? "v1") ?? GroupVersion(group: "", version: "v1")
        var path = ["apis", Self.custom, try await self.version(), "namespaces", namespace]
        if version.group.isEmpty, object.kind == "Namespace" {
            path += ["metrics", metric.name]
        } else {
            let kind = GroupVersionKind(group: version.group, version: version.version, kind: object.kind)
            path += [try await resourceName(kind), object.name, metric.name]
        }
        let items = try await list(path, try Self.query(metric), of: "custom")
        guard let value = items.first.flatMap(Self.value) else {
            throw MetricFailure("unable to fetch metrics from custom metrics API: the answer has no value")
        }
        return value
    }

    /// All values of a metric from outside the cluster, summed up, in thousandths.
    func external(_ metric: MetricIdentifier, _ namespace: String) async throws(MetricFailure) -> Int64 {
        let path = ["apis", "external.metrics.k8s.io", "v1beta1", "namespaces", namespace, metric.name]
        let query = try Self.query(metric).map { ("labelSelector", $0.1) }
        return PodUsage.sum(try await list(path, query, of: "external").compactMap(Self.value))
    }

    private func list(
        _ path: [String], _ query: [(String, String)], of api: String
    ) async throws(MetricFailure) -> [JSON] {
        let answer: JSONObject
        do throws(StatusError) {
            answer = try await client.get(path: path, query: query.map { (name: $0.0, value: $0.1) })
        } catch {
            // It may be served in another version by now.
            customVersion.withLock { $0 = nil }
            throw MetricFailure("unable to fetch metrics from \(api) metrics API: \(error.message)")
        }
        let items = answer["items"]?.arrayValue ?? []
        guard !items.isEmpty else { throw MetricFailure("no metrics returned from \(api) metrics API") }
        return items
    }

    private func resourceName(_ kind: GroupVersionKind) async throws(MetricFailure) -> String {
        do throws(StatusError) {
            if let target = try await scales.target(of: kind) {
                let resource = target.resource
                return resource.group.isEmpty ? resource.resource : "\(resource.resource).\(resource.group)"
            }
        } catch {
            throw MetricFailure("unable to fetch metrics from custom metrics API: \(error.message)")
        }
        throw MetricFailure(
            "unable to fetch metrics from custom metrics API: no matches for kind \(GoQuote.quote(kind.kind)) in group "
                + GoQuote.quote(kind.group))
    }

    /// The newest version of the custom metrics API that is served.
    private func version() async throws(MetricFailure) -> String {
        if let known = customVersion.withLock({ $0 }) { return known }
        do throws(StatusError) {
            let group = try await client.get(path: ["apis", Self.custom], query: [])
            let served = (group["versions"]?.arrayValue ?? []).compactMap { $0["version"]?.stringValue }
            let chosen = served.contains("v1beta2") ? "v1beta2" : served.first ?? "v1beta2"
            customVersion.withLock { $0 = chosen }
            return chosen
        } catch {
            throw MetricFailure("unable to fetch metrics from custom metrics API: \(error.message)")
        }
    }

    private static func query(_ metric: MetricIdentifier) throws(MetricFailure) -> [(String, String)] {
        guard let json = metric.selector?.json else { return [] }
        do throws(SelectorError) {
            let text = try Selector(labelSelector: json).description
            return text.isEmpty ? [] : [("metricLabelSelector", text)]
        } catch {
            throw MetricFailure(error.description)
        }
    }

    private static func value(_ item: JSON) -> Int64? {
        item["value"].flatMap(Quantity.init(json:))?.milliValue
    }

    private static func time(_ item: JSON) -> Timestamp {
        item["timestamp"].flatMap(Timestamp.init(json:)) ?? Timestamp(seconds: 0)
    }

    /// A window that is not told, or not as a duration, is no window: only whether a sample is fresh hangs on it.
    private static func window(_ json: JSON?) -> Duration {
        guard let text = json?.stringValue, let parsed = try? GoDuration(parsing: text) else { return .zero }
        return .nanoseconds(parsed.nanoseconds)
    }
}
