import KubeAPI
import KubeSchemas
import Machinery
import Store

/// `nodes` and `pods` of `metrics.k8s.io`: what machines and containers use, read from the nodes at each request.
///
/// An APIService with a Service takes the place of both: then somebody's metrics-server answers.
///
/// Source: kubernetes-sigs/metrics-server for what is told of objects without figures.
struct ResourceMetrics: ReviewHandler {
    static let group = "metrics.k8s.io"

    enum Subject: Sendable {
        case nodes
        case pods
    }

    let subject: Subject
    let nodes: Registry
    let pods: Registry
    let reader: UsageReader

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        let form = try ResponseForm.negotiate(accept: request.accept)
        let now = server.clock.now
        let found: [JSONObject]
        switch request.info.verb {
        case "list": found = try await list(request)
        case "get": found = [try await get(request)]
        default: throw StatusError.methodNotAllowed()
        }
        switch subject {
        case .nodes:
            return try MadeUpObjects(NodeMetricsStrategy(), "NodeMetrics", "\(Self.group)/v1beta1")
                .response(found, form: form, request: request, now: now)
        case .pods:
            return try MadeUpObjects(PodMetricsStrategy(), "PodMetrics", "\(Self.group)/v1beta1")
                .response(found, form: form, request: request, now: now)
        }
    }

    private func list(_ request: ServerRequest) async throws(StatusError) -> [JSONObject] {
        let selectors = QueryParameters(
            ["labelSelector", "fieldSelector"].compactMap { name in
                request.query[name].map { (name: name, value: $0) }
            })
        let registry = subject == .nodes ? nodes : pods
        let query = try ListQuery(selectors, registry: registry, name: request.info.name)
        let objects = try await registry.list(namespace: request.info.namespace, query).objects
        switch subject {
        case .nodes:
            let usages = await reader.usage(ofAll: objects.map(\.key.name))
            return objects.compactMap { node in usages[node.key.name]?.node.map { Self.object($0, node) } }
        case .pods:
            let hosts = Set(objects.compactMap(Self.host))
            let usages = await reader.usage(ofAll: hosts.sorted())
            return objects.compactMap { pod in
                Self.host(pod).flatMap { usages[$0] }.flatMap { Self.object($0, pod) }
            }
        }
    }

    private func get(_ request: ServerRequest) async throws(StatusError) -> JSONObject {
        let (namespace, name) = (request.info.namespace, request.info.name)
        switch subject {
        case .nodes:
            let node = try nodes.stored("", name)
            if let usage = await reader.usage(of: name)?.node { return Self.object(usage, node) }
            throw StatusError.notFound(GroupResource(group: Self.group, resource: "nodes"), name: name)
        case .pods:
            let pod = try pods.stored(namespace, name)
            if let host = Self.host(pod), let usage = await reader.usage(of: host),
                let object = Self.object(usage, pod)
            {
                return object
            }
            throw StatusError.notFound(
                GroupResource(group: Self.group, resource: "pods"), name: "\(namespace)/\(name)")
        }
    }

    /// The node a pod is bound to.
    private static func host(_ pod: StoredObject) -> String? {
        pod.header.fields.first { $0.name == "spec.nodeName" }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    private static func metadata(_ object: StoredObject, _ usage: MeasuredUsage) -> JSON {
        var metadata: JSONObject = ["name": .string(object.key.name)]
        if !object.key.namespace.isEmpty { metadata["namespace"] = .string(object.key.namespace) }
        metadata["creationTimestamp"] = usage.timestamp
        if !object.header.labels.isEmpty {
            var labels = JSONObject()
            for label in object.header.labels { labels[label.key] = .string(label.value) }
            metadata["labels"] = .object(labels)
        }
        return .object(metadata)
    }

    private static func object(_ usage: MeasuredUsage, _ node: StoredObject) -> JSONObject {
        [
            "kind": "NodeMetrics", "apiVersion": .string("\(group)/v1beta1"), "metadata": metadata(node, usage),
            "timestamp": usage.timestamp, "window": usage.window, "usage": usage.quantities,
        ]
    }

    private static func object(_ usage: NodeUsage, _ pod: StoredObject) -> JSONObject? {
        let key = ObjectKey(namespace: pod.key.namespace, name: pod.key.name)
        // The window is that of the container that was measured last.
        guard let containers = usage.pods[key], let last = containers.max(by: { $0.usage.time < $1.usage.time }) else {
            return nil
        }
        return [
            "kind": "PodMetrics", "apiVersion": .string("\(group)/v1beta1"), "metadata": metadata(pod, last.usage),
            "timestamp": last.usage.timestamp, "window": last.usage.window,
            "containers": .array(
                containers.map { ["name": .string($0.container), "usage": $0.usage.quantities] }),
        ]
    }
}
