import Machinery

/// The devices of a pool, as their driver publishes them.
package enum ResourceSliceValidation {
    private static let spec = FieldPath("spec")
    private static let maximumDevices = 128
    /// Where devices have taints, counters or lists, which cost more.
    private static let maximumDemandingDevices = 64
    private static let maximumCounterSets = 8
    static let maximumCounters = 32

    package static func validate(_ slice: ResourceSlice, from old: ResourceSlice? = nil) -> [FieldError] {
        let given = slice.spec
        var errors = DeviceCheck.driver(given.driver, at: spec.child("driver"))
        errors += validate(given.pool, at: spec.child("pool"))
        if let before = old?.spec {
            errors += Check.unchanged(
                given.pool.json["name"], from: before.pool.json["name"], at: spec.child("pool", "name"))
            for key in ["driver", "nodeName"] {
                errors += Check.unchanged(given.json[key], from: before.json[key], at: spec.child(key))
            }
        }
        errors += validateNodes(given)
        if given.json["sharedCounters"] != nil, given.json["devices"] != nil {
            errors.append(.invalid(spec, "", "only one of `sharedCounters` or `devices` is allowed"))
        }
        return errors + validateDevices(given, from: old?.spec) + validateCounters(given.sharedCounters)
    }

    package static func warnings(_ slice: ResourceSlice) -> [String] {
        let driver = slice.spec.driver
        guard driver != driver.lowercased() else { return [] }
        return [
            "spec.driver: driver names should be lowercase; \(GoQuote.quote(driver)) contains uppercase characters"
        ]
    }

    private static func validate(_ pool: ResourcePool, at path: FieldPath) -> [FieldError] {
        var errors = DeviceCheck.pool(pool.name, at: path.child("name"))
        if pool.resourceSliceCount <= 0 {
            errors.append(
                .invalid(path.child("resourceSliceCount"), pool.resourceSliceCount, "must be greater than zero"))
        }
        if pool.generation < 0 {
            errors.append(
                .invalid(path.child("generation"), pool.generation, "must be greater than or equal to zero"))
        }
        return errors
    }

    private static func validateNodes(_ given: ResourceSliceSpec) -> [FieldError] {
        var errors: [FieldError] = []
        var fields: [String] = []
        if let node = given.nodeName {
            let place = spec.child("nodeName")
            if node.isEmpty {
                errors.append(.invalid(place, node, "must be either unset or set to a non-empty string"))
            } else {
                fields.append("`nodeName`")
                errors += Names.dns1123Subdomain(node).map { .invalid(place, node, $0) }
            }
        }
        if let selector = given.nodeSelector {
            fields.append("`nodeSelector`")
            errors += DeviceCheck.nodeSelector(selector, at: spec.child("nodeSelector"))
            if selector.nodeSelectorTerms.count != 1 {
                errors.append(
                    .invalid(
                        spec.child("nodeSelector", "nodeSelectorTerms"),
                        selector.json["nodeSelectorTerms"] ?? .null, "must have exactly one node selector term"))
            }
        }
        for (key, flag) in [
            ("allNodes", given.allNodes), ("perDeviceNodeSelection", given.perDeviceNodeSelection),
        ] {
            guard let flag else { continue }
            if flag {
                fields.append("`\(key)`")
            } else {
                errors.append(.invalid(spec.child(key), .bool(false), "must be either unset or set to true"))
            }
        }
        let text = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required"
        if fields.isEmpty { errors.append(.required(spec, text)) }
        if fields.count > 1 {
            errors.append(
                .invalid(
                    spec, "{\(fields.joined(separator: ", "))}", "\(text), but multiple fields are set"))
        }
        return errors
    }

    private static func validateDevices(
        _ given: ResourceSliceSpec, from old: ResourceSliceSpec?
    ) -> [FieldError] {
        let path = spec.child("devices")
        let isDemanding = given.devices.contains { device in
            !device.taints.isEmpty || !device.consumesCounters.isEmpty
                || device.attributes.values.contains { attribute in
                    ["bools", "ints", "strings", "versions"].contains { attribute.json[$0] != nil }
                }
        }
        let before = Dictionary(old?.devices.map { ($0.name, $0) } ?? [], uniquingKeysWith: { first, _ in first })
        let errors = DeviceCheck.list(
            given.devices, atMost: isDemanding ? maximumDemandingDevices : maximumDevices, at: path
        ) { device, place in
            DeviceValidation.validate(
                device, from: before[device.name], choosesNodes: given.perDeviceNodeSelection == true, at: place)
        }
        return errors + Check.unique(given.devices.map(\.name), at: path)
    }

    private static func validateCounters(_ sets: [CounterSet]) -> [FieldError] {
        let path = spec.child("sharedCounters")
        let errors = DeviceCheck.list(sets, atMost: maximumCounterSets, at: path) { set, place in
            Check.name(set.name, at: place.child("name"), Names.dns1123Label)
                + validate(counters: Array(set.counters.keys), at: place.child("counters"))
        }
        return errors + Check.unique(sets.map(\.name), at: path)
    }

    static func validate(counters names: [String], at path: FieldPath) -> [FieldError] {
        if names.isEmpty { return [.required(path)] }
        let tooMany = Check.atMost(maximumCounters, names.count, at: path)
        return tooMany.isEmpty ? names.sorted().flatMap { DeviceCheck.label($0, at: path) } : tooMany
    }
}
