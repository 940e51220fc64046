import KubeAPI
import Machinery

/// PersistentVolumeClaims: what they ask for stays, but for growing.
struct PersistentVolumeClaimStrategy: Strategy {
    func applyDefaults(_ claim: inout PersistentVolumeClaim) {
        guard claim.json["spec"] != nil else { return }
        // `dataSource` and `dataSourceRef` name the same thing, the latter in any namespace.
        let reference = claim.spec.json["dataSourceRef"]
        if let source = claim.spec.json["dataSource"], reference == nil {
            claim.spec.json["dataSourceRef"] = source
        } else if let reference, claim.spec.json["dataSource"] == nil,
            reference["namespace"]?.stringValue?.isEmpty != false
        {
            claim.spec.json["dataSource"] = reference
        }
    }

    func prepareForCreate(_ claim: inout PersistentVolumeClaim) {
        claim.json["status"] = ["phase": "Pending"]
    }

    func validate(_ claim: PersistentVolumeClaim) -> [FieldError] { PersistentVolumeClaimValidation.validate(claim) }
    func validateUpdate(_ claim: PersistentVolumeClaim, from old: PersistentVolumeClaim) -> [FieldError] {
        PersistentVolumeClaimValidation.validateUpdate(claim, from: old)
    }
    func validateStatusUpdate(_ claim: PersistentVolumeClaim, from old: PersistentVolumeClaim) -> [FieldError] {
        PersistentVolumeClaimValidation.validateStatus(claim)
    }

    func warnings(for claim: PersistentVolumeClaim, from old: PersistentVolumeClaim?) -> [String] {
        var warnings: [String] = []
        if claim.annotations[AccessModes.classAnnotation] != nil {
            warnings.append(
                "metadata.annotations[\(AccessModes.classAnnotation)]: deprecated since v1.8; use "
                    + "\"storageClassName\" attribute instead")
        }
        let requests = claim.spec.json["resources"]?["requests"]?.objectValue
        if let size = requests?.quantity("storage"), size.nanos % 1_000_000_000 != 0 {
            warnings.append(
                "spec.resources.requests[storage]: fractional byte value \"\(size)\" is invalid, must be an integer")
        }
        return warnings
    }

    var returnsDeletedObject: Bool { true }
    var selectableFieldNames: [String] { ["name"] }
    func selectableFields(_ claim: PersistentVolumeClaim) -> [(name: String, value: String)] {
        [("name", claim.name)]
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Status", description: "Whether it is bound."),
            TableColumn("Volume", description: "The volume it has."),
            TableColumn("Capacity", description: "How much that holds."),
            TableColumn("Access Modes", description: "How it can be mounted."),
            TableColumn("StorageClass", description: "The class it asks for."),
            TableColumn("VolumeAttributesClass", description: "The class of its attributes."), .age,
            TableColumn("VolumeMode", description: "File system or block device.", priority: 1),
        ]
    }

    func cells(_ claim: PersistentVolumeClaim, now: Timestamp) -> [JSON] {
        let (spec, status) = (claim.spec, claim.status)
        let isBound = !(spec.volumeName ?? "").isEmpty
        let size = status.capacity["storage"] ?? .zero
        return [
            .string(claim.name), .string(claim.isBeingDeleted ? "Terminating" : status.phase ?? ""),
            .string(spec.volumeName ?? ""), .string(isBound ? size.description : ""),
            .string(isBound ? AccessModes.short(status.accessModes) : ""),
            .string(claim.annotations[AccessModes.classAnnotation] ?? spec.storageClassName ?? ""),
            .string(spec.volumeAttributesClassName ?? "<unset>"),
            TableCell.age(claim.metadata.creationTimestamp, now: now), .string(spec.volumeMode ?? "<unset>"),
        ]
    }
}
