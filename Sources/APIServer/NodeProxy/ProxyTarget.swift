import HTTPClient
import KubeAPI
import KubeSchemas
import Machinery
import Store

/// `[scheme:]name[:port]`: how proxied pods, services and nodes are named in paths.
package struct ProxyName: Hashable {
    package let scheme: String
    package let name: String
    package let port: String

    /// `nil` for a text of another form.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: (scheme, name, port) = ("", parts[0], "")
        case 2: (scheme, name, port) = ("", parts[0], parts[1])
        case 3: (scheme, name, port) = (parts[0], parts[1], parts[2])
        default: return nil
        }
        guard ["", "http", "https"].contains(scheme), !name.isEmpty else { return nil }
    }

    func endpoint(host: String, port: Int) -> HTTPEndpoint {
        scheme == "https" ? .https(host: host, port: port) : .http(host: host, port: port)
    }
}

/// Finds out where a proxied request goes.
package struct ProxyTarget: Sendable {
    enum Kind: String, Sendable {
        case pod
        case service
        case node
    }

    struct Place: Sendable {
        let endpoint: HTTPEndpoint
        /// Whether the API server shows who it is: to node agents only.
        let isNodeAgent: Bool
    }

    let kind: Kind
    let pods: Registry
    let services: Registry
    let slices: Registry
    let nodes: Registry
    let connector: NodeConnector

    /// Has admission judge a connection.
    func admit(_ info: RequestInfo, path: String, options: WriteOptions) async throws(StatusError) {
        let (registry, kind) =
            switch self.kind {
            case .pod: (pods, "PodProxyOptions")
            case .service: (services, "ServiceProxyOptions")
            case .node: (nodes, "NodeProxyOptions")
            }
        try await registry.admit(
            .connect, namespace: info.namespace, name: info.name, body: ["path": .string(path)],
            kind: GroupVersionKind(group: "", version: "v1", kind: kind), options: options)
    }

    func place(_ namespace: String, _ text: String) throws(StatusError) -> Place {
        guard let name = ProxyName(text) else {
            throw StatusError.badRequest("invalid \(kind) request \(GoQuote.quote(text))")
        }
        switch kind {
        case .pod: return try podPlace(namespace, name)
        case .service: return try servicePlace(namespace, name)
        case .node: return try nodePlace(name)
        }
    }

    private func podPlace(_ namespace: String, _ name: ProxyName) throws(StatusError) -> Place {
        let pod = Pod(json: try pods.current(namespace, name.name).object)
        let address = pod.status.podIP ?? ""
        guard !address.isEmpty else { throw StatusError.badRequest("address not allowed") }
        try Self.checkReachable(address)
        let first = pod.spec.containers.lazy.flatMap(\.ports).first.map { Int($0.containerPort) }
        guard let port = name.port.isEmpty ? first ?? 80 : Int(name.port), (1...65535).contains(port) else {
            throw StatusError.badRequest("invalid pod request \(GoQuote.quote(":\(name.port)"))")
        }
        return Place(endpoint: name.endpoint(host: address, port: port), isNodeAgent: false)
    }

    private func nodePlace(_ name: ProxyName) throws(StatusError) -> Place {
        let agent = try connector.endpoint(of: name.name)
        guard case .https(let host, let agentPort) = agent else {
            throw StatusError.internalError("node \"\(name.name)\" is not reached by HTTPS")
        }
        guard !name.port.isEmpty, Int(name.port) != agentPort else {
            return Place(endpoint: agent, isNodeAgent: true)
        }
        guard let port = Int(name.port), (1...65535).contains(port) else {
            throw StatusError.badRequest("invalid node request \(GoQuote.quote(":\(name.port)"))")
        }
        try Self.checkReachable(host)
        return Place(endpoint: name.endpoint(host: host, port: port), isNodeAgent: false)
    }

    private func servicePlace(_ namespace: String, _ name: ProxyName) throws(StatusError) -> Place {
        let service = Service(json: try services.current(namespace, name.name).object)
        var portName = name.port
        if let number = Int32(name.port) {
            guard let port = service.spec.ports.first(where: { $0.port == number }) else {
                throw StatusError.serviceUnavailable(
                    "no service port \(number) found for service \(GoQuote.quote(name.name))")
            }
            portName = port.name ?? ""
        }
        var candidates: [(address: String, port: Int)] = []
        for stored in slices.cache.snapshot(slices.bucket).objects(namespace: namespace)
        where stored.header.label("kubernetes.io/service-name") == name.name {
            candidates += ready(EndpointSlice(json: try slices.parse(stored)), portName, namespace)
        }
        guard let chosen = candidates.randomElement() else {
            throw StatusError.serviceUnavailable("no endpoints available for service \(GoQuote.quote(name.name))")
        }
        return Place(endpoint: name.endpoint(host: chosen.address, port: chosen.port), isNodeAgent: false)
    }

    /// Endpoints of pods that are ready and have the address they are said to have: whoever may write endpoints must
    /// not be able to point the API server anywhere else.
    private func ready(_ slice: EndpointSlice, _ portName: String, _ namespace: String) -> [(String, Int)] {
        guard let port = slice.ports.first(where: { ($0.name ?? "") == portName })?.port else { return [] }
        return slice.endpoints.flatMap { endpoint -> [(String, Int)] in
            guard endpoint.conditions?.ready != false, let target = endpoint.targetRef, target.kind == "Pod",
                let stored = try? pods.current(target.namespace ?? namespace, target.name ?? "").object
            else { return [] }
            let known = Pod(json: stored).status.podIPs.map(\.ip)
            return endpoint.addresses.filter { known.contains($0) && Self.isReachable($0) }.map { ($0, Int(port)) }
        }
    }

    private static func checkReachable(_ host: String) throws(StatusError) {
        guard isReachable(host) else { throw StatusError.badRequest("address not allowed") }
    }

    /// The API server's own machine is nothing that a pod or node may stand for.
    package static func isReachable(_ host: String) -> Bool {
        guard let address = InternetAddress(host)?.unmapped else { return host.lowercased() != "localhost" }
        return !address.isLoopback && !address.isLinkLocalUnicast && !address.isMulticast && !address.isUnspecified
    }
}
