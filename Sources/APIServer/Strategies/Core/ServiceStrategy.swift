import KubeAPI
import Machinery

/// Services: the fields that their type asks for; addresses and ports come from the allocator.
struct ServiceStrategy: Strategy {
    private static let affinitySeconds: Int32 = 10800

    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        Names.dns1035Label(isPrefix ? maskTrailingDash(name) : name)
    }

    func applyDefaults(_ service: inout Service) {
        guard service.json["spec"] != nil else { return }
        var spec = service.spec
        let type = spec.type ?? "ClusterIP"
        if spec.sessionAffinity == "None" {
            spec.sessionAffinityConfig = nil
        } else if spec.sessionAffinity == "ClientIP", spec.sessionAffinityConfig?.clientIP?.timeoutSeconds == nil {
            var clientIP = ClientIPConfig()
            clientIP.timeoutSeconds = Self.affinitySeconds
            var configuration = SessionAffinityConfig()
            configuration.clientIP = clientIP
            spec.sessionAffinityConfig = configuration
        }
        if !spec.ports.isEmpty {
            spec.ports = spec.ports.map { port in
                var port = port
                if port.targetPort == nil || port.targetPort == .int(0) || port.targetPort == .string("") {
                    port.targetPort = .int(port.port)
                }
                return port
            }
        }
        if type == "NodePort" || type == "LoadBalancer", (spec.externalTrafficPolicy ?? "").isEmpty {
            spec.externalTrafficPolicy = "Cluster"
        }
        if type != "ExternalName", (spec.internalTrafficPolicy ?? "").isEmpty {
            spec.internalTrafficPolicy = "Cluster"
        }
        if type == "LoadBalancer", spec.allocateLoadBalancerNodePorts == nil {
            spec.allocateLoadBalancerNodePorts = true
        }
        service.spec = spec
    }

    func prepareForCreate(_ service: inout Service) {
        service.json["status"] = ["loadBalancer": .object(JSONObject())]
    }

    func prepareForUpdate(_ service: inout Service, from old: Service) {
        service.json["status"] = old.json["status"]
        dropUnneeded(&service, from: old)
        keepAllocated(&service, from: old)
    }

    /// Fields of another type go with the type, unless the client set them itself just now.
    private func dropUnneeded(_ service: inout Service, from old: Service) {
        let (now, before) = (service.spec.type ?? "", old.spec.type ?? "")
        guard now != before else { return }
        if now == "ExternalName", service.spec.clusterIP == old.spec.clusterIP {
            service.spec.clusterIP = nil
            service.spec.clusterIPs = []
            service.spec.ipFamilies = []
            service.spec.ipFamilyPolicy = nil
            service.spec.internalTrafficPolicy = nil
        }
        if now != "NodePort", now != "LoadBalancer" {
            let taken = Set(old.spec.ports.compactMap(\.nodePort))
            service.spec.ports = service.spec.ports.map { port in
                var port = port
                if let number = port.nodePort, taken.contains(number) { port.nodePort = nil }
                return port
            }
            if service.spec.externalTrafficPolicy == old.spec.externalTrafficPolicy {
                service.spec.externalTrafficPolicy = nil
            }
        }
        if now != "LoadBalancer" {
            service.spec.allocateLoadBalancerNodePorts = nil
            service.spec.loadBalancerClass = nil
            service.json["status"] = ["loadBalancer": .object(JSONObject())]
        }
    }

    /// Clients may leave out what the server gave the service.
    private func keepAllocated(_ service: inout Service, from old: Service) {
        guard service.spec.type != "ExternalName", old.spec.type != "ExternalName" else { return }
        if (service.spec.clusterIP ?? "").isEmpty, service.spec.clusterIPs.isEmpty {
            service.spec.clusterIP = old.spec.clusterIP
            service.spec.clusterIPs = old.spec.clusterIPs
        } else if service.spec.clusterIPs.isEmpty, service.spec.clusterIP == old.spec.clusterIP {
            service.spec.clusterIPs = old.spec.clusterIPs
        }
        if service.spec.ipFamilies.isEmpty { service.spec.ipFamilies = old.spec.ipFamilies }
        if service.spec.ipFamilyPolicy == nil { service.spec.ipFamilyPolicy = old.spec.ipFamilyPolicy }
        guard service.spec.type == "NodePort" || service.spec.type == "LoadBalancer" else { return }
        let given = Set(service.spec.ports.compactMap(\.nodePort))
        service.spec.ports = service.spec.ports.map { port in
            var port = port
            if (port.nodePort ?? 0) == 0,
                let known = old.spec.ports.first(where: { $0.port == port.port && $0.protocol == port.protocol }),
                let number = known.nodePort, number != 0, !given.contains(number)
            {
                port.nodePort = number
            }
            return port
        }
    }

    func validate(_ service: Service) -> [FieldError] { ServiceValidation.validate(service) }
    func validateUpdate(_ service: Service, from old: Service) -> [FieldError] {
        ServiceValidation.validateUpdate(service, from: old)
    }

    var allowsCreateOnUpdate: Bool { true }
    var returnsDeletedObject: Bool { true }

    var selectableFieldNames: [String] { ["spec.clusterIP", "spec.type"] }
    func selectableFields(_ service: Service) -> [(name: String, value: String)] {
        [("spec.clusterIP", service.spec.clusterIP ?? ""), ("spec.type", service.spec.type ?? "")]
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Type", description: "How it is reached."),
            TableColumn("Cluster-IP", description: "Its address within the cluster."),
            TableColumn("External-IP", description: "Its addresses outside of the cluster."),
            TableColumn("Port(s)", description: "Its ports, with those of the nodes."), .age,
            TableColumn("Selector", description: "The labels of the pods behind it.", priority: 1),
        ]
    }

    func cells(_ service: Service, now: Timestamp) -> [JSON] {
        let spec = service.spec
        let ports = spec.ports.map { port in
            let node = port.nodePort.flatMap { $0 > 0 ? ":\($0)" : nil } ?? ""
            return "\(port.port)\(node)/\(port.protocol ?? "TCP")"
        }
        return [
            .string(service.name), .string(spec.type ?? ""), TableCell.text(spec.clusterIPs.first ?? spec.clusterIP),
            .string(external(service)), TableCell.text(ports.joined(separator: ",")),
            TableCell.age(service.metadata.creationTimestamp, now: now), TableCell.labels(spec.selector),
        ]
    }

    private func external(_ service: Service) -> String {
        let addresses = service.spec.externalIPs
        switch service.spec.type {
        case "ExternalName": return service.spec.externalName ?? ""
        case "LoadBalancer":
            let given = service.status.loadBalancer?.ingress.map { $0.ip ?? $0.hostname ?? "" } ?? []
            let all = given.filter { !$0.isEmpty } + addresses
            return all.isEmpty ? "<pending>" : all.joined(separator: ",")
        default: return addresses.isEmpty ? "<none>" : addresses.joined(separator: ",")
        }
    }
}
