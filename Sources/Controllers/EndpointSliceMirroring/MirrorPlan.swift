import KubeAPI
import Machinery

/// Which slices to create, change and delete so that they say what an Endpoints object says. Pure.
///
/// One slice for each set of ports and address family; where ports change, a slice that would go is used again.
struct MirrorPlan: Sendable {
    /// The most addresses of one subset that are mirrored.
    static let capacity = 1000
    private static let unmirroredAnnotations = [
        "endpoints.kubernetes.io/last-change-trigger-time", "kubectl.kubernetes.io/last-applied-configuration",
    ]

    private struct Group: Hashable {
        let family: String
        let ports: [DiscoveryEndpointPort]
    }

    private(set) var create: [EndpointSlice] = []
    private(set) var update: [EndpointSlice] = []
    private(set) var delete: [EndpointSlice] = []
    /// Addresses that are none.
    private(set) var invalid = 0
    /// Addresses beyond the capacity.
    private(set) var skipped = 0

    private let endpoints: Endpoints

    init(endpoints: Endpoints, present: [EndpointSlice]) {
        self.endpoints = endpoints
        var wanted: [Group: [Endpoint]] = [:]
        for subset in endpoints.subsets { collect(subset, &wanted) }
        var known = Dictionary(grouping: present.sorted { $0.name < $1.name }) {
            Group(family: $0.addressType, ports: Self.sorted($0.ports))
        }
        var missing: [(group: Group, endpoints: [Endpoint])] = []
        for (group, endpoints) in wanted {
            var slices = known.removeValue(forKey: group) ?? []
            if slices.isEmpty {
                missing.append((group, endpoints))
            } else {
                change(slices.removeFirst(), group, endpoints)
                delete += slices
            }
        }
        delete += known.values.joined()
        for (group, endpoints) in missing {
            if let index = delete.firstIndex(where: { $0.addressType == group.family }) {
                change(delete.remove(at: index), group, endpoints)
            } else {
                let prefix = self.endpoints.name + "-"
                var slice = EndpointSlice(
                    name: GeneratedName.make(prefix: prefix), namespace: self.endpoints.namespace)
                slice.metadata.generateName = prefix
                create.append(filled(slice, group, endpoints))
            }
        }
    }

    private mutating func collect(_ subset: EndpointSubset, _ wanted: inout [Group: [Endpoint]]) {
        let ports = Self.sorted(
            subset.ports.map { port in
                var result = DiscoveryEndpointPort()
                result.name = port.name ?? ""
                result.port = port.port
                result.protocol = port.protocol ?? "TCP"
                result.appProtocol = port.appProtocol
                return result
            })
        var count = 0
        let all = subset.addresses.map { ($0, true) } + subset.notReadyAddresses.map { ($0, false) }
        for (address, isReady) in all {
            guard let parsed = InternetAddress(address.ip) else {
                invalid += 1
                continue
            }
            guard count < Self.capacity else {
                skipped += 1
                continue
            }
            count += 1
            var conditions = EndpointConditions()
            conditions.ready = isReady
            var endpoint = Endpoint()
            endpoint.addresses = [parsed.description]
            endpoint.conditions = conditions
            endpoint.hostname = address.hostname.flatMap { $0.isEmpty ? nil : $0 }
            endpoint.nodeName = address.nodeName
            endpoint.targetRef = address.targetRef
            let group = Group(family: ServiceBackends.family(of: parsed.description), ports: ports)
            wanted[group, default: []].append(endpoint)
        }
    }

    private mutating func change(_ slice: EndpointSlice, _ group: Group, _ endpoints: [Endpoint]) {
        let changed = filled(slice, group, endpoints)
        if changed != slice { update.append(changed) }
    }

    private func filled(_ slice: EndpointSlice, _ group: Group, _ endpoints: [Endpoint]) -> EndpointSlice {
        var slice = slice
        var labels = self.endpoints.metadata.labels
        labels[EndpointSliceWriter.serviceLabel] = self.endpoints.name
        labels[EndpointSliceWriter.managedByLabel] = MirroringController.manager
        slice.metadata.labels = labels
        slice.metadata.annotations = self.endpoints.metadata.annotations.filter {
            !Self.unmirroredAnnotations.contains($0.key)
        }
        slice.metadata.ownerReferences = [self.endpoints.controllerReference]
        slice.addressType = group.family
        slice.ports = group.ports
        // The order says nothing; keeping it one way keeps equal slices equal.
        slice.endpoints = endpoints.sorted { Self.identity($0) < Self.identity($1) }
        return slice
    }

    private static func identity(_ endpoint: Endpoint) -> String {
        (endpoint.addresses.first ?? "") + " " + (endpoint.targetRef?.uid ?? "")
    }

    private static func sorted(_ ports: [DiscoveryEndpointPort]) -> [DiscoveryEndpointPort] {
        ports.sorted {
            ($0.name ?? "", $0.port ?? 0, $0.protocol ?? "") < ($1.name ?? "", $1.port ?? 0, $1.protocol ?? "")
        }
    }
}
