import Client
import KubeAPI
import Machinery

/// Lists the ready pods behind each Service in one Endpoints object, for clients older than EndpointSlices.
struct EndpointsController: QueueController {
    static let managedByLabel = "endpoints.kubernetes.io/managed-by"
    static let manager = "endpoint-controller"
    static let overCapacity = "endpoints.kubernetes.io/over-capacity"
    /// The most addresses in one object.
    static let capacity = 1000

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let services: Informer<Service>
    let pods: Informer<Pod>
    let endpoints: Informer<Endpoints>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(name: "endpoint", backoff: Backoff(initial: .milliseconds(50), limit: .seconds(100)))
        services = context.informers.informer(Service.self)
        pods = context.informers.informer(Pod.self)
        endpoints = context.informers.informer(Endpoints.self)
        services.onChange { [queue] in queue.add($0.object.key) }
        endpoints.onChange { [queue] in queue.add($0.object.key) }
        let triggers = ServiceTriggers(services: services, queue: queue)
        pods.onChange { triggers.handle($0) }
    }

    var name: String { "endpoints" }

    var sources: [any InformerSource] { [services, pods, endpoints] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        let present = endpoints.get(key)
        guard let service = services.get(key) else {
            // Only what was made here; Endpoints made by hand, or for leader election, stay.
            guard let present, present.labels[Self.managedByLabel] == Self.manager else { return .done }
            try await delete(present)
            return .done
        }
        guard service.hasManagedBackends, !service.isBeingDeleted else { return .done }
        let includeTerminating = service.spec.publishNotReadyAddresses == true
        let backends = ServiceBackends.pods(of: service, in: pods, includeTerminating: includeTerminating)
        let desired = Self.endpoints(for: service, backends, replacing: present)
        guard let present else {
            do throws(StatusError) {
                _ = try await context.client.create(desired)
            } catch {
                if error.isNamespaceTerminating { return .done }
                throw error
            }
            return .done
        }
        if desired != present { _ = try await context.client.update(desired) }
        return .done
    }

    private func delete(_ present: Endpoints) async throws(StatusError) {
        do throws(StatusError) {
            try await context.client.delete(Endpoints.self, present.key)
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    static func endpoints(for service: Service, _ pods: [Pod], replacing present: Endpoints?) -> Endpoints {
        var result = present ?? Endpoints(name: service.name, namespace: service.namespace)
        var labels = service.metadata.labels
        labels[managedByLabel] = manager
        labels[ServiceBackends.headlessLabel] = service.isHeadless ? "" : nil
        result.metadata.labels = labels
        let sorted = pods.sorted { ($0.status.podIP ?? "") < ($1.status.podIP ?? "") }
        // Ready ones have a place first when there are too many.
        let kept = (sorted.filter(\.isReady) + sorted.filter { !$0.isReady }).prefix(capacity)
        result.metadata.annotations[overCapacity] = sorted.count > capacity ? "truncated" : nil
        var groups: [[ServiceBackends.Port]: EndpointSubset] = [:]
        for pod in kept {
            let ports = ServiceBackends.ports(of: service, on: pod)
            if ports.isEmpty, !service.spec.ports.isEmpty { continue }
            var subset = groups[ports] ?? EndpointSubset()
            let isReady = pod.isReady || service.spec.publishNotReadyAddresses == true
            if isReady {
                subset.addresses.append(address(of: pod, in: service))
            } else {
                subset.notReadyAddresses.append(address(of: pod, in: service))
            }
            groups[ports] = subset
        }
        result.subsets = groups.map { ports, subset in
            var subset = subset
            subset.ports = ports.map { port in
                var result = EndpointPort()
                result.name = port.name.isEmpty ? nil : port.name
                result.port = port.port
                result.protocol = port.proto
                result.appProtocol = port.appProtocol
                return result
            }
            return subset
        }.sorted { $0.ports.map(\.port).lexicographicallyPrecedes($1.ports.map(\.port)) }
        return result
    }

    private static func address(of pod: Pod, in service: Service) -> EndpointAddress {
        var address = EndpointAddress()
        address.ip = pod.status.podIP ?? ""
        address.hostname = ServiceBackends.hostname(of: pod, in: service)
        address.nodeName = pod.nodeName.isEmpty ? nil : pod.nodeName
        address.targetRef = ServiceBackends.targetReference(to: pod)
        return address
    }
}
