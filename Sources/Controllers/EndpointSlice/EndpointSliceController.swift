import Client
import KubeAPI
import Machinery

/// Lists the pods behind each Service in EndpointSlices of at most a hundred.
struct EndpointSliceController: QueueController {
    static let manager = "endpointslice-controller.k8s.io"
    static let serviceLabel = "kubernetes.io/service-name"
    static let managedByLabel = "endpointslice.kubernetes.io/managed-by"

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let services: Informer<Service>
    let pods: Informer<Pod>
    let nodes: Informer<Node>
    let slices: Informer<EndpointSlice>
    let expectations: Expectations

    private static let byService = "service"

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(backoff: Backoff(initial: .milliseconds(50), limit: .seconds(100)))
        services = context.informers.informer(Service.self)
        pods = context.informers.informer(Pod.self)
        nodes = context.informers.informer(Node.self)
        slices = context.informers.informer(EndpointSlice.self)
        expectations = Expectations(clock: context.clock)
        slices.addIndex(Self.byService) { slice in
            slice.managedServiceKey.map { [$0.description] } ?? []
        }
        services.onChange { [queue] in queue.add($0.object.key) }
        let triggers = ServiceTriggers(services: services, queue: queue)
        pods.onChange { triggers.handle($0) }
        slices.onChange { [queue, expectations] change in
            for key in expectations.observe(change) { queue.add(key) }
            if case .updated(let old, _) = change, let key = old.managedServiceKey { queue.add(key) }
            if let key = change.object.managedServiceKey { queue.add(key) }
        }
    }

    var name: String { "endpointslice" }

    func waitForSync() async throws {
        try await services.waitForSync()
        try await pods.waitForSync()
        try await nodes.waitForSync()
        try await slices.waitForSync()
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        let present = slices.byIndex(Self.byService, key.description).filter { !$0.isBeingDeleted }
        guard let service = services.get(key) else {
            // The garbage collector takes the slices along with the Service.
            expectations.forget(key)
            return .done
        }
        guard service.spec.type != "ExternalName" else {
            for slice in present { try await delete(slice) }
            return .done
        }
        guard service.hasManagedBackends, !service.isBeingDeleted else { return .done }
        guard expectations.isSatisfied(key) else { return .requeue(after: Expectations.patience) }
        let backends = ServiceBackends.pods(of: service, in: pods, includeTerminating: true)
        let plan = EndpointSlicePlan(
            service: service, pods: backends, present: present,
            zone: { [nodes] name in
                nodes.get(ObjectKey(namespace: "", name: name))?.labels["topology.kubernetes.io/zone"]
            })
        do throws(StatusError) {
            for slice in plan.create { try await create(slice, for: key) }
            for slice in plan.update { _ = try await context.client.update(slice) }
            for slice in plan.delete { try await delete(slice) }
        } catch {
            if error.isNamespaceTerminating { return .done }
            if !error.isConflict {
                context.recorder.named("endpoint-slice-controller").event(
                    service, type: .warning, reason: "FailedToUpdateEndpointSlices",
                    message: "Error updating Endpoint Slices for Service \(key): \(error.message)")
            }
            throw error
        }
        return .done
    }

    private func create(_ slice: EndpointSlice, for service: ObjectKey) async throws(StatusError) {
        expectations.expectCreation(of: slice.key, by: service)
        do throws(StatusError) {
            _ = try await context.client.create(slice)
        } catch {
            expectations.creationSettled(slice.key)
            throw error
        }
    }

    private func delete(_ slice: EndpointSlice) async throws(StatusError) {
        do throws(StatusError) {
            try await context.client.delete(EndpointSlice.self, slice.key)
        } catch {
            if !error.isNotFound { throw error }
        }
    }
}

extension EndpointSlice {
    /// The Service a slice of ours belongs to.
    fileprivate var managedServiceKey: ObjectKey? {
        guard let labels = json["metadata"]?["labels"],
            labels[EndpointSliceController.managedByLabel]?.stringValue == EndpointSliceController.manager,
            let service = labels[EndpointSliceController.serviceLabel]?.stringValue
        else { return nil }
        return ObjectKey(namespace: namespace, name: service)
    }
}
