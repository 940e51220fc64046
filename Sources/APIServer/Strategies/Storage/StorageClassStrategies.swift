import KubeAPI
import Machinery

struct StorageClassStrategy: Strategy {
    /// Marks the class that claims of no class get.
    static let defaultAnnotations = [
        "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class",
    ]

    static func isDefault(_ storageClass: StorageClass) -> Bool {
        defaultAnnotations.contains { storageClass.annotations[$0] == "true" }
    }

    func applyDefaults(_ storageClass: inout StorageClass) {
        if storageClass.reclaimPolicy == nil { storageClass.reclaimPolicy = "Delete" }
        if storageClass.volumeBindingMode == nil { storageClass.volumeBindingMode = "Immediate" }
    }

    func validate(_ storageClass: StorageClass) -> [FieldError] { StorageClassValidation.validate(storageClass) }
    func validateUpdate(_ storageClass: StorageClass, from old: StorageClass) -> [FieldError] {
        StorageClassValidation.validateUpdate(storageClass, from: old)
    }
    func warnings(for storageClass: StorageClass, from old: StorageClass?) -> [String] {
        StorageClassValidation.warnings(storageClass)
    }

    /// Not for clients to select by: claims of no class look for the default one.
    func selectableFields(_ storageClass: StorageClass) -> [(name: String, value: String)] {
        Self.isDefault(storageClass) ? [(ObjectLookup.defaultMark, "true")] : []
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Provisioner", description: "Who makes its volumes."),
            TableColumn("ReclaimPolicy", description: "What becomes of a volume when its claim goes."),
            TableColumn("VolumeBindingMode", description: "When volumes are made and bound."),
            TableColumn("AllowVolumeExpansion", description: "Whether volumes can grow."), .age,
        ]
    }

    func cells(_ storageClass: StorageClass, now: Timestamp) -> [JSON] {
        let suffix = Self.isDefault(storageClass) ? " (default)" : ""
        return [
            .string(storageClass.name + suffix), .string(storageClass.provisioner),
            .string(storageClass.reclaimPolicy ?? "Delete"), .string(storageClass.volumeBindingMode ?? "Immediate"),
            .bool(storageClass.allowVolumeExpansion ?? false),
            TableCell.age(storageClass.metadata.creationTimestamp, now: now),
        ]
    }
}

struct VolumeAttributesClassStrategy: Strategy {
    func validate(_ attributes: VolumeAttributesClass) -> [FieldError] { StorageClassValidation.validate(attributes) }
    func validateUpdate(_ attributes: VolumeAttributesClass, from old: VolumeAttributesClass) -> [FieldError] {
        StorageClassValidation.validateUpdate(attributes, from: old)
    }

    var columns: [TableColumn] {
        [.name, TableColumn("DriverName", description: "The driver that knows the parameters."), .age]
    }

    func cells(_ attributes: VolumeAttributesClass, now: Timestamp) -> [JSON] {
        [
            .string(attributes.name), .string(attributes.driverName),
            TableCell.age(attributes.metadata.creationTimestamp, now: now),
        ]
    }
}
