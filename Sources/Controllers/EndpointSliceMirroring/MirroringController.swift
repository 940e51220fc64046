import Client
import KubeAPI
import Machinery

/// Copies Endpoints that people write for Services without a selector into EndpointSlices, which is what proxies read.
struct MirroringController: QueueController {
    static let manager = "endpointslicemirroring-controller.k8s.io"

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let services: Informer<Service>
    let endpoints: Informer<Endpoints>
    let slices: Informer<EndpointSlice>
    let expectations: Expectations
    let recorder: EventRecorder
    private let writer: EndpointSliceWriter

    private static let byEndpoints = "mirrored-endpoints"

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(
            name: "endpoint_slice_mirroring", backoff: Backoff(initial: .milliseconds(50), limit: .seconds(100)))
        services = context.informers.informer(Service.self)
        endpoints = context.informers.informer(Endpoints.self)
        slices = context.informers.informer(EndpointSlice.self)
        expectations = Expectations(clock: context.clock)
        writer = EndpointSliceWriter(client: context.client, expectations: expectations)
        recorder = context.recorder.named("endpoint-slice-mirroring-controller")
        endpoints.onChange { [queue] in queue.add($0.object.key) }
        services.onChange { [queue] in queue.add($0.object.key) }
        slices.follow(manager: Self.manager, index: Self.byEndpoints, queue: queue, expectations: expectations)
    }

    var name: String { "endpointslice-mirroring" }

    var sources: [any InformerSource] { [services, endpoints, slices] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        let present = slices.byIndex(Self.byEndpoints, key.description).filter { !$0.isBeingDeleted }
        guard let source = endpoints.get(key), source.wantsMirror, let service = services.get(key),
            service.spec.json["selector"] == nil
        else {
            expectations.forget(key)
            try await writer.write(delete: present, for: key)
            return .done
        }
        guard expectations.isSatisfied(key) else { return .requeue(after: Expectations.patience) }
        let plan = MirrorPlan(endpoints: source, present: present)
        if plan.invalid > 0 {
            recorder.event(
                source, type: .warning, reason: "InvalidIPAddress",
                message: "Skipped \(plan.invalid) invalid IP addresses when mirroring to EndpointSlices")
        }
        if plan.skipped > 0 {
            recorder.event(
                source, type: .warning, reason: "TooManyAddressesToMirror",
                message: "A max of \(MirrorPlan.capacity) addresses can be mirrored to EndpointSlices per Endpoints "
                    + "subset. \(plan.skipped) addresses were skipped")
        }
        do throws(StatusError) {
            try await writer.write(
                create: source.isBeingDeleted ? [] : plan.create, update: plan.update, delete: plan.delete, for: key)
        } catch {
            if error.isNamespaceTerminating { return .done }
            throw error
        }
        return .done
    }
}

extension Endpoints {
    /// Those of leader elections, and those that say so, are not mirrored.
    fileprivate var wantsMirror: Bool {
        labels["endpointslice.kubernetes.io/skip-mirror"] != "true"
            && annotations["control-plane.alpha.kubernetes.io/leader"] == nil
    }
}
