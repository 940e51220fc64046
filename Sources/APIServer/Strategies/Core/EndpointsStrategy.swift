import KubeAPI
import Machinery

/// Endpoints, the older form of EndpointSlices.
struct EndpointsStrategy: Strategy {
    func prepareForCreate(_ endpoints: inout Endpoints) {}
    func prepareForUpdate(_ endpoints: inout Endpoints, from old: Endpoints) {}
    func validate(_ endpoints: Endpoints) -> [FieldError] { EndpointsValidation.validate(endpoints) }
    var allowsCreateOnUpdate: Bool { true }

    var columns: [TableColumn] {
        [.name, TableColumn("Endpoints", description: "Addresses and ports behind the service."), .age]
    }

    func cells(_ endpoints: Endpoints, now: Timestamp) -> [JSON] {
        var places: [String] = []
        for subset in endpoints.subsets {
            let addresses = subset.addresses.map { $0.ip.contains(":") ? "[\($0.ip)]" : $0.ip }
            if subset.ports.isEmpty { places += addresses }
            for port in subset.ports { places += addresses.map { "\($0):\(port.port)" } }
        }
        return [
            .string(endpoints.name), TableCell.few(places, empty: "<none>"),
            TableCell.age(endpoints.metadata.creationTimestamp, now: now),
        ]
    }
}
