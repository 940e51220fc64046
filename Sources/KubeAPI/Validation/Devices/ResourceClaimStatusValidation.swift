import Machinery

/// What was allocated for a claim, who uses it, and how the devices do.
package enum ResourceClaimStatusValidation {
    private static let path = FieldPath("status")
    private static let maximumConsumers = 256
    private static let maximumResults = 32
    private static let maximumConditions = 8
    private static let maximumDataBytes = 10 * 1024
    private static let maximumAddresses = 16

    package static func validateUpdate(
        _ new: ResourceResourceClaim, from old: ResourceResourceClaim
    ) -> [FieldError] {
        let status = new.status
        let reserved = path.child("reservedFor")
        var errors = DeviceCheck.list(
            status.reservedFor, atMost: maximumConsumers, at: reserved, validate)
        errors += Check.unique(status.reservedFor.map(\.uid), at: reserved)
        let allocated = Set(status.allocation?.devices?.results.map { identity($0.json) } ?? [])
        let devices = path.child("devices")
        for (index, device) in status.devices.enumerated() {
            errors += validate(device, allocated, at: devices.index(index))
        }
        errors += Check.unique(status.devices.map { identity($0.json) }, at: devices)
        if !status.reservedFor.isEmpty {
            if status.allocation == nil {
                errors.append(.forbidden(reserved, "may not be specified when `allocated` is not set"))
            } else if new.isBeingDeleted, !Set(status.reservedFor).isSubset(of: old.status.reservedFor) {
                errors.append(
                    .forbidden(
                        reserved,
                        "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set"))
            }
        }
        guard let allocation = status.allocation else { return errors }
        if old.status.allocation != nil {
            return errors
                + Check.unchanged(
                    .object(allocation.json), from: old.status.json["allocation"], at: path.child("allocation"))
        }
        let names = RequestNames(new.spec.devices ?? DeviceClaim())
        return errors + validate(allocation, names, at: path.child("allocation"))
    }

    private static func identity(_ device: JSONObject) -> String {
        let name = ["driver", "pool", "device"].map { device.string($0) ?? "" }.joined(separator: "/")
        return device.string("shareID").map { "\(name)/\($0)" } ?? name
    }

    private static func validate(_ consumer: ResourceClaimConsumerReference, at path: FieldPath) -> [FieldError] {
        [("resource", consumer.resource), ("name", consumer.name), ("uid", consumer.uid)]
            .filter(\.1.isEmpty).map { .required(path.child($0.0)) }
    }

    private static func validate(
        _ allocation: AllocationResult, _ names: RequestNames, at path: FieldPath
    ) -> [FieldError] {
        let devices = allocation.devices ?? DeviceAllocationResult()
        let place = path.child("devices")
        var errors = DeviceCheck.list(devices.results, atMost: maximumResults, at: place.child("results")) {
            validate($0, names, at: $1)
        }
        errors += DeviceCheck.list(
            devices.config, atMost: 2 * DeviceCheck.maximumConfigurations, at: place.child("config")
        ) { configuration, place in
            Check.oneOf(configuration.source, ["FromClaim", "FromClass"], at: place.child("source"))
                + names.validate(configuration.requests, at: place.child("requests"))
                + DeviceCheck.configuration(configuration.opaque, isStored: false, at: place)
        }
        if let selector = allocation.nodeSelector {
            errors += DeviceCheck.nodeSelector(selector, at: path.child("nodeSelector"))
        }
        return errors
    }

    private static func validate(
        _ result: DeviceRequestAllocationResult, _ names: RequestNames, at path: FieldPath
    ) -> [FieldError] {
        var errors = names.validate(result.request, at: path.child("request"))
        errors += validatePlace(result.json, at: path)
        errors += DeviceCheck.bindingConditions(result.bindingConditions, result.bindingFailureConditions, at: path)
        if let share = result.shareID { errors += DeviceCheck.uid(share, at: path.child("shareID")) }
        return errors
    }

    private static func validatePlace(_ device: JSONObject, at path: FieldPath) -> [FieldError] {
        DeviceCheck.driver(device.string("driver") ?? "", at: path.child("driver"))
            + DeviceCheck.pool(device.string("pool") ?? "", at: path.child("pool"))
            + DeviceCheck.label(device.string("device") ?? "", at: path.child("device"))
    }

    private static func validate(
        _ device: AllocatedDeviceStatus, _ allocated: Set<String>, at path: FieldPath
    ) -> [FieldError] {
        var errors = validatePlace(device.json, at: path)
        if let share = device.shareID { errors += DeviceCheck.uid(share, at: path.child("shareID")) }
        if !allocated.contains(identity(device.json)) {
            errors.append(
                .invalid(path, identity(device.json), "must be an allocated device in the claim"))
        }
        let conditions = path.child("conditions")
        errors += Check.atMost(maximumConditions, device.conditions.count, at: conditions)
        errors += Check.conditions(device.conditions, at: conditions)
        if let data = device.data {
            errors += DeviceCheck.raw(data, maximumBytes: maximumDataBytes, at: path.child("data"))
        }
        guard let network = device.networkData else { return errors }
        return errors + validate(network, at: path.child("networkData"))
    }

    private static func validate(_ network: NetworkDeviceData, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (key, value, maximum) in [
            ("interfaceName", network.interfaceName, 256), ("hardwareAddress", network.hardwareAddress, 128),
        ] where (value ?? "").utf8.count > maximum {
            errors.append(.tooLong(path.child(key), maximumBytes: maximum))
        }
        let place = path.child("ips")
        errors += DeviceCheck.list(network.ips, atMost: maximumAddresses, at: place, validate(address:at:))
        return errors + Check.unique(network.ips, at: place)
    }

    /// An address with the length of its network.
    private static func validate(address text: String, at path: FieldPath) -> [FieldError] {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let address = InternetAddress(parts[0]), let length = Int(parts[1]),
            CIDR(address, length: length) != nil
        else {
            return [
                .invalid(
                    path, text,
                    "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)")
            ]
        }
        let canonical = "\(address)/\(length)"
        return text == canonical
            ? [] : [.invalid(path, text, "must be in canonical form (\(GoQuote.quote(canonical)))")]
    }
}
