import KubeAPI
import Machinery

struct LeaseStrategy: Strategy {
    func prepareForCreate(_ lease: inout Lease) {}
    func prepareForUpdate(_ lease: inout Lease, from old: Lease) {}
    func validate(_ lease: Lease) -> [FieldError] { LeaseValidation.validate(lease) }
    var allowsCreateOnUpdate: Bool { true }

    var columns: [TableColumn] { [.name, TableColumn("Holder", description: "Who holds it."), .age] }
    func cells(_ lease: Lease, now: Timestamp) -> [JSON] {
        [
            .string(lease.name), .string(lease.json["spec"]?["holderIdentity"]?.stringValue ?? ""),
            TableCell.age(lease.metadata.creationTimestamp, now: now),
        ]
    }
}
