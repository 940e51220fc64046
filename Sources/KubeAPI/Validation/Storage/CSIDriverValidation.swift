import Machinery

/// Drivers of the Container Storage Interface, where they run, and how much they have to give.
package enum CSIDriverValidation {
    private static let spec = FieldPath("spec")
    private static let maximumNameBytes = 63
    private static let maximumNodeIDBytes = 256
    private static let minimumTokenSeconds: Int64 = 600
    private static let maximumTokenSeconds: Int64 = 1 << 32

    package static func validate(_ driver: CSIDriver) -> [FieldError] {
        let given = driver.spec
        var errors: [FieldError] = []
        // The path of attachRequired has a typing error in Kubernetes, which clients may know by now.
        if given.attachRequired == nil { errors.append(.required(spec.child("attachedRequired"))) }
        if given.podInfoOnMount == nil { errors.append(.required(spec.child("podInfoOnMount"))) }
        if given.storageCapacity == nil { errors.append(.required(spec.child("storageCapacity"))) }
        if let policy = given.fsGroupPolicy {
            errors += Check.supported(
                policy, ["File", "None", "ReadWriteOnceWithFSType"], at: spec.child("fsGroupPolicy"))
        }
        errors += validate(given.tokenRequests, at: spec.child("tokenRequests"))
        for mode in given.volumeLifecycleModes {
            errors += Check.supported(mode, ["Persistent", "Ephemeral"], at: spec.child("volumeLifecycleModes"))
        }
        if given.seLinuxMount == nil { errors.append(.required(spec.child("seLinuxMount"))) }
        if let period = given.nodeAllocatableUpdatePeriodSeconds, period < 10 {
            errors.append(
                .invalid(
                    spec.child("nodeAllocatableUpdatePeriodSeconds"), period,
                    "must be greater than or equal to 10 seconds"))
        }
        if let inSecrets = given.serviceAccountTokenInSecrets, given.tokenRequests.isEmpty {
            errors.append(
                .invalid(
                    spec.child("serviceAccountTokenInSecrets"), .bool(inSecrets),
                    "serviceAccountTokenInSecrets is set but no tokenRequests are specified"))
        }
        return errors
    }

    package static func validateUpdate(_ new: CSIDriver, from old: CSIDriver) -> [FieldError] {
        Check.unchanged(
            new.spec.json["attachRequired"], from: old.spec.json["attachRequired"], at: spec.child("attachedRequired"))
            + Check.unchanged(
                new.spec.json["volumeLifecycleModes"], from: old.spec.json["volumeLifecycleModes"],
                at: spec.child("volumeLifecycleModes"))
    }

    /// Tokens in volume attributes may end up in logs.
    package static func warnings(_ new: CSIDriver, from old: CSIDriver?) -> [String] {
        guard !new.spec.tokenRequests.isEmpty, new.spec.serviceAccountTokenInSecrets == nil,
            old?.spec.tokenRequests != new.spec.tokenRequests
        else { return [] }
        return [
            "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent "
                + "possible logging of tokens in volume attributes"
        ]
    }

    private static func validate(_ requests: [StorageTokenRequest], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var audiences: Set<String> = []
        for (index, request) in requests.enumerated() {
            let place = path.index(index)
            guard audiences.insert(request.audience).inserted else {
                errors.append(.duplicate(place.child("audience"), request.audience))
                continue
            }
            guard let seconds = request.expirationSeconds else { continue }
            let field = place.child("expirationSeconds")
            if seconds < minimumTokenSeconds {
                errors.append(.invalid(field, seconds, "may not specify a duration less than 10 minutes"))
            }
            if seconds > maximumTokenSeconds {
                errors.append(.invalid(field, seconds, "may not specify a duration larger than 2^32 seconds"))
            }
        }
        return errors
    }

    static func validateName(_ name: String, at path: FieldPath) -> [FieldError] {
        if name.isEmpty { return [.required(path)] }
        let tooLong: [FieldError] =
            name.utf8.count > maximumNameBytes ? [.tooLong(path, maximumBytes: maximumNameBytes)] : []
        return tooLong + Names.dns1123Subdomain(name.lowercased()).map { .invalid(path, name, $0) }
    }

    // MARK: Nodes

    package static func validate(_ node: CSINode) -> [FieldError] {
        var names: Set<String> = []
        return node.spec.drivers.enumerated().flatMap { index, driver in
            validate(driver, isFirst: names.insert(driver.name).inserted, at: spec.child("drivers").index(index))
        }
    }

    private static func validate(_ driver: CSINodeDriver, isFirst: Bool, at path: FieldPath) -> [FieldError] {
        var errors = validateName(driver.name, at: path.child("name"))
        if driver.nodeID.isEmpty { errors.append(.required(path.child("nodeID"))) }
        if driver.nodeID.utf8.count > maximumNodeIDBytes {
            errors.append(
                .invalid(path.child("nodeID"), driver.nodeID, "must be \(maximumNodeIDBytes) characters or less"))
        }
        errors += Check.notNegative(driver.allocatable?.count, at: path.child("allocatable", "count"))
        if !isFirst { errors.append(.duplicate(path.child("name"), driver.name)) }
        var keys: Set<String> = []
        for key in driver.topologyKeys {
            if key.isEmpty { errors.append(.required(path)) }
            if !keys.insert(key).inserted { errors.append(.duplicate(path, key)) }
            errors += Names.qualifiedName(key).map { .invalid(path, key, $0) }
        }
        return errors
    }

    /// A driver's entry may come and go, but not change, save for how many volumes it takes.
    package static func validateUpdate(_ new: CSINode, from old: CSINode) -> [FieldError] {
        old.spec.drivers.flatMap { before in
            new.spec.drivers.filter { $0.name == before.name }.flatMap { after in
                var (before, after) = (before, after)
                before.allocatable = nil
                after.allocatable = nil
                return Check.unchanged(.object(after.json), from: .object(before.json), at: spec.child("drivers"))
            }
        }
    }

    // MARK: Capacity

    package static func validate(_ capacity: CSIStorageCapacity) -> [FieldError] {
        var errors = Selector.validate(labelSelector: capacity.nodeTopology?.json, at: "nodeTopology")
        errors += Names.dns1123Subdomain(capacity.storageClassName).map {
            .invalid("storageClassName", capacity.storageClassName, $0)
        }
        if let amount = capacity.capacity, amount < .zero {
            errors.append(.invalid("capacity", amount.description, Check.notNegativeText))
        }
        return errors
    }

    package static func validateUpdate(_ new: CSIStorageCapacity, from old: CSIStorageCapacity) -> [FieldError] {
        ["nodeTopology", "storageClassName"].flatMap { key in
            Check.unchanged(new.json[key], from: old.json[key], at: FieldPath(key))
        }
    }
}
