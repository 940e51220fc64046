import KubeAPI
import Machinery

struct DeviceClassStrategy: Strategy {
    private let rules = DeviceClassValidation(expressions: Expressions.shared)

    func validate(_ deviceClass: DeviceClass) -> [FieldError] { rules.validate(deviceClass) }
    func validateChange(_ deviceClass: DeviceClass, from old: DeviceClass) -> [FieldError] {
        rules.validate(deviceClass, from: old)
    }
}

struct ResourceSliceStrategy: Strategy {
    let clock: any WallClock = SystemWallClock()

    func applyDefaults(_ slice: inout ResourceSlice) {
        guard
            slice.spec.devices.contains(where: {
                !$0.taints.isEmpty || $0.json["nodeAllocatableResourceMappings"] != nil
            })
        else { return }
        slice.spec.devices = slice.spec.devices.map { device in
            var device = device
            device.taints = device.taints.map { taint in
                var taint = taint
                taint.timeAdded = taint.timeAdded ?? clock.now.inSeconds
                return taint
            }
            device.nodeAllocatableResourceMappings = device.nodeAllocatableResourceMappings.mapValues { mapping in
                var mapping = mapping
                if mapping.allocationMultiplier == nil { mapping.json["allocationMultiplier"] = "1" }
                return mapping
            }
            return device
        }
    }

    func validate(_ slice: ResourceSlice) -> [FieldError] { ResourceSliceValidation.validate(slice) }
    func validateChange(_ slice: ResourceSlice, from old: ResourceSlice) -> [FieldError] {
        ResourceSliceValidation.validate(slice, from: old)
    }
    func warnings(for slice: ResourceSlice, from old: ResourceSlice?) -> [String] {
        ResourceSliceValidation.warnings(slice)
    }

    var selectableFieldNames: [String] { ["spec.nodeName", "spec.driver"] }
    func selectableFields(_ slice: ResourceSlice) -> [(name: String, value: String)] {
        [("spec.nodeName", slice.spec.nodeName ?? ""), ("spec.driver", slice.spec.driver)]
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Node", description: "The node that has the devices."),
            TableColumn("Driver", description: "Who published them."),
            TableColumn("Pool", description: "The pool they are of."), .age,
        ]
    }

    func cells(_ slice: ResourceSlice, now: Timestamp) -> [JSON] {
        [
            .string(slice.name), .string(slice.spec.nodeName ?? ""), .string(slice.spec.driver),
            .string(slice.spec.pool.name), TableCell.age(slice.metadata.creationTimestamp, now: now),
        ]
    }
}

struct DeviceTaintRuleStrategy: Strategy {
    let clock: any WallClock = SystemWallClock()

    func applyDefaults(_ rule: inout DeviceTaintRule) {
        guard rule.spec.json["taint"] != nil, rule.spec.taint.timeAdded == nil else { return }
        rule.spec.taint.timeAdded = clock.now.inSeconds
    }

    func validate(_ rule: DeviceTaintRule) -> [FieldError] { DeviceClassValidation.validate(rule) }
    func validateChange(_ rule: DeviceTaintRule, from old: DeviceTaintRule) -> [FieldError] {
        DeviceClassValidation.validate(rule, from: old)
    }
    func validateStatusUpdate(_ rule: DeviceTaintRule, from old: DeviceTaintRule) -> [FieldError] {
        DeviceClassValidation.validateStatus(rule)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Key", description: "The taint's key."),
            TableColumn("Value", description: "The taint's value."),
            TableColumn("Effect", description: "What it does to pods that do not tolerate it."),
            TableColumn("TimeAdded", description: "Since when it holds."), .age,
        ]
    }

    func cells(_ rule: DeviceTaintRule, now: Timestamp) -> [JSON] {
        let taint = rule.spec.taint
        return [
            .string(rule.name), .string(taint.key), .string(taint.value ?? ""), .string(taint.effect),
            TableCell.age(taint.timeAdded, now: now), TableCell.age(rule.metadata.creationTimestamp, now: now),
        ]
    }
}

struct ResourcePoolStatusRequestStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func validate(_ request: ResourcePoolStatusRequest) -> [FieldError] { PoolStatusValidation.validate(request) }
    func validateUpdate(
        _ request: ResourcePoolStatusRequest, from old: ResourcePoolStatusRequest
    ) -> [FieldError] {
        PoolStatusValidation.validateUpdate(request, from: old)
    }
    func validateStatusUpdate(
        _ request: ResourcePoolStatusRequest, from old: ResourcePoolStatusRequest
    ) -> [FieldError] {
        PoolStatusValidation.validateStatus(request)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Driver", description: "Whose pools are asked about."),
            TableColumn("Total", description: "Devices of all pools."),
            TableColumn("Available", description: "Devices that are free."),
            TableColumn("Allocated", description: "Devices in use."),
            TableColumn("Unavailable", description: "Devices that cannot be had."),
            TableColumn("Errors", description: "Pools with errors."), .number("Pools", "How many pools match."),
            TableColumn("Status", description: "Whether the answer is there."),
            TableColumn("Completed", description: "Since when it is."),
        ]
    }

    func cells(_ request: ResourcePoolStatusRequest, now: Timestamp) -> [JSON] {
        let status = request.status
        let done = status.conditions.first {
            $0.status == "True" && ($0.type == "Complete" || $0.type == "Failed")
        }
        var state = done?.type ?? "Pending"
        if state == "Complete", Int(status.poolCount) > status.pools.count {
            state += " (\(status.pools.count)/\(status.poolCount) pools)"
        }
        let isCounted = request.json["status"] != nil && done?.type != "Failed"
        let keys = ["totalDevices", "availableDevices", "allocatedDevices", "unavailableDevices"]
        var sums = keys.map { key in status.pools.reduce(Int64(0)) { $0 + ($1.json.int64(key) ?? 0) } }
        sums.append(Int64(status.pools.count { $0.validationError != nil }))
        let completed: JSON =
            done?.type == "Complete" ? TableCell.age(done?.lastTransitionTime, now: now) : "<none>"
        return [.string(request.name), .string(request.spec.driver)]
            + sums.map { .string(isCounted ? "\($0)" : "-") }
            + [.int(Int64(status.poolCount)), .string(state), completed]
    }
}
