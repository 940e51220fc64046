import Machinery

package enum EndpointsValidation {
    package static func validate(_ endpoints: Endpoints) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, subset) in endpoints.subsets.enumerated() {
            let path = FieldPath("subsets").index(index)
            if subset.addresses.isEmpty, subset.notReadyAddresses.isEmpty {
                errors.append(.required(path, "must specify `addresses` or `notReadyAddresses`"))
            }
            for (position, port) in subset.ports.enumerated() {
                let place = path.child("ports").index(position)
                if (port.name ?? "").isEmpty, subset.ports.count > 1 { errors.append(.required(place.child("name"))) }
                errors += Check.nameIfGiven(port.name, at: place.child("name"), Names.dns1123Label)
                errors += Check.port(port.port, at: place.child("port"))
                errors += Check.oneOf(port.protocol, ["SCTP", "TCP", "UDP"], at: place.child("protocol"))
            }
        }
        return errors
    }
}

package enum EndpointSliceValidation {
    private static let maximumEndpoints = 1000
    private static let maximumPorts = 20000

    package static func validate(_ slice: EndpointSlice) -> [FieldError] {
        var errors = Check.oneOf(slice.addressType, ["FQDN", "IPv4", "IPv6"], at: FieldPath("addressType"))
        if slice.endpoints.count > maximumEndpoints {
            errors.append(
                .tooMany(FieldPath("endpoints"), count: slice.endpoints.count, maximum: maximumEndpoints))
            return errors
        }
        for (index, endpoint) in slice.endpoints.enumerated() {
            let place = FieldPath("endpoints").index(index)
            if endpoint.addresses.isEmpty {
                errors.append(.required(place.child("addresses"), "must contain at least 1 address"))
            }
            errors += Check.nameIfGiven(endpoint.hostname, at: place.child("hostname"), Names.dns1123Label)
        }
        if slice.ports.count > maximumPorts {
            errors.append(.tooMany(FieldPath("ports"), count: slice.ports.count, maximum: maximumPorts))
            return errors
        }
        var names: Set<String> = []
        for (index, port) in slice.ports.enumerated() {
            let place = FieldPath("ports").index(index)
            let name = port.name ?? ""
            errors += Check.nameIfGiven(name, at: place.child("name"), Names.dns1123Label)
            if !names.insert(name).inserted { errors.append(.duplicate(place.child("name"), name)) }
            errors += Check.oneOf(port.protocol, ["SCTP", "TCP", "UDP"], at: place.child("protocol"))
            if let number = port.port { errors += Check.port(number, at: place.child("port")) }
        }
        return errors
    }

    package static func validateUpdate(_ slice: EndpointSlice, from old: EndpointSlice) -> [FieldError] {
        Check.unchanged(slice.json["addressType"], from: old.json["addressType"], at: FieldPath("addressType"))
    }
}
