import KubeAPI
import Machinery

/// Load balancers without a cloud: a Service is reached at the nodes' own addresses, where each node's service proxy
/// takes its ports.
///
/// A port of all nodes can be one Service's only. Of several that want it the oldest has it, the others wait.
package struct NodeAddressBalancer: LoadBalancerProvider {
    /// Ports that nodes need for themselves.
    private let reserved: Set<Int32>
    /// Of large clusters not every node is told of.
    private static let maximumAddresses = 32

    package init(reserved: Set<Int32> = [22, 6443, 10250]) {
        self.reserved = reserved
    }

    package func ensure(_ service: Service, nodes: [Node], others: [Service]) async throws -> LoadBalancerStatus {
        for port in service.spec.ports {
            let transport = port.protocol ?? "TCP"
            if transport == "TCP", reserved.contains(port.port) {
                throw LoadBalancerRefusal("port \(port.port) is used by the nodes themselves")
            }
            let rival = others.first { other in
                Self.precedes(other, service)
                    && other.spec.ports.contains { $0.port == port.port && ($0.protocol ?? "TCP") == transport }
            }
            if let rival {
                throw LoadBalancerRefusal("port \(port.port)/\(transport) is taken by service \(rival.key)")
            }
        }
        var status = LoadBalancerStatus()
        status.ingress = Self.addresses(of: nodes, families: service.spec.ipFamilies).map { address in
            var ingress = LoadBalancerIngress()
            ingress.ip = address
            ingress.ipMode = "VIP"
            return ingress
        }
        return status
    }

    /// Proxies go by the Service; what is not told any more is not served.
    package func remove(_ service: Service) async throws {}

    private static func precedes(_ left: Service, _ right: Service) -> Bool {
        guard let mine = left.metadata.creationTimestamp, let theirs = right.metadata.creationTimestamp,
            mine != theirs
        else { return left.key < right.key }
        return mine < theirs
    }

    /// Each node's external address, or else its internal one.
    private static func addresses(of nodes: [Node], families: [String]) -> [String] {
        let wantsIPv4 = families.isEmpty || families.contains("IPv4")
        let wantsIPv6 = families.contains("IPv6")
        let all = nodes.sorted { $0.name < $1.name }.flatMap { node -> [String] in
            let external = node.status.addresses.filter { $0.type == "ExternalIP" }
            let told = external.isEmpty ? node.status.addresses.filter { $0.type == "InternalIP" } : external
            return told.map(\.address).filter { text in
                InternetAddress(text).map { $0.is4 ? wantsIPv4 : wantsIPv6 } ?? false
            }
        }
        return Array(all.prefix(maximumAddresses))
    }
}
