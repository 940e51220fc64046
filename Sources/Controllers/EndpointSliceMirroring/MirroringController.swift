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

    private static let byEndpoints = "mirrored-endpoints"

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(backoff: Backoff(initial: .milliseconds(50), limit: .seconds(100)))
        services = context.informers.informer(Service.self)
        endpoints = context.informers.informer(Endpoints.self)
        slices = context.informers.informer(EndpointSlice.self)
        expectations = Expectations(clock: context.clock)
        recorder = context.recorder.named("endpoint-slice-mirroring-controller")
        slices.addIndex(Self.byEndpoints) { slice in slice.mirroredKey.map { [$0.description] } ?? [] }
        endpoints.onChange { [queue] in queue.add($0.object.key) }
        services.onChange { [queue] in queue.add($0.object.key) }
        slices.onChange { [queue, expectations] change in
            for key in expectations.observe(change) { queue.add(key) }
            if case .updated(let old, _) = change, let key = old.mirroredKey { queue.add(key) }
            if let key = change.object.mirroredKey { queue.add(key) }
        }
    }

    var name: String { "endpointslice-mirroring" }

    func waitForSync() async throws {
        try await services.waitForSync()
        try await endpoints.waitForSync()
        try await slices.waitForSync()
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        let present = slices.byIndex(Self.byEndpoints, key.description).filter { !$0.isBeingDeleted }
        guard let source = endpoints.get(key), source.wantsMirror, let service = services.get(key),
            service.spec.json["selector"] == nil
        else {
            expectations.forget(key)
            for slice in present { try await delete(slice) }
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
            if !source.isBeingDeleted {
                for slice in plan.create { try await create(slice, for: key) }
            }
            for slice in plan.update { _ = try await context.client.update(slice) }
            for slice in plan.delete { try await delete(slice) }
        } catch {
            if error.isNamespaceTerminating { return .done }
            throw error
        }
        return .done
    }

    private func create(_ slice: EndpointSlice, for source: ObjectKey) async throws(StatusError) {
        expectations.expectCreation(of: slice.key, by: source)
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

extension Endpoints {
    /// Those of leader elections, and those that say so, are not mirrored.
    fileprivate var wantsMirror: Bool {
        labels["endpointslice.kubernetes.io/skip-mirror"] != "true"
            && annotations["control-plane.alpha.kubernetes.io/leader"] == nil
    }
}

extension EndpointSlice {
    /// The Endpoints that a slice of ours is a copy of.
    fileprivate var mirroredKey: ObjectKey? {
        guard let labels = json["metadata"]?["labels"],
            labels[EndpointSliceController.managedByLabel]?.stringValue == MirroringController.manager,
            let service = labels[EndpointSliceController.serviceLabel]?.stringValue
        else { return nil }
        return ObjectKey(namespace: namespace, name: service)
    }
}
