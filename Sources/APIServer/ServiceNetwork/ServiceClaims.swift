import KubeAPI
import KubeSchemas
import Machinery
import Store

/// What a Service at rest has: its cluster addresses and node ports, read once per state.
struct ServiceClaims: Sendable {
    static let bucket = Service.resource.groupResource.description
    private static let key = DerivedKey(rawValue: 9)

    let addresses: [InternetAddress]
    let ports: Set<Int32>

    init(_ service: Service) {
        addresses = service.spec.clusterIPs.compactMap { InternetAddress($0) }
        var ports = Set(service.spec.ports.compactMap(\.nodePort).filter { $0 > 0 })
        if let number = service.spec.healthCheckNodePort, number > 0 { ports.insert(number) }
        self.ports = ports
    }

    static func of(_ stored: StoredObject) throws(StatusError) -> ServiceClaims {
        try stored.derived.value(key) { () throws(StatusError) -> ServiceClaims in
            do {
                let object = try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys).objectValue ?? JSONObject()
                return ServiceClaims(Service(json: object))
            } catch {
                // What it has is unknown, and must not be given to another.
                throw StatusError.internalError("service \(stored.key.namespace)/\(stored.key.name): \(error)")
            }
        }
    }
}
