import KubeAPI
import LinuxHost
import Machinery

/// Where Services take datagrams, and which endpoints may answer there.
///
/// UDP has no end of a connection: the kernel goes on sending a client's datagrams to the endpoint it chose first, for
/// as long as they keep coming, whether or not that endpoint still exists. After every change the flows of the places it
/// concerns are compared with the endpoints that serve, and the others are forgotten, so that their next datagram meets
/// the rules.
struct DatagramPlaces {
    private struct Place: Hashable {
        /// `nil` for a NodePort: every address of the node.
        var address: InternetAddress?
        var port: UInt16
    }

    private let nodeAddresses: [InternetAddress]
    private var services: [ObjectKey: [Place: Set<Endpoint>]] = [:]
    private var touched: Set<Place> = []

    init(nodeAddresses: [InternetAddress]) {
        self.nodeAddresses = nodeAddresses
    }

    /// Takes a Service as it is now; `nil` for one that is gone.
    mutating func update(_ key: ObjectKey, _ model: ServiceModel?) {
        let old = services[key] ?? [:]
        let new = model.map(Self.places(of:)) ?? [:]
        guard old != new else { return }
        services[key] = new.isEmpty ? nil : new
        touched.formUnion(Set(old.keys).union(new.keys).filter { old[$0] != new[$0] })
    }

    /// Which flows lead nowhere since the changes of before; `nil` when those changed no place.
    mutating func takeStaleness() -> (@Sendable (TrackedFlow) -> Bool)? {
        guard !touched.isEmpty else { return nil }
        let all = services.values
        let endpoints = Dictionary(
            uniqueKeysWithValues: touched.map { place in
                (place, all.reduce(into: Set<Endpoint>()) { $0.formUnion($1[place] ?? []) })
            })
        touched = []
        let nodeAddresses = nodeAddresses
        return { flow in
            let (address, port) = (flow.original.destination, flow.original.destinationPort)
            var allowed = endpoints[Place(address: address, port: port)]
            if allowed == nil, address.isLoopback || nodeAddresses.contains(address) {
                allowed = endpoints[Place(address: nil, port: port)]
            }
            guard let allowed else { return false }
            return !allowed.contains(Endpoint(address: flow.reply.source, port: flow.reply.sourcePort))
        }
    }

    private static func places(of service: ServiceModel) -> [Place: Set<Endpoint>] {
        var places: [Place: Set<Endpoint>] = [:]
        for port in service.ports where port.transport == .udp {
            for address in [service.clusterIP] + service.externalAddresses {
                places[Place(address: address, port: port.port)] = port.endpoints.serving
            }
            if let nodePort = port.nodePort { places[Place(address: nil, port: nodePort)] = port.endpoints.serving }
        }
        return places
    }
}
