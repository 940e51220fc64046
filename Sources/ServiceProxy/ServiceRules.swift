import Machinery

/// An element of one of the table's sets and maps.
struct RuleElement: Hashable, Sendable {
    /// The table's sets that every Service adds to.
    enum Container: String, Sendable {
        /// Address, protocol, port → the chain that chooses an endpoint.
        case serviceIPs = "service-ips"
        /// Protocol, port → the chain that chooses an endpoint.
        case serviceNodePorts = "service-nodeports"
        /// Address, protocol, port → what happens to traffic nobody can take.
        case noEndpointServices = "no-endpoint-services"
        /// Protocol, port → what happens to traffic nobody can take.
        case noEndpointNodePorts = "no-endpoint-nodeports"
        /// Address, protocol, port → the chain that looks at who asks.
        case firewallIPs = "firewall-ips"
        /// ClusterIPs, for telling off those who try a port that is not there.
        case clusterIPs = "cluster-ips"
        /// Pairs of an endpoint's address with itself.
        case hairpins = "hairpins"
    }

    let container: Container
    let key: String
}

/// Everything the table has for one Service, by name: chains with their rules, sets with their declaration, elements
/// with their verdict (empty in plain sets).
struct ServiceRules: Equatable, Sendable {
    var chains: [String: [String]] = [:]
    var sets: [String: String] = [:]
    var elements: [RuleElement: String] = [:]
}

extension ServiceRules {
    /// The rules of a Service.
    ///
    /// - Parameter clusterNetwork: the pods' range; who is not in it is hidden behind the node, so that answers come
    ///   back through it.
    init(_ service: ServiceModel, clusterNetwork: CIDR) {
        elements[RuleElement(container: .clusterIPs, key: service.clusterIP.description)] = ""
        for port in service.ports { add(port, of: service, clusterNetwork) }
    }

    private mutating func add(_ port: ServicePortModel, of service: ServiceModel, _ clusterNetwork: CIDR) {
        let suffix = "\(port.transport.rawValue) . \(port.port)"
        let identity = "\(service.namespace)/\(service.name)/\(port.transport.rawValue)/\(port.portName)/\(port.port)"
        let internalKey = RuleElement(container: .serviceIPs, key: "\(service.clusterIP) . \(suffix)")
        let externalKeys =
            service.externalAddresses.map { RuleElement(container: .serviceIPs, key: "\($0) . \(suffix)") }
            + (port.nodePort.map {
                [RuleElement(container: .serviceNodePorts, key: "\(port.transport.rawValue) . \($0)")]
            } ?? [])
        guard !port.endpoints.cluster.isEmpty else {
            for key in [internalKey] + externalKeys { elements[key.withoutEndpoints] = "goto reject-it" }
            return
        }
        for endpoint in port.endpoints.cluster + port.endpoints.local {
            elements[RuleElement(container: .hairpins, key: "\(endpoint.address) . \(endpoint.address)")] = ""
        }

        let cluster = RuleName.chain("cluster", identity)
        let local = RuleName.chain("local", identity)
        let external = RuleName.chain("external", identity)
        let needsLocal = (service.internalLocal || (service.externalLocal && !externalKeys.isEmpty))
        if needsLocal, !port.endpoints.local.isEmpty {
            chains[local] = choice(port.endpoints.local, port, service, identity)
        }
        if !service.internalLocal || !externalKeys.isEmpty {
            chains[cluster] =
                ["ip saddr != \(clusterNetwork) jump mark-for-masquerade"]
                + choice(port.endpoints.cluster, port, service, identity)
        }

        if !service.internalLocal {
            elements[internalKey] = "goto \(cluster)"
        } else if chains[local] != nil {
            elements[internalKey] = "goto \(local)"
        } else {
            elements[internalKey.withoutEndpoints] = "drop"
        }
        guard !externalKeys.isEmpty else { return }
        if service.externalLocal {
            // Pods and the node itself are no outsiders: for them the address is another name of the ClusterIP.
            chains[external] =
                ["ip saddr \(clusterNetwork) goto \(cluster)", "fib saddr type local goto \(cluster)"]
                + (chains[local] != nil ? ["goto \(local)"] : [])
        }
        for key in externalKeys {
            elements[key] = "goto \(service.externalLocal ? external : cluster)"
            if service.externalLocal, chains[local] == nil { elements[key.withoutEndpoints] = "drop" }
        }
        addFirewall(service, suffix, identity)
    }

    private mutating func addFirewall(_ service: ServiceModel, _ suffix: String, _ identity: String) {
        guard let ranges = service.sourceRanges, !service.loadBalancerAddresses.isEmpty else { return }
        let name = RuleName.chain("firewall", identity)
        chains[name] = ranges.map { "ip saddr \($0) return" } + ["drop"]
        for address in service.loadBalancerAddresses {
            elements[RuleElement(container: .firewallIPs, key: "\(address) . \(suffix)")] = "goto \(name)"
        }
    }

    /// The rules that pick one of the endpoints.
    private mutating func choice(
        _ endpoints: [Endpoint], _ port: ServicePortModel, _ service: ServiceModel, _ identity: String
    ) -> [String] {
        let protocolMatch = "meta l4proto \(port.transport.rawValue)"
        guard let seconds = service.affinitySeconds else {
            if endpoints.count == 1, let only = endpoints.first {
                return ["\(protocolMatch) dnat to \(only.address):\(only.port)"]
            }
            let places = endpoints.enumerated().map { "\($0) : \($1.address) . \($1.port)" }
            return [
                "\(protocolMatch) dnat to numgen random mod \(endpoints.count) map "
                    + "{ \(places.joined(separator: ", ")) }"
            ]
        }
        var known: [String] = []
        var verdicts: [String] = []
        for (number, endpoint) in endpoints.enumerated() {
            let identity = "\(identity)/\(endpoint.address)/\(endpoint.port)/\(seconds)"
            let chain = RuleName.chain("endpoint", identity)
            let set = RuleName.chain("affinity", identity)
            sets[set] = "type ipv4_addr; size 65536; flags dynamic,timeout; timeout \(seconds)s;"
            chains[chain] = [
                "update @\(set) { ip saddr }", "\(protocolMatch) dnat to \(endpoint.address):\(endpoint.port)",
            ]
            known.append("ip saddr @\(set) goto \(chain)")
            verdicts.append("\(number) : goto \(chain)")
        }
        return known + ["numgen random mod \(endpoints.count) vmap { \(verdicts.joined(separator: ", ")) }"]
    }
}

extension RuleElement {
    /// The same traffic, in the map of what nobody can take.
    fileprivate var withoutEndpoints: RuleElement {
        RuleElement(container: container == .serviceNodePorts ? .noEndpointNodePorts : .noEndpointServices, key: key)
    }
}

/// Names of chains and sets.
enum RuleName {
    /// A name that is unique by a hash of the whole identity and readable by its start; within the kernel's 128 bytes.
    static func chain(_ role: String, _ identity: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in identity.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        let readable = identity.utf8.prefix(72).map { byte -> Character in
            let scalar = Character(UnicodeScalar(byte))
            return scalar.isASCII && (scalar.isLetter || scalar.isNumber || "-/.".contains(scalar)) ? scalar : "_"
        }
        return "\(role)-\(String(repeating: "0", count: 16 - digits.count))\(digits)-\(String(readable))"
    }
}
