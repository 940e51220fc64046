import KubeAPI
import KubeSchemas
import Machinery
import Store

/// Finds a server behind a Service.
///
/// Requests go to a ready endpoint rather than to the Service's address: that works on machines without a service proxy,
/// and as soon as the endpoint is known.
struct ServiceEndpoints: Sendable {
    private static let slices = EndpointSlice.resource.groupResource.description
    private static let serviceLabel = "kubernetes.io/service-name"

    let lookup: ObjectLookup

    func place(_ namespace: String, _ name: String, port: Int) throws(WebhookCallError) -> (host: String, port: Int) {
        guard let service = lookup.object("services", namespace, name).map(Service.init(json:)) else {
            throw WebhookCallError("service \(GoQuote.quote(name)) not found")
        }
        if service.spec.type == "ExternalName" { return (service.spec.externalName ?? "", port) }
        guard let servicePort = service.spec.ports.first(where: { Int($0.port) == port }) else {
            throw WebhookCallError("no service port \(port) found for service \(GoQuote.quote(name))")
        }
        let candidates = lookup.cache.snapshot(Self.slices).objects(namespace: namespace).filter {
            $0.header.label(Self.serviceLabel) == name
        }.flatMap { ready($0.key, portName: servicePort.name ?? "") }
        guard let chosen = candidates.randomElement() else {
            throw WebhookCallError("no endpoints available for service \(GoQuote.quote(name))")
        }
        return chosen
    }

    private func ready(_ key: StoreKey, portName: String) -> [(host: String, port: Int)] {
        guard let slice = lookup.object(Self.slices, key.namespace, key.name).map(EndpointSlice.init(json:)),
            let port = slice.ports.first(where: { ($0.name ?? "") == portName })?.port
        else { return [] }
        return slice.endpoints.filter { $0.conditions?.ready != false }.flatMap(\.addresses).map { ($0, Int(port)) }
    }
}
