import KubeAPI
import Machinery

/// Which slices to create, change and delete so that they list a Service's pods. Pure.
///
/// Endpoints stay in the slice they are in, so that a change of one pod is a change of one slice; slices fill up to a
/// hundred endpoints before another one is made.
struct EndpointSlicePlan: Sendable {
    static let capacity = 100

    private struct Group: Hashable {
        let family: String
        let ports: [ServiceBackends.Port]
    }

    private(set) var create: [EndpointSlice] = []
    private(set) var update: [EndpointSlice] = []
    private(set) var delete: [EndpointSlice] = []

    private let service: Service
    private let zone: @Sendable (String) -> String?

    init(service: Service, pods: [Pod], present: [EndpointSlice], zone: @escaping @Sendable (String) -> String?) {
        self.service = service
        self.zone = zone
        let families = service.spec.ipFamilies.isEmpty ? ["IPv4"] : service.spec.ipFamilies
        var desired: [Group: [Endpoint]] = [:]
        for pod in pods.sorted(by: { $0.name < $1.name }) {
            let ports = ServiceBackends.ports(of: service, on: pod)
            // A Service with ports of which the pod has none leaves the pod out; a headless one without ports does not.
            if ports.isEmpty, !service.spec.ports.isEmpty { continue }
            for family in families {
                let addresses = Self.addresses(of: pod, family)
                guard !addresses.isEmpty else { continue }
                desired[Group(family: family, ports: ports), default: []].append(endpoint(pod, addresses))
            }
        }
        var slices = Dictionary(grouping: present) { Group(family: $0.addressType, ports: Self.ports(of: $0)) }
        for (group, endpoints) in desired {
            settle(group, endpoints, slices.removeValue(forKey: group) ?? [])
        }
        delete += slices.values.joined()
    }

    private mutating func settle(_ group: Group, _ endpoints: [Endpoint], _ present: [EndpointSlice]) {
        var wanted: [String: Endpoint] = [:]
        for endpoint in endpoints { wanted[Self.identity(endpoint)] = endpoint }
        var kept: [(slice: EndpointSlice, endpoints: [Endpoint])] = []
        for slice in present.sorted(by: { $0.name < $1.name }) {
            // What is still wanted stays where it is, in its new state.
            let stays = slice.endpoints.compactMap { wanted.removeValue(forKey: Self.identity($0)) }
            kept.append((slice, stays))
        }
        var added = endpoints.filter { wanted[Self.identity($0)] != nil }[...]
        for index in kept.indices where !added.isEmpty && kept[index].endpoints.count < Self.capacity {
            let room = Self.capacity - kept[index].endpoints.count
            kept[index].endpoints += added.prefix(room)
            added = added.dropFirst(room)
        }
        for (slice, endpoints) in kept {
            guard !endpoints.isEmpty else {
                delete.append(slice)
                continue
            }
            var changed = slice
            changed.endpoints = endpoints
            changed.metadata.labels = labels(keeping: slice.metadata.labels)
            if changed != slice { update.append(changed) }
        }
        while !added.isEmpty {
            create.append(newSlice(group, Array(added.prefix(Self.capacity))))
            added = added.dropFirst(Self.capacity)
        }
    }

    private func newSlice(_ group: Group, _ endpoints: [Endpoint]) -> EndpointSlice {
        let prefix = service.name + "-"
        var slice = EndpointSlice(name: GeneratedName.make(prefix: prefix), namespace: service.namespace)
        slice.metadata.generateName = prefix
        slice.metadata.labels = labels(keeping: [:])
        slice.metadata.ownerReferences = [service.controllerReference]
        slice.addressType = group.family
        slice.endpoints = endpoints
        slice.ports = group.ports.map { port in
            var result = DiscoveryEndpointPort()
            result.name = port.name
            result.port = port.port
            result.protocol = port.proto
            result.appProtocol = port.appProtocol
            return result
        }
        return slice
    }

    private func labels(keeping present: [String: String]) -> [String: String] {
        var labels = service.metadata.labels
        labels[EndpointSliceWriter.serviceLabel] = service.name
        labels[EndpointSliceWriter.managedByLabel] = EndpointSliceController.manager
        labels[ServiceBackends.headlessLabel] = service.isHeadless ? "" : nil
        return labels
    }

    private func endpoint(_ pod: Pod, _ addresses: [String]) -> Endpoint {
        let isReady = pod.isReady
        let publishes = service.spec.publishNotReadyAddresses == true
        var conditions = EndpointConditions()
        conditions.ready = publishes || (isReady && !pod.isBeingDeleted)
        conditions.serving = isReady
        conditions.terminating = pod.isBeingDeleted
        var endpoint = Endpoint()
        endpoint.addresses = addresses
        endpoint.conditions = conditions
        endpoint.hostname = ServiceBackends.hostname(of: pod, in: service)
        if !pod.nodeName.isEmpty {
            endpoint.nodeName = pod.nodeName
            endpoint.zone = zone(pod.nodeName)
        }
        endpoint.targetRef = ServiceBackends.targetReference(to: pod)
        return endpoint
    }

    private static func identity(_ endpoint: Endpoint) -> String {
        endpoint.targetRef?.uid ?? endpoint.addresses.joined(separator: ",")
    }

    private static func addresses(of pod: Pod, _ family: String) -> [String] {
        let status = pod.status
        let all = status.podIPs.isEmpty ? [status.podIP].compactMap { $0 } : status.podIPs.map(\.ip)
        return all.filter { !$0.isEmpty && ServiceBackends.family(of: $0) == family }
    }

    private static func ports(of slice: EndpointSlice) -> [ServiceBackends.Port] {
        slice.ports.map { port in
            ServiceBackends.Port(
                name: port.name ?? "", port: port.port ?? 0, proto: port.protocol ?? "TCP",
                appProtocol: port.appProtocol)
        }
    }
}
