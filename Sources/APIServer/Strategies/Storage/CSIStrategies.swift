import KubeAPI
import Machinery

struct CSIDriverStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ driver: inout CSIDriver) {
        var spec = driver.spec
        if spec.attachRequired == nil { spec.attachRequired = true }
        for key in ["podInfoOnMount", "storageCapacity", "requiresRepublish", "seLinuxMount"]
        where spec.json[key] == nil {
            spec.json[key] = .bool(false)
        }
        if spec.fsGroupPolicy == nil { spec.fsGroupPolicy = "ReadWriteOnceWithFSType" }
        if spec.volumeLifecycleModes.isEmpty { spec.volumeLifecycleModes = ["Persistent"] }
        driver.spec = spec
    }

    /// Only changes are counted.
    func prepareForCreate(_ driver: inout CSIDriver) { driver.metadata.generation = nil }

    func validate(_ driver: CSIDriver) -> [FieldError] { CSIDriverValidation.validate(driver) }
    func validateUpdate(_ driver: CSIDriver, from old: CSIDriver) -> [FieldError] {
        CSIDriverValidation.validateUpdate(driver, from: old)
    }
    func warnings(for driver: CSIDriver, from old: CSIDriver?) -> [String] {
        CSIDriverValidation.warnings(driver, from: old)
    }

    var columns: [TableColumn] {
        [
            .name,
            TableColumn("AttachRequired", type: "boolean", description: "Whether volumes are attached first."),
            TableColumn("PodInfoOnMount", type: "boolean", description: "Whether the driver is told of the pod."),
            TableColumn(
                "StorageCapacity", type: "boolean", description: "Whether published capacity is considered."),
            TableColumn("TokenRequests", description: "Audiences of the tokens the driver gets."),
            TableColumn(
                "RequiresRepublish", type: "boolean", description: "Whether mounts are refreshed repeatedly."),
            TableColumn("Modes", description: "How volumes can be used."), .age,
        ]
    }

    func cells(_ driver: CSIDriver, now: Timestamp) -> [JSON] {
        let spec = driver.spec
        let audiences = spec.tokenRequests.map(\.audience).joined(separator: ",")
        return [
            .string(driver.name), .bool(spec.attachRequired ?? true), .bool(spec.podInfoOnMount ?? false),
            .bool(spec.storageCapacity ?? false),
            .string(spec.json["tokenRequests"] == nil ? "<unset>" : audiences),
            .bool(spec.requiresRepublish ?? false),
            TableCell.text(spec.volumeLifecycleModes.joined(separator: ",")),
            TableCell.age(driver.metadata.creationTimestamp, now: now),
        ]
    }
}

struct CSINodeStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func validate(_ node: CSINode) -> [FieldError] { CSIDriverValidation.validate(node) }
    func validateUpdate(_ node: CSINode, from old: CSINode) -> [FieldError] {
        CSIDriverValidation.validateUpdate(node, from: old)
    }

    var columns: [TableColumn] { [.name, .number("Drivers", "How many drivers run on the node."), .age] }
    func cells(_ node: CSINode, now: Timestamp) -> [JSON] {
        [
            .string(node.name), .int(Int64(node.spec.drivers.count)),
            TableCell.age(node.metadata.creationTimestamp, now: now),
        ]
    }
}

struct CSIStorageCapacityStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func validate(_ capacity: CSIStorageCapacity) -> [FieldError] { CSIDriverValidation.validate(capacity) }
    func validateUpdate(_ capacity: CSIStorageCapacity, from old: CSIStorageCapacity) -> [FieldError] {
        CSIDriverValidation.validateUpdate(capacity, from: old)
    }
    func warnings(for capacity: CSIStorageCapacity, from old: CSIStorageCapacity?) -> [String] {
        NodeLabelWarnings.of(capacity.nodeTopology, at: "nodeTopology")
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("StorageClassName", description: "The class the numbers are about."),
            TableColumn("Capacity", description: "What is left for new volumes."),
        ]
    }

    func cells(_ capacity: CSIStorageCapacity, now: Timestamp) -> [JSON] {
        [
            .string(capacity.name), .string(capacity.storageClassName),
            .string(capacity.capacity?.description ?? "<unset>"),
        ]
    }
}
