import Machinery

/// Questions about pools of devices, and the answers.
package enum PoolStatusValidation {
    private static let maximumPools = 1000
    private static let maximumConditions = 10
    private static let maximumErrorBytes = 256

    package static func validate(_ request: ResourcePoolStatusRequest) -> [FieldError] {
        let path = FieldPath("spec")
        var errors = driver(request.spec.driver, at: path.child("driver"))
        if let pool = request.spec.poolName { errors += DeviceCheck.pool(pool, at: path.child("poolName")) }
        if let limit = request.spec.limit { errors += range(limit, 1, maximumPools, at: path.child("limit")) }
        return errors
    }

    package static func validateUpdate(
        _ new: ResourcePoolStatusRequest, from old: ResourcePoolStatusRequest
    ) -> [FieldError] {
        Check.unchanged(new.json["spec"], from: old.json["spec"], at: "spec")
    }

    package static func validateStatus(_ request: ResourcePoolStatusRequest) -> [FieldError] {
        guard request.json["status"] != nil else { return [] }
        let path = FieldPath("status")
        var errors: [FieldError] = []
        if request.status.json["poolCount"] == nil {
            errors.append(.required(path.child("poolCount")))
        } else {
            errors += range(request.status.poolCount, 0, nil, at: path.child("poolCount"))
        }
        errors += DeviceCheck.list(
            request.status.pools, atMost: maximumPools, at: path.child("pools"), validate)
        let conditions = path.child("conditions")
        return errors + Check.atMost(maximumConditions, request.status.conditions.count, at: conditions)
            + Check.conditions(request.status.conditions, at: conditions)
    }

    private static func validate(_ pool: PoolStatus, at path: FieldPath) -> [FieldError] {
        var errors = driver(pool.driver, at: path.child("driver"))
        errors += DeviceCheck.pool(pool.poolName, at: path.child("poolName"))
        errors += Check.notNegative(pool.generation, at: path.child("generation"))
        if let count = pool.resourceSliceCount { errors += range(count, 1, nil, at: path.child("resourceSliceCount")) }
        for key in ["totalDevices", "allocatedDevices", "availableDevices", "unavailableDevices"] {
            errors += Check.notNegative(pool.json.int64(key), at: path.child(key))
        }
        errors += Check.nameIfGiven(pool.nodeName, at: path.child("nodeName"), Names.dns1123Subdomain)
        if (pool.validationError ?? "").utf8.count > maximumErrorBytes {
            errors.append(.tooLong(path.child("validationError"), maximumBytes: maximumErrorBytes))
        }
        return errors
    }

    private static func driver(_ name: String, at path: FieldPath) -> [FieldError] {
        name.isEmpty
            ? [.required(path)] : Names.dns1123Subdomain(name.lowercased()).map { .invalid(path, name, $0) }
    }

    private static func range(_ value: Int32, _ minimum: Int, _ maximum: Int?, at path: FieldPath) -> [FieldError] {
        if Int(value) < minimum {
            return [.invalid(path, value, "must be greater than or equal to \(minimum)")]
        }
        guard let maximum, Int(value) > maximum else { return [] }
        return [.invalid(path, value, "must be less than or equal to \(maximum)")]
    }
}
