import Client
import Inference
import KubeAPI
import Machinery
import Synchronization

/// Keeps what the gateway knows of the cluster current: routes, pools, the pods of pools, API keys.
///
/// Informers tell what changed; the consequences are worked out by one task. The kinds of routes and pools are custom
/// resources: they are looked at from when they are served on.
package final class ClusterFeed: Sendable {
    private struct Work {
        var pools: Set<ObjectKey> = []
        var routes = false
        var keys = false
    }

    private let informers: InformerFactory
    private let directory: PoolDirectory
    private let keys: APIKeyRing
    private let log: FailureLog
    private let onUpdate: @Sendable () -> Void
    private let pods: Informer<Pod>
    private let secrets: Informer<Secret>
    private let definitions: Informer<CustomDefinition>
    private let pools = Mutex<Informer<InferencePool>?>(nil)
    private let routes = Mutex<Informer<HTTPRoute>?>(nil)
    private let work = Mutex(Work())
    private let (bells, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameter onUpdate: called when changes have been taken over.
    package init(
        informers: InformerFactory, directory: PoolDirectory, keys: APIKeyRing, log: FailureLog = .standardError,
        onUpdate: @escaping @Sendable () -> Void = {}
    ) {
        self.onUpdate = onUpdate
        self.informers = informers
        self.directory = directory
        self.keys = keys
        self.log = log
        pods = informers.informer(Pod.self)
        secrets = informers.informer(Secret.self, labelSelector: InferenceNames.apiKeyLabel) {
            APIKeyRing.withoutKey($0)
        }
        definitions = informers.informer(CustomDefinition.self) { $0.slim }
    }

    /// Follows the cluster until cancelled.
    package func run() async throws {
        let handlers = follow()
        defer { handlers.remove() }
        for await _ in bells {
            let work = work.withLock { work in
                defer { work = Work() }
                return work
            }
            if work.keys { keys.replace(with: secrets.list()) }
            if work.routes { updateRoutes() }
            for pool in work.pools { update(pool) }
            onUpdate()
        }
        try Task.checkCancellation()
    }

    /// Takes handlers back when the gateway ends before the informers do.
    private struct Handlers {
        let remove: () -> Void
    }

    private func follow() -> Handlers {
        let ofKeys = secrets.onChange { [weak self] _ in self?.note { $0.keys = true } }
        let ofPods = pods.onChange { [weak self] change in self?.podChanged(change) }
        let ofDefinitions = definitions.onChange { [weak self] change in self?.definitionChanged(change.object) }
        return Handlers { [secrets, pods, definitions] in
            secrets.removeHandler(ofKeys)
            pods.removeHandler(ofPods)
            definitions.removeHandler(ofDefinitions)
        }
    }

    private func note(_ change: (inout Work) -> Void) {
        work.withLock { change(&$0) }
        bell.yield()
    }

    private func definitionChanged(_ definition: CustomDefinition) {
        guard definition.isEstablished else { return }
        switch definition.name {
        case InferencePool.resource.definitionName:
            start(pools) { [weak self] change in self?.note { $0.pools.insert(change.object.key) } }
        case HTTPRoute.resource.definitionName:
            start(routes) { [weak self] _ in self?.note { $0.routes = true } }
        default: break
        }
    }

    /// Begins to follow a kind, once.
    private func start<Object: KubeObject>(
        _ place: borrowing Mutex<Informer<Object>?>, _ handler: @escaping Informer<Object>.Handler
    ) {
        let informer = place.withLock { informer -> Informer<Object>? in
            guard informer == nil else { return nil }
            let made = informers.informer(Object.self)
            informer = made
            return made
        }
        informer?.onChange(handler)
    }

    private func podChanged(_ change: InformerChange<Pod>) {
        guard let pools = pools.withLock({ $0 }) else { return }
        var labels = [change.object.labels]
        if case .updated(let old, let new) = change {
            // Most changes of most pods are nothing to a pool.
            if !InferencePool.concerns(old, new) { return }
            labels.append(old.labels)
        }
        let concerned = pools.list(namespace: change.object.namespace).filter { pool in
            labels.contains { pool.selects($0) }
        }
        guard !concerned.isEmpty else { return }
        note { $0.pools.formUnion(concerned.map(\.key)) }
    }

    private func updateRoutes() {
        guard let routes = routes.withLock({ $0 }) else { return }
        let before = directory.routes.omissions
        let table = RoutingTable(routes.list())
        for (route, omission) in table.omissions where before[route] != omission {
            log.report("inference gateway", "route \(route): \(omission)")
        }
        directory.setRoutes(table)
    }

    private func update(_ key: ObjectKey) {
        guard let pool = pools.withLock({ $0 })?.get(key) else { return directory.set(key, nil) }
        let members = pool.selector.isEmpty ? [] : pods.list(namespace: key.namespace, labels: pool.selector)
        directory.set(
            key,
            PoolDirectory.Description(
                version: pool.version, limits: pool.limits, replicas: pool.replicas(of: members)))
    }
}

extension GroupVersionResource {
    /// The name of the CustomResourceDefinition that makes it.
    fileprivate var definitionName: String { "\(resource).\(group)" }
}

extension InferencePool {
    /// Whether a change of a pod could change what it is to a pool.
    static func concerns(_ old: Pod, _ new: Pod) -> Bool {
        func facts(_ pod: Pod) -> [String] {
            let status = pod.status
            let ready = status.conditions.first { $0.type == "Ready" }?.status
            return [
                pod.uid, status.phase ?? "", status.podIP ?? "", ready ?? "", pod.isLeaving ? "leaving" : "",
            ]
        }
        return facts(old) != facts(new) || old.labels != new.labels
    }
}
