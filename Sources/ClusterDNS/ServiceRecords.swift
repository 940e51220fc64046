import KubeAPI

/// The records a Service has, by the specification of Kubernetes' DNS, version 1.1.0.
struct ServiceRecords {
    /// Addresses of Services hardly change; who is behind a headless one does.
    static let serviceSeconds: UInt32 = 30
    static let endpointSeconds: UInt32 = 5

    private let domain: DNSName
    private var records: [DNSName: [DNSRecord]] = [:]

    /// - Parameter domain: the cluster's domain.
    /// - Returns: the records by name, `nil` for a Service that has none.
    static func make(_ service: Service, slices: [EndpointSlice], domain: DNSName) -> [DNSName: [DNSRecord]]? {
        guard
            let name = domain.prepending("svc")?.prepending(service.namespace)?.prepending(service.name)
        else { return nil }
        var made = ServiceRecords(domain: domain)
        if service.spec.type == "ExternalName" {
            guard let target = service.spec.externalName.flatMap({ DNSName($0) }) else { return nil }
            made.add(name, serviceSeconds, .alias(target.lowercased))
        } else if isHeadless(service) {
            made.addEndpoints(service, slices, name)
        } else {
            made.addAddresses(service, name)
        }
        return made.records.isEmpty ? nil : made.records
    }

    static func isHeadless(_ service: Service) -> Bool {
        service.spec.type != "ExternalName" && service.spec.clusterIP == "None"
    }

    private init(domain: DNSName) {
        self.domain = domain
    }

    private mutating func add(_ name: DNSName, _ seconds: UInt32, _ data: RecordData) {
        let record = DNSRecord(seconds: seconds, data: data)
        if records[name]?.contains(record) != true { records[name, default: []].append(record) }
    }

    private mutating func addAddresses(_ service: Service, _ name: DNSName) {
        let texts = service.spec.clusterIPs.isEmpty ? [service.spec.clusterIP ?? ""] : service.spec.clusterIPs
        let addresses = texts.compactMap { IPv4.parse($0) }
        guard !addresses.isEmpty else { return }
        for address in addresses {
            add(name, Self.serviceSeconds, .address(address))
            if let reverse = DNSName.reverse(of: address) { add(reverse, Self.serviceSeconds, .pointer(name)) }
        }
        for port in service.spec.ports {
            guard let number = UInt16(exactly: port.port),
                let named = Self.portName(port.name, port.protocol, name)
            else { continue }
            add(named, Self.serviceSeconds, .service(port: number, weight: 100, target: name))
        }
    }

    private mutating func addEndpoints(_ service: Service, _ slices: [EndpointSlice], _ name: DNSName) {
        let seconds = Self.endpointSeconds
        let publishesAll = service.spec.publishNotReadyAddresses ?? false
        // Sets, and not searches in lists: a headless Service may have thousands of endpoints.
        var seen: Set<DNSName> = []
        var addresses: Set<UInt32> = []
        var found: [DNSName: Set<DNSRecord>] = [:]
        for slice in slices where slice.addressType == "IPv4" {
            let ports = slice.ports.compactMap { port -> (DNSName, UInt16)? in
                guard let number = port.port.flatMap({ UInt16(exactly: $0) }),
                    let named = Self.portName(port.name, port.protocol, name)
                else { return nil }
                return (named, number)
            }
            for endpoint in slice.endpoints where publishesAll || endpoint.conditions?.ready ?? true {
                guard let address = endpoint.addresses.first.flatMap({ IPv4.parse($0) }) else { continue }
                let hostname = endpoint.hostname.flatMap { $0.isEmpty ? nil : $0 }
                guard let host = name.prepending(hostname ?? IPv4.text(address, separator: "-")) else { continue }
                seen.insert(host)
                addresses.insert(address)
                found[host, default: []].insert(DNSRecord(seconds: seconds, data: .address(address)))
                if let reverse = DNSName.reverse(of: address) {
                    found[reverse, default: []].insert(DNSRecord(seconds: seconds, data: .pointer(host)))
                }
                for (named, number) in ports {
                    found[named, default: []].insert(
                        DNSRecord(seconds: seconds, data: .service(port: number, weight: 100, target: host)))
                }
            }
        }
        // With nobody ready the Service's name is there still, and empty.
        records[name] = addresses.sorted().map { DNSRecord(seconds: seconds, data: .address($0)) }
        for (name, set) in found { records[name, default: []] += set }
    }

    /// `_http._tcp.<service>`; `nil` for a port without a name.
    private static func portName(_ port: String?, _ transport: String?, _ service: DNSName) -> DNSName? {
        guard let port, !port.isEmpty else { return nil }
        return service.prepending("_" + (transport ?? "TCP"))?.prepending("_" + port)
    }
}
