import KubeAPI

/// Variables that tell containers of the Services of their namespace, in the form Docker's links once had.
enum ServiceVariables {
    static func variables(_ services: [Service], pod: Pod) -> [String: String] {
        var variables: [String: String] = [:]
        let linksAll = pod.spec.enableServiceLinks ?? true
        // The pod's own namespace comes last, and so wins.
        let own = services.filter { $0.namespace == pod.namespace }
        let others = services.filter { $0.namespace != pod.namespace }
        for service in others + own {
            let isMaster = service.name == "kubernetes" && service.namespace == "default"
            guard isMaster || linksAll && service.namespace == pod.namespace else { continue }
            guard let address = service.spec.clusterIP, !address.isEmpty, address != "None" else { continue }
            add(service, address, &variables)
        }
        return variables
    }

    private static func add(_ service: Service, _ address: String, _ variables: inout [String: String]) {
        let prefix = variableName(service.name)
        let ports = service.spec.ports
        guard let first = ports.first else { return }
        let host = address.contains(":") ? "[\(address)]" : address
        variables[prefix + "_SERVICE_HOST"] = address
        variables[prefix + "_SERVICE_PORT"] = String(first.port)
        variables[prefix + "_PORT"] = "\((first.protocol ?? "TCP").lowercased())://\(host):\(first.port)"
        for port in ports {
            if let name = port.name, !name.isEmpty {
                variables["\(prefix)_SERVICE_PORT_\(variableName(name))"] = String(port.port)
            }
            let kind = port.protocol ?? "TCP"
            let link = "\(prefix)_PORT_\(port.port)_\(kind)"
            variables[link] = "\(kind.lowercased())://\(host):\(port.port)"
            variables[link + "_PROTO"] = kind.lowercased()
            variables[link + "_PORT"] = String(port.port)
            variables[link + "_ADDR"] = address
        }
    }

    private static func variableName(_ name: String) -> String {
        name.replacingCharacter("-", with: "_").uppercased()
    }
}
