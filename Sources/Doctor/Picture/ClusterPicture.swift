import KubeAPI
import Machinery

/// The objects that rules look at, as they were at one moment. What could not be read is empty.
package struct ClusterPicture: Sendable {
    package var now: Timestamp
    package var namespaces: [Namespace] = []
    package var nodes: [Node] = []
    package var pods: [Pod] = []
    package var deployments: [Deployment] = []
    package var replicaSets: [ReplicaSet] = []
    package var statefulSets: [StatefulSet] = []
    package var daemonSets: [DaemonSet] = []
    package var jobs: [Job] = []
    package var autoscalers: [HorizontalPodAutoscaler] = []
    package var services: [Service] = []
    package var endpointSlices: [EndpointSlice] = []
    package var ingresses: [Ingress] = []
    package var claims: [PersistentVolumeClaim] = []
    package var storageClasses: [StorageClass] = []
    package var budgets: [PodDisruptionBudget] = []
    package var quotas: [ResourceQuota] = []
    package var validatingWebhooks: [ValidatingWebhookConfiguration] = []
    package var mutatingWebhooks: [MutatingWebhookConfiguration] = []
    package var models: [ServedModel] = []
    package var pools: [ModelPool] = []
    /// How many requests wait for a pool, by its namespace and name.
    package var queues: [String: Int] = [:]
    package var heldGPUs: [HeldGPUs] = []
    package var events: [Event] = []
    /// The ends of containers' logs, by `namespace/pod/container`.
    package var logs: [String: [String]] = [:]

    package init(now: Timestamp) { self.now = now }

    // MARK: Looking up

    func events(of subject: ObjectName, reason: String? = nil) -> [Event] {
        events.filter { event in
            event.involvedObject.kind == subject.kind && event.involvedObject.name == subject.name
                && (event.involvedObject.namespace ?? "") == subject.namespace
                && (reason == nil || event.reason == reason)
        }.sorted { Self.time($0) > Self.time($1) }
    }

    private static func time(_ event: Event) -> Timestamp {
        event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp
            ?? Timestamp(seconds: 0)
    }

    func log(_ pod: Pod, _ container: String) -> [String] { logs["\(pod.namespace)/\(pod.name)/\(container)"] ?? [] }

    func node(_ name: String?) -> Node? { nodes.first { $0.name == name } }

    func pods(_ namespace: String, matching selector: [String: String]) -> [Pod] {
        pods.filter { pod in
            pod.namespace == namespace && selector.allSatisfy { pod.labels[$0.key] == $0.value }
        }
    }

    func pods(_ namespace: String, matching selector: LabelSelector?) -> [Pod] {
        // A selector that is none selects nothing, as for the controllers.
        guard let selector, let compiled = try? Selector(labelSelector: selector.json) else { return [] }
        return pods.filter { $0.namespace == namespace && compiled.matches($0.labels) }
    }

    /// Whether an object's controller has all the pods it wants: what became of one that failed is history then.
    func isReplaced(_ pod: Pod) -> Bool {
        guard let owner = pod.metadata.ownerReferences.first(where: { $0.controller == true }) else { return false }
        switch owner.kind {
        case "ReplicaSet":
            guard let set = replicaSets.first(where: { $0.metadata.uid == owner.uid }) else { return false }
            return (set.status.readyReplicas ?? 0) >= (set.spec.replicas ?? 1)
        case "StatefulSet":
            guard let set = statefulSets.first(where: { $0.metadata.uid == owner.uid }) else { return false }
            return (set.status.readyReplicas ?? 0) >= (set.spec.replicas ?? 1)
        case "DaemonSet":
            guard let set = daemonSets.first(where: { $0.metadata.uid == owner.uid }) else { return false }
            return set.status.numberReady >= set.status.desiredNumberScheduled
        default: return false
        }
    }
}

extension KubeObject {
    var objectName: ObjectName { ObjectName(Self.kind.kind, namespace, name) }

    /// How long ago somebody asked for its deletion.
    func deletionAge(_ now: Timestamp) -> Duration? {
        metadata.deletionTimestamp.map { now - $0 }
    }
}

extension Evidence {
    static func event(_ event: Event) -> Evidence {
        Evidence("event \(event.reason ?? "")", event.message ?? "")
    }
}
