import Client
import KubeAPI
import Machinery

/// Lists the pods behind each Service in EndpointSlices of at most a hundred.
struct EndpointSliceController: QueueController {
    static let manager = "endpointslice-controller.k8s.io"

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let services: Informer<Service>
    let pods: Informer<Pod>
    let nodes: Informer<Node>
    let slices: Informer<EndpointSlice>
    let expectations: Expectations
    private let writer: EndpointSliceWriter

    private static let byService = "service"

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(
            name: "endpoint_slice", backoff: Backoff(initial: .milliseconds(50), limit: .seconds(100)))
        services = context.informers.informer(Service.self)
        pods = context.informers.informer(Pod.self)
        nodes = context.informers.informer(Node.self)
        slices = context.informers.informer(EndpointSlice.self)
        expectations = Expectations(clock: context.clock)
        writer = EndpointSliceWriter(client: context.client, expectations: expectations)
        services.onChange { [queue] in queue.add($0.object.key) }
        let triggers = ServiceTriggers(services: services, queue: queue)
        pods.onChange { triggers.handle($0) }
        slices.follow(manager: Self.manager, index: Self.byService, queue: queue, expectations: expectations)
    }

    var name: String { "endpointslice" }

    var sources: [any InformerSource] { [services, pods, nodes, slices] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        let present = slices.byIndex(Self.byService, key.description).filter { !$0.isBeingDeleted }
        guard let service = services.get(key) else {
            // The garbage collector takes the slices along with the Service.
            expectations.forget(key)
            return .done
        }
        guard service.spec.type != "ExternalName" else {
            try await writer.write(delete: present, for: key)
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
            try await writer.write(create: plan.create, update: plan.update, delete: plan.delete, for: key)
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
}
