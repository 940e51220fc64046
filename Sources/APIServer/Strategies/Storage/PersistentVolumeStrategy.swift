import KubeAPI
import Machinery

/// PersistentVolumes: their phase is the volume controller's to tell.
struct PersistentVolumeStrategy: Strategy {
    func applyDefaults(_ volume: inout PersistentVolume) {
        guard volume.json["spec"] != nil else { return }
        if volume.spec.persistentVolumeReclaimPolicy == nil { volume.spec.persistentVolumeReclaimPolicy = "Retain" }
        if volume.spec.volumeMode == nil { volume.spec.volumeMode = "Filesystem" }
    }

    func prepareForCreate(_ volume: inout PersistentVolume) {
        volume.json["status"] = ["phase": "Pending"]
    }

    func validate(_ volume: PersistentVolume) -> [FieldError] { PersistentVolumeValidation.validate(volume) }
    func validateUpdate(_ volume: PersistentVolume, from old: PersistentVolume) -> [FieldError] {
        PersistentVolumeValidation.validateUpdate(volume, from: old)
    }

    func prepareForStatusUpdate(_ volume: inout PersistentVolume, from old: PersistentVolume) {
        restoreAllButStatus(&volume, from: old)
        guard volume.status.phase == old.status.phase, volume.status.lastPhaseTransitionTime == nil else { return }
        volume.status.lastPhaseTransitionTime = old.status.lastPhaseTransitionTime
    }

    func warnings(for volume: PersistentVolume, from old: PersistentVolume?) -> [String] {
        VolumeWarnings.of(volume)
    }

    var returnsDeletedObject: Bool { true }

    var selectableFieldNames: [String] { ["name"] }
    func selectableFields(_ volume: PersistentVolume) -> [(name: String, value: String)] { [("name", volume.name)] }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Capacity", description: "How much it holds."),
            TableColumn("Access Modes", description: "How it can be mounted."),
            TableColumn("Reclaim Policy", description: "What becomes of it without its claim."),
            TableColumn("Status", description: "Whether it is bound."),
            TableColumn("Claim", description: "The claim it belongs to."),
            TableColumn("StorageClass", description: "The class it is of."),
            TableColumn("VolumeAttributesClass", description: "The class of its attributes."),
            TableColumn("Reason", description: "Why it is in this state."), .age,
            TableColumn("VolumeMode", description: "File system or block device.", priority: 1),
        ]
    }

    func cells(_ volume: PersistentVolume, now: Timestamp) -> [JSON] {
        let spec = volume.spec
        let claim = spec.claimRef.map { "\($0.namespace ?? "")/\($0.name ?? "")" } ?? ""
        let size = spec.capacity["storage"] ?? .zero
        return [
            .string(volume.name), .string(size.description),
            .string(AccessModes.short(spec.accessModes)), .string(spec.persistentVolumeReclaimPolicy ?? ""),
            .string(volume.isBeingDeleted ? "Terminating" : volume.status.phase ?? ""), .string(claim),
            .string(volume.annotations[AccessModes.classAnnotation] ?? spec.storageClassName ?? ""),
            .string(spec.volumeAttributesClassName ?? "<unset>"), .string(volume.status.reason ?? ""),
            TableCell.age(volume.metadata.creationTimestamp, now: now), .string(spec.volumeMode ?? "<unset>"),
        ]
    }
}

/// Access modes as kubectl shows them.
enum AccessModes {
    /// Where the class stood before it had a field.
    static let classAnnotation = "volume.beta.kubernetes.io/storage-class"
    private static let shown = [
        ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP"),
    ]

    static func short(_ modes: [String]) -> String {
        shown.filter { modes.contains($0.0) }.map(\.1).joined(separator: ",")
    }
}

/// Kinds of storage that are no longer what they were.
enum VolumeWarnings {
    private static let deprecated = [
        "awsElasticBlockStore": "deprecated in v1.17, non-functional in v1.27+",
        "azureDisk": "deprecated in v1.19, non-functional in v1.27+",
        "azureFile": "deprecated in v1.21, non-functional in v1.30+",
        "cephfs": "deprecated in v1.28, non-functional in v1.31+",
        "cinder": "deprecated in v1.18, non-functional in v1.26+",
        "flexVolume": "deprecated in v1.23",
        "flocker": "deprecated in v1.22, non-functional in v1.25+",
        "gcePersistentDisk": "deprecated in v1.17, non-functional in v1.28+",
        "glusterfs": "deprecated in v1.25, non-functional in v1.26+",
        "photonPersistentDisk": "deprecated in v1.11, non-functional in v1.16+",
        "portworxVolume": "deprecated in v1.25, non-functional in v1.31+",
        "quobyte": "deprecated in v1.22, non-functional in v1.25+",
        "rbd": "deprecated in v1.28, non-functional in v1.31+",
        "scaleIO": "deprecated in v1.16, non-functional in v1.22+",
        "storageos": "deprecated in v1.22, non-functional in v1.25+",
        "vsphereVolume": "deprecated in v1.19, non-functional in v1.30+",
    ]

    static func of(_ volume: PersistentVolume) -> [String] {
        var warnings: [String] = []
        if volume.annotations[AccessModes.classAnnotation] != nil {
            warnings.append(
                "metadata.annotations[\(AccessModes.classAnnotation)]: deprecated since v1.8; use "
                    + "\"storageClassName\" attribute instead")
        }
        if volume.annotations["volume.beta.kubernetes.io/mount-options"] != nil {
            warnings.append(
                "metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use "
                    + "\"mountOptions\" attribute instead")
        }
        if volume.spec.persistentVolumeReclaimPolicy == "Recycle" {
            warnings.append(
                "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. "
                    + "Instead, the recommended approach is to use dynamic provisioning.")
        }
        for member in volume.spec.json.members {
            if let text = deprecated[member.key] { warnings.append("spec.\(member.key): \(text)") }
        }
        return warnings
    }
}
