import KubeAPI
import KubeSchemas
import Machinery
import Store

/// Addresses and ports of Services: who gives them out, and who keeps the records of them right.
struct ServiceNetwork: Sendable {
    let allocator: ServiceAllocator
    let repair: ServiceRepair

    init(
        _ configuration: ControlPlane.Configuration, store: any Store, cache: WatchCache, admission: AdmissionChain
    ) throws(StatusError) {
        guard let network = CIDR(configuration.serviceNetwork)?.masked else {
            throw StatusError.internalError("the service network \(configuration.serviceNetwork) is not in CIDR form")
        }
        func registry(_ gvr: GroupVersionResource, _ strategy: any Strategy) throws(StatusError) -> Registry {
            guard let resource = BuiltinSchemas.resources.first(where: { $0.gvr == gvr }) else {
                throw StatusError.internalError("\(gvr) has no schema")
            }
            return Registry(
                resource: resource, strategy: strategy, store: store, cache: cache, admission: admission,
                clock: configuration.clock)
        }
        let addresses = AddressClaims(registry: try registry(NetworkingIPAddress.resource, IPAddressStrategy()))
        let record = NodePortRecord(range: configuration.nodePorts, store: store, cache: cache)
        repair = ServiceRepair(
            addresses: addresses, ports: record,
            range: DefaultServiceRange(
                network: network, registry: try registry(ServiceCIDR.resource, ServiceCIDRStrategy())),
            cache: cache, clock: configuration.clock, report: { configuration.report("services", $0) })
        allocator = ServiceAllocator(
            ranges: ServiceRanges(network: network, cache: cache), addresses: addresses,
            ports: NodePortAllocator(range: configuration.nodePorts, record: record), repair: repair)
    }
}

/// The server's own range as the ServiceCIDR that every cluster has.
struct DefaultServiceRange: Sendable {
    static let name = "kubernetes"

    let network: CIDR
    let registry: Registry

    /// Makes it where it is missing.
    func ensure() async throws(StatusError) {
        guard registry.find("", Self.name) == nil else { return }
        var range = ServiceCIDR(name: Self.name)
        range.apiVersion = registry.resource.gvk.apiVersion
        range.kind = registry.resource.gvk.kind
        range.spec.cidrs = [network.description]
        var object = range.json
        var metadata = object["metadata"]?.objectValue ?? JSONObject()
        let now = registry.clock.now
        try ObjectMetaRules.prepareForCreate(&metadata, resource: registry.resource, namespace: "", now: now)
        object["metadata"] = .object(metadata)
        object["status"] = [
            "conditions": [
                [
                    "type": "Ready", "status": "True", "reason": "",
                    "message": "Kubernetes default Service CIDR is ready",
                    "lastTransitionTime": .string(now.inSeconds.description),
                ]
            ]
        ]
        let write = try await registry.write(of: object)
        do {
            _ = try await registry.store.create(registry.key("", Self.name), write)
        } catch {
            // Another server was first.
            if case .alreadyExists = error { return }
            throw StoreErrorMapping.status(error, resource: registry.resource.gvr.groupResource, name: Self.name)
        }
    }
}
