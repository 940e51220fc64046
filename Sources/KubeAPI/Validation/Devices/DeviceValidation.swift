import Machinery

/// One device of a slice.
enum DeviceValidation {
    private static let maximumTaints = 16
    private static let maximumConsumptions = 2
    private static let maximumProperties = 32
    private static let maximumAttributeValues = 48
    private static let maximumValueBytes = 64
    private static let listKeys = ["bools", "ints", "strings", "versions"]

    static func validate(
        _ device: Device, from old: Device?, choosesNodes: Bool, at path: FieldPath
    ) -> [FieldError] {
        var errors = DeviceCheck.label(device.name, at: path.child("name"))
        errors += validateSize(device, at: path)
        for (name, attribute) in device.attributes.sorted(by: { $0.key < $1.key }) {
            let place = path.child("attributes")
            errors += DeviceCheck.qualifiedName(name, at: place) + validate(attribute, at: place.key(name))
        }
        for (name, capacity) in device.capacity.sorted(by: { $0.key < $1.key }) {
            let place = path.child("capacity")
            errors += DeviceCheck.qualifiedName(name, at: place)
            errors += DeviceCapacityValidation.validate(
                capacity, isShared: device.allowMultipleAllocations == true, at: place.key(name))
        }
        if old == nil || old?.taints != device.taints {
            errors += DeviceCheck.list(device.taints, atMost: maximumTaints, at: path.child("taints")) {
                DeviceCheck.taint($0, from: nil, at: $1)
            }
        }
        let consumption = path.child("consumesCounters")
        errors += DeviceCheck.list(
            device.consumesCounters, atMost: maximumConsumptions, at: consumption
        ) { consumption, place in
            Check.name(consumption.counterSet, at: place.child("counterSet"), Names.dns1123Label)
                + ResourceSliceValidation.validate(
                    counters: Array(consumption.counters.keys), at: place.child("counters"))
        }
        errors += Check.unique(device.consumesCounters.map(\.counterSet), at: consumption)
        errors += validateNodes(device, choosesNodes: choosesNodes, at: path)
        errors += DeviceCheck.bindingConditions(device.bindingConditions, device.bindingFailureConditions, at: path)
        return errors + validateMappings(device, at: path.child("nodeAllocatableResourceMappings"))
    }

    private static func validateSize(_ device: Device, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let properties = device.attributes.count + device.capacity.count
        if properties > maximumProperties {
            errors.append(
                .invalid(
                    path, properties,
                    "the total number of attributes and capacities must not exceed \(maximumProperties)"))
        }
        let values = device.attributes.values.reduce(0) { sum, attribute in
            let elements = listKeys.reduce(0) { $0 + attribute.json.values($1).count }
            return sum + max(1, elements)
        }
        if values > maximumAttributeValues {
            errors.append(
                .invalid(
                    path, values, "the total number of attribute values must not exceed \(maximumAttributeValues)"))
        }
        return errors
    }

    private static func validate(_ attribute: DeviceAttribute, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let given = (["bool", "int", "string", "version"] + listKeys).filter { attribute.json[$0] != nil }
        for key in given {
            let place = path.child(key)
            switch key {
            case "string": errors += validate(text: attribute.string ?? "", at: place)
            case "version": errors += validate(version: attribute.version ?? "", at: place)
            case "bool", "int": continue
            default:
                if attribute.json.values(key).isEmpty {
                    errors.append(.invalid(place, .array([]), "must not be empty if specified"))
                }
                for (index, value) in attribute.json.strings(key).enumerated() {
                    errors +=
                        key == "versions"
                        ? validate(version: value, at: place.index(index))
                        : validate(text: value, at: place.index(index))
                }
            }
        }
        if given.count != 1 {
            let value: JSON = given.isEmpty ? "" : .object(attribute.json)
            errors.append(.invalid(path, value, "exactly one value must be specified"))
        }
        return errors
    }

    private static func validate(text: String, at path: FieldPath) -> [FieldError] {
        text.utf8.count > maximumValueBytes ? [.tooLong(path, maximumBytes: maximumValueBytes)] : []
    }

    private static func validate(version: String, at path: FieldPath) -> [FieldError] {
        let errors: [FieldError] =
            SemanticVersion(version) == nil
            ? [.invalid(path, version, "must be a string compatible with semver.org spec 2.0.0")] : []
        return errors + validate(text: version, at: path)
    }

    private static func validateNodes(_ device: Device, choosesNodes: Bool, at path: FieldPath) -> [FieldError] {
        guard choosesNodes else {
            guard ["nodeName", "nodeSelector", "allNodes"].contains(where: { device.json[$0] != nil }) else {
                return []
            }
            return [
                .invalid(
                    path, .null,
                    "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to "
                        + "true in the ResourceSlice spec")
            ]
        }
        var errors: [FieldError] = []
        var fields: [String] = []
        if let node = device.nodeName {
            if node.isEmpty {
                errors.append(.invalid(path.child("nodeName"), node, "must not be empty"))
            } else {
                fields.append("`nodeName`")
                errors += Names.dns1123Subdomain(node).map { .invalid(path.child("nodeName"), node, $0) }
            }
        }
        if let selector = device.nodeSelector {
            fields.append("`nodeSelector`")
            errors += DeviceCheck.nodeSelector(selector, at: path.child("nodeSelector"))
        }
        if let everywhere = device.allNodes {
            if everywhere {
                fields.append("`allNodes`")
            } else {
                errors.append(
                    .invalid(path.child("allNodes"), .bool(false), "must be either unset or set to true"))
            }
        }
        let text =
            "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set "
            + "to true in the ResourceSlice spec"
        if fields.isEmpty { errors.append(.required(path, text)) }
        if fields.count > 1 { errors.append(.invalid(path, "{\(fields.joined(separator: ", "))}", text)) }
        return errors
    }

    private static func validateMappings(_ device: Device, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (name, mapping) in device.nodeAllocatableResourceMappings.sorted(by: { $0.key < $1.key }) {
            let place = path.key(name)
            if !DeviceClassValidation.isNative(name) {
                errors.append(.invalid(place, name, "must be a node allocatable resource name"))
            }
            if mapping.allocationMultiplier == nil, mapping.capacityKey == nil {
                errors.append(
                    .invalid(place, "", "at least one of allocationMultiplier or capacityKey must be set"))
            }
            if let factor = mapping.allocationMultiplier, factor <= .zero {
                errors.append(
                    .invalid(place.child("allocationMultiplier"), factor.description, "must be positive"))
            }
            guard let key = mapping.capacityKey else { continue }
            if key.isEmpty {
                errors.append(
                    .invalid(place.child("capacityKey"), "", "capacityKey must not be an empty string"))
            } else if device.capacity[key] == nil {
                errors.append(.notFound(place.child("capacityKey"), key))
            }
        }
        return errors
    }
}
