import KubeAPI
import Machinery

struct VolumeAttachmentStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    /// Whether it is attached is always said.
    func prepareForCreate(_ attachment: inout VolumeAttachment) {
        attachment.json["status"] = ["attached": false]
    }

    func validate(_ attachment: VolumeAttachment) -> [FieldError] { VolumeAttachmentValidation.validate(attachment) }
    func validateUpdate(_ attachment: VolumeAttachment, from old: VolumeAttachment) -> [FieldError] {
        VolumeAttachmentValidation.validateUpdate(attachment, from: old)
    }
    func validateStatusUpdate(_ attachment: VolumeAttachment, from old: VolumeAttachment) -> [FieldError] {
        VolumeAttachmentValidation.validateStatusUpdate(attachment)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Attacher", format: "name", description: "The driver that attaches the volume."),
            TableColumn("PV", description: "The volume."), TableColumn("Node", description: "Where it is wanted."),
            TableColumn("Attached", type: "boolean", description: "Whether it is there."), .age,
        ]
    }

    func cells(_ attachment: VolumeAttachment, now: Timestamp) -> [JSON] {
        let spec = attachment.spec
        return [
            .string(attachment.name), .string(spec.attacher), .string(spec.source.persistentVolumeName ?? ""),
            .string(spec.nodeName), .bool(attachment.status.attached),
            TableCell.age(attachment.metadata.creationTimestamp, now: now),
        ]
    }
}
