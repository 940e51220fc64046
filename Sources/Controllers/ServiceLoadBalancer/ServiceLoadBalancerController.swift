import Client
import KubeAPI
import Machinery
import Synchronization

/// Gives Services of the type LoadBalancer theirs, by way of a provider, and takes it away again.
///
/// A finalizer keeps a Service until its balancer is gone. Services that name a class are somebody else's. What others
/// write into a Service's status stays until its specification or the nodes change.
struct ServiceLoadBalancerController: QueueController {
    /// What the balancer of each Service was last made from.
    final class Memory: Sendable {
        let ensured = Mutex<[ObjectKey: [JSON]]>([:])
    }

    static let finalizer = "service.kubernetes.io/load-balancer-cleanup"
    static let excludedLabel = "node.kubernetes.io/exclude-from-external-load-balancers"
    private static let deletedSoonTaint = "ToBeDeletedByClusterAutoscaler"

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let services: Informer<Service>
    let nodes: Informer<Node>
    let recorder: EventRecorder
    let provider: any LoadBalancerProvider
    let memory = Memory()

    private static let index = "load balancer"

    init(_ context: ControllerContext, provider: any LoadBalancerProvider) {
        self.context = context
        self.provider = provider
        queue = context.queue(backoff: Backoff(initial: .seconds(5), limit: .seconds(300)))
        services = context.informers.informer(Service.self)
        nodes = context.informers.informer(Node.self)
        recorder = context.recorder.named("service-controller")
        services.addIndex(Self.index) { Self.wantsBalancer($0) ? ["service"] : [] }
        services.onChange { [queue, services, memory] change in
            let service = change.object
            if case .deleted = change {
                memory.ensured.withLock { $0[service.key] = nil }
            } else if Self.wantsBalancer(service) || Self.needsCleanup(service) {
                queue.add(service.key)
            }
            // Another may have waited for one of its ports.
            var isFreeing = !Self.wantsBalancer(service)
            if case .updated(let old, let new) = change {
                isFreeing = Self.wantsBalancer(old) && old.spec.ports != new.spec.ports || isFreeing
            } else if case .deleted = change {
                isFreeing = true
            }
            guard isFreeing else { return }
            for other in services.byIndex(Self.index, "service") { queue.add(other.key) }
        }
        nodes.onChange { [queue, services] change in
            if case .updated(let old, let new) = change, Self.facts(old) == Self.facts(new) { return }
            for service in services.byIndex(Self.index, "service") { queue.add(service.key) }
        }
    }

    private static func wantsBalancer(_ service: Service) -> Bool {
        service.spec.type == "LoadBalancer" && service.spec.loadBalancerClass == nil && !service.isBeingDeleted
    }

    private static func needsCleanup(_ service: Service) -> Bool {
        service.metadata.finalizers.contains(finalizer) && service.spec.loadBalancerClass == nil
            && (service.isBeingDeleted || service.spec.type != "LoadBalancer")
    }

    /// What of a node balancers depend on; whether it is ready right now is not among it, as in Kubernetes.
    private static func facts(_ node: Node) -> [JSON] {
        [
            .string(node.name), .bool(mayBalance(node)), .string(node.spec.providerID ?? ""),
            .array(node.status.addresses.map { .object($0.json) }),
        ]
    }

    private static func mayBalance(_ node: Node) -> Bool {
        node.labels[excludedLabel] == nil && !node.isBeingDeleted
            && !node.spec.taints.contains { $0.key == deletedSoonTaint }
    }

    var name: String { "service-lb" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [nodes, services] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let service = services.get(key) else { return .done }
        do {
            if Self.needsCleanup(service) {
                try await clean(service)
            } else if Self.wantsBalancer(service) {
                try await ensure(service)
            }
        } catch let refusal as LoadBalancerRefusal {
            // Nothing to try again before another Service changes; the change brings this one here.
            fail(service, "failed to ensure load balancer: \(refusal)")
        } catch let error as StatusError where error.isConflict || error.isNotFound {
            throw error
        } catch {
            fail(service, "\(error)")
            throw error
        }
        return .done
    }

    private func fail(_ service: Service, _ what: String) {
        recorder.event(
            service, type: .warning, reason: "SyncLoadBalancerFailed", message: "Error syncing load balancer: \(what)")
    }

    private func ensure(_ service: Service) async throws {
        let usable = nodes.list().filter(Self.mayBalance).sorted { $0.name < $1.name }
        let others = services.byIndex(Self.index, "service").filter { $0.key != service.key }
        // Whose ports are in the way is decided by the others' specifications too.
        let base: [JSON] =
            [.object(service.spec.json), .string(service.uid)] + usable.flatMap(Self.facts)
            + others.sorted { $0.key < $1.key }.flatMap { $0.spec.ports.map { .object($0.json) } }
        guard memory.ensured.withLock({ $0[service.key] }) != base else { return }
        recorder.event(service, reason: "EnsuringLoadBalancer", message: "Ensuring load balancer")
        try await Finalizers.add(Self.finalizer, to: service, context.client)
        if usable.isEmpty {
            recorder.event(
                service, type: .warning, reason: "UnAvailableLoadBalancer",
                message: "There are no available nodes for LoadBalancer")
        }
        do {
            let status = try await provider.ensure(service, nodes: usable, others: others)
            try await write(status, service)
        } catch let refusal as LoadBalancerRefusal {
            memory.ensured.withLock { $0[service.key] = base }
            try await write(LoadBalancerStatus(), service)
            throw refusal
        }
        memory.ensured.withLock { $0[service.key] = base }
        recorder.event(service, reason: "EnsuredLoadBalancer", message: "Ensured load balancer")
    }

    private func clean(_ service: Service) async throws {
        recorder.event(service, reason: "DeletingLoadBalancer", message: "Deleting load balancer")
        try await provider.remove(service)
        memory.ensured.withLock { $0[service.key] = nil }
        let current = service.isBeingDeleted ? service : try await write(LoadBalancerStatus(), service)
        try await Finalizers.remove(Self.finalizer, from: current, context.client)
        recorder.event(service, reason: "DeletedLoadBalancer", message: "Deleted load balancer")
    }

    @discardableResult
    private func write(_ status: LoadBalancerStatus, _ service: Service) async throws(StatusError) -> Service {
        guard status.ingress != service.status.loadBalancer?.ingress ?? [] else { return service }
        let patch: JSON = [
            "metadata": ["uid": .string(service.uid)],
            "status": [
                "loadBalancer": [
                    "ingress": status.ingress.isEmpty ? .null : .array(status.ingress.map { .object($0.json) })
                ]
            ],
        ]
        do throws(StatusError) {
            return try await context.client.patch(Service.self, service.key, .merge(patch), subresource: "status")
        } catch {
            if error.isNotFound { return service }
            throw error
        }
    }
}
