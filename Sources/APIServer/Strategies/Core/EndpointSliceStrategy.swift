import KubeAPI
import Machinery

/// EndpointSlices: every change counts in their generation.
struct EndpointSliceStrategy: Strategy {
    func prepareForCreate(_ slice: inout EndpointSlice) {
        slice.metadata.generation = 1
    }

    func prepareForUpdate(_ slice: inout EndpointSlice, from old: EndpointSlice) {
        let changed =
            slice.json["endpoints"] != old.json["endpoints"] || slice.json["ports"] != old.json["ports"]
            || slice.labels != old.labels || slice.annotations != old.annotations
        slice.metadata.generation = (old.metadata.generation ?? 0) + (changed ? 1 : 0)
    }

    func validate(_ slice: EndpointSlice) -> [FieldError] { EndpointSliceValidation.validate(slice) }
    func validateUpdate(_ slice: EndpointSlice, from old: EndpointSlice) -> [FieldError] {
        EndpointSliceValidation.validateUpdate(slice, from: old)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("AddressType", description: "The kind of its addresses."),
            TableColumn("Ports", description: "The ports of its endpoints."),
            TableColumn("Endpoints", description: "Its addresses."), .age,
        ]
    }

    func cells(_ slice: EndpointSlice, now: Timestamp) -> [JSON] {
        let ports = slice.ports.map { $0.port.map(String.init) ?? "*" }
        return [
            .string(slice.name), .string(slice.addressType), TableCell.few(ports, empty: "<unset>"),
            TableCell.few(slice.endpoints.flatMap(\.addresses), empty: "<unset>"),
            TableCell.age(slice.metadata.creationTimestamp, now: now),
        ]
    }
}
