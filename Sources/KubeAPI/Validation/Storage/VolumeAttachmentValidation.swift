import Machinery

/// Volumes that are to be attached to nodes.
package enum VolumeAttachmentValidation {
    private static let maximumMetadataBytes = 256 * 1024
    private static let maximumMessageBytes = 1024

    package static func validate(_ attachment: VolumeAttachment) -> [FieldError] {
        let path = FieldPath("spec")
        let spec = attachment.spec
        var errors = CSIDriverValidation.validateName(spec.attacher, at: path.child("attacher"))
        errors += validate(spec.source, at: path.child("source"))
        errors += Names.dns1123Subdomain(spec.nodeName).map { .invalid(path.child("nodeName"), spec.nodeName, $0) }
        errors += validate(attachment.status, at: "status")
        if let volume = spec.source.persistentVolumeName {
            errors += Names.dns1123Subdomain(volume).map {
                .invalid(path.child("source", "persistentVolumeName"), volume, $0)
            }
        }
        return errors
    }

    package static func validateUpdate(_ new: VolumeAttachment, from old: VolumeAttachment) -> [FieldError] {
        Check.unchanged(new.json["spec"], from: old.json["spec"], at: "spec")
    }

    private static func validate(_ source: VolumeAttachmentSource, at path: FieldPath) -> [FieldError] {
        let text = "must specify exactly one of inlineVolumeSpec and persistentVolumeName"
        switch (source.inlineVolumeSpec, source.persistentVolumeName) {
        case (nil, nil): return [.required(path, text)]
        case (_?, _?): return [.forbidden(path, text)]
        case (nil, let name?):
            return name.isEmpty
                ? [.required(path.child("persistentVolumeName"), "must specify non empty persistentVolumeName")] : []
        case (let volume?, nil):
            return validateInline(volume, at: path.child("inlineVolumeSpec"))
        }
    }

    /// Volumes written inline stand for those of before CSI; they are of no claim and no class.
    private static func validateInline(_ volume: PersistentVolumeSpec, at path: FieldPath) -> [FieldError] {
        let context = "in the context of inline volumes"
        var errors: [FieldError] = ["claimRef", "capacity", "nodeAffinity"].filter { volume.json[$0] != nil }
            .map { .forbidden(path.child($0), "may not be specified \(context)") }
        if volume.accessModes.isEmpty { errors.append(.required(path.child("accessModes"))) }
        if !(volume.storageClassName ?? "").isEmpty {
            errors.append(.forbidden(path.child("storageClassName"), "may not be specified \(context)"))
        }
        if let policy = volume.persistentVolumeReclaimPolicy, !policy.isEmpty, policy != "Retain" {
            errors.append(.forbidden(path.child("persistentVolumeReclaimPolicy"), "may only be Retain \(context)"))
        }
        if let mode = volume.volumeMode, mode != "Filesystem" {
            errors.append(
                .forbidden(path.child("volumeMode"), "may not specify volumeMode other than Filesystem \(context)"))
        }
        guard let source = volume.csi else {
            return errors + [.required(path.child("csi"), "has to be specified \(context)")]
        }
        errors += CSIDriverValidation.validateName(source.driver, at: path.child("csi", "driver"))
        if source.volumeHandle.isEmpty { errors.append(.required(path.child("csi", "volumeHandle"))) }
        return errors
    }

    private static func validate(_ status: VolumeAttachmentStatus, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let bytes = status.attachmentMetadata.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        if bytes > maximumMetadataBytes {
            errors.append(.tooLong(path.child("attachmentMetadata"), maximumBytes: maximumMetadataBytes))
        }
        for (key, failure) in [("attachError", status.attachError), ("detachError", status.detachError)] {
            guard let failure else { continue }
            let place = path.child(key)
            if (failure.message ?? "").utf8.count > maximumMessageBytes {
                errors.append(.tooLong(place.child("message"), maximumBytes: maximumMetadataBytes))
            }
            if let code = failure.errorCode, code < 0 {
                errors.append(
                    .invalid(place.child("errorCode"), code, "must be between 0 and 2147483647, inclusive"))
            }
        }
        return errors
    }

    package static func validateStatusUpdate(_ new: VolumeAttachment) -> [FieldError] {
        validate(new.status, at: "status")
    }
}
