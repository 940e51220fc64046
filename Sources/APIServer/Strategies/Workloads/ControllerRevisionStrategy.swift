import KubeAPI
import Machinery

struct ControllerRevisionStrategy: Strategy {
    func prepareForCreate(_ revision: inout ControllerRevision) {}
    func prepareForUpdate(_ revision: inout ControllerRevision, from old: ControllerRevision) {}
    func validate(_ revision: ControllerRevision) -> [FieldError] { WorkloadValidation.validate(revision) }
    func validateUpdate(_ revision: ControllerRevision, from old: ControllerRevision) -> [FieldError] {
        WorkloadValidation.validateUpdate(revision, from: old)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Controller", description: "The object whose state it keeps."),
            .number("Revision", "Its number."), .age,
        ]
    }

    func cells(_ revision: ControllerRevision, now: Timestamp) -> [JSON] {
        let owner = revision.controllerOwner.map { owner in
            let group = GroupVersion(apiVersion: owner.apiVersion)?.group ?? ""
            let kind = owner.kind.lowercased()
            return "\(group.isEmpty ? kind : "\(kind).\(group)")/\(owner.name)"
        }
        return [
            .string(revision.name), TableCell.text(owner), .int(revision.revision),
            TableCell.age(revision.metadata.creationTimestamp, now: now),
        ]
    }
}
