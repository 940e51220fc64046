import KubeAPI
import Machinery

/// The transport protocols Services have.
enum TransportProtocol: String, Sendable {
    case tcp, udp, sctp

    init?(kubernetes name: String?) {
        self.init(rawValue: (name ?? "TCP").lowercased())
    }
}

/// A place traffic is sent to.
struct Endpoint: Hashable, Comparable, Sendable {
    let address: InternetAddress
    let port: UInt16

    static func < (left: Self, right: Self) -> Bool { (left.address, left.port) < (right.address, right.port) }
}

/// The endpoints of a Service port that take new connections.
struct EndpointChoice: Equatable, Sendable {
    /// Those of the whole cluster.
    var cluster: [Endpoint]
    /// Those on this node.
    var local: [Endpoint]
    /// All that serve still, whether or not new connections go to them.
    var serving: Set<Endpoint> = []
}

/// One port of a Service, reduced to what the rules depend on.
struct ServicePortModel: Equatable, Sendable {
    var portName: String
    var transport: TransportProtocol
    var port: UInt16
    var nodePort: UInt16?
    var endpoints: EndpointChoice
}

/// A Service, reduced to what the rules depend on: two equal models have the same rules.
struct ServiceModel: Equatable, Sendable {
    var namespace: String
    var name: String
    var clusterIP: InternetAddress
    /// ExternalIPs and load balancers' addresses.
    var externalAddresses: [InternetAddress]
    var loadBalancerAddresses: [InternetAddress]
    /// Who may speak to the load balancers' addresses; everybody when `nil`, nobody when empty.
    var sourceRanges: [CIDR]?
    /// For how long, in seconds, a client stays with an endpoint.
    var affinitySeconds: Int?
    var internalLocal: Bool
    var externalLocal: Bool
    var ports: [ServicePortModel]
}

extension ServiceModel {
    /// Services with this label are served by something else.
    private static let otherProxyLabel = "service.kubernetes.io/service-proxy-name"
    private static let headlessLabel = "service.kubernetes.io/headless"

    /// - Returns: `nil` for a Service that no proxy handles: headless, ExternalName, without an IPv4 address, or
    ///   another proxy's.
    init?(_ service: Service, slices: [EndpointSlice], nodeName: String) {
        let spec = service.spec
        guard spec.type != "ExternalName", service.labels[Self.otherProxyLabel] == nil else { return nil }
        let addresses = spec.clusterIPs.isEmpty ? [spec.clusterIP ?? ""] : spec.clusterIPs
        guard let clusterIP = addresses.lazy.compactMap({ InternetAddress($0) }).first(where: \.is4),
            clusterIP.isServable
        else {
            return nil
        }
        namespace = service.namespace
        name = service.name
        self.clusterIP = clusterIP
        let balancers: [InternetAddress] =
            spec.type != "LoadBalancer"
            ? []
            : (service.status.loadBalancer?.ingress ?? []).compactMap { ingress in
                ingress.ipMode == "Proxy" ? nil : ingress.ip.flatMap { InternetAddress($0) }
            }
        loadBalancerAddresses = Set(balancers.filter(\.isServable)).sorted()
        let external = spec.externalIPs.compactMap { InternetAddress($0) }.filter(\.isServable)
        externalAddresses = Set(external + loadBalancerAddresses).sorted()
        // Ranges we cannot read let nobody in; they do not open the door.
        let ranges = spec.loadBalancerSourceRanges
        sourceRanges =
            ranges.isEmpty
            ? nil
            : ranges.compactMap { text in
                CIDR(text.filter { !$0.isWhitespace }).flatMap { $0.family == .v4 ? $0.masked : nil }
            }
        affinitySeconds =
            spec.sessionAffinity == "ClientIP"
            ? max(1, min(86_400, Int(spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800))) : nil
        internalLocal = spec.internalTrafficPolicy == "Local"
        externalLocal = spec.externalTrafficPolicy == "Local"
        let hasNodePorts = spec.type == "NodePort" || spec.type == "LoadBalancer"
        let usable = slices.filter {
            $0.addressType == "IPv4" && $0.labels[Self.headlessLabel] == nil && !$0.isBeingDeleted
        }
        ports = spec.ports.compactMap { port in
            guard let transport = TransportProtocol(kubernetes: port.protocol), let number = UInt16(exactly: port.port),
                number != 0
            else { return nil }
            let nodePort = hasNodePorts ? port.nodePort.flatMap { UInt16(exactly: $0) } : nil
            return ServicePortModel(
                portName: port.name ?? "", transport: transport, port: number,
                nodePort: nodePort == 0 ? nil : nodePort,
                endpoints: EndpointChoice(
                    slices: usable, portName: port.name ?? "", transport: transport, nodeName: nodeName))
        }
    }
}

extension EndpointChoice {
    /// Takes the ready endpoints; where none is, those that are ending but still serve.
    init(slices: [EndpointSlice], portName: String, transport: TransportProtocol, nodeName: String) {
        var ready: Set<Endpoint> = []
        var ending: Set<Endpoint> = []
        var here: Set<Endpoint> = []
        for slice in slices {
            let port = slice.ports.first {
                ($0.name ?? "") == portName && TransportProtocol(kubernetes: $0.protocol) == transport
            }
            guard let number = port?.port.flatMap({ UInt16(exactly: $0) }), number != 0 else { continue }
            for endpoint in slice.endpoints {
                guard let text = endpoint.addresses.first, let address = InternetAddress(text), address.isServable
                else {
                    continue
                }
                let target = Endpoint(address: address, port: number)
                let conditions = endpoint.conditions
                if conditions?.serving ?? conditions?.ready ?? true { serving.insert(target) }
                if conditions?.ready ?? true {
                    ready.insert(target)
                } else if conditions?.serving ?? false, conditions?.terminating ?? false {
                    ending.insert(target)
                } else {
                    continue
                }
                if endpoint.nodeName == nodeName { here.insert(target) }
            }
        }
        func choose(_ candidates: (Set<Endpoint>) -> Set<Endpoint>) -> [Endpoint] {
            let best = candidates(ready)
            return (best.isEmpty ? candidates(ending) : best).sorted()
        }
        cluster = choose { $0 }
        local = choose { $0.intersection(here) }
    }
}
