import KubeAPI
import Machinery

/// IPAddresses: which object has which address of the service ranges.
struct IPAddressStrategy: Strategy {
    func validateName(_ name: String, isPrefix: Bool) -> [String] { IPAddressValidation.validateName(name) }
    func validate(_ address: NetworkingIPAddress) -> [FieldError] { IPAddressValidation.validate(address) }
    func validateUpdate(_ address: NetworkingIPAddress, from old: NetworkingIPAddress) -> [FieldError] {
        IPAddressValidation.validateUpdate(address, from: old)
    }

    private static let parentFields = ["group", "resource", "namespace", "name"]

    var selectableFieldNames: [String] { Self.parentFields.map { "spec.parentRef.\($0)" } }
    func selectableFields(_ address: NetworkingIPAddress) -> [(name: String, value: String)] {
        let parent = address.spec.json["parentRef"]?.objectValue
        return Self.parentFields.map { ("spec.parentRef.\($0)", parent?.string($0) ?? "") }
    }

    var columns: [TableColumn] { [.name, TableColumn("ParentRef", description: "Who has it."), .age] }

    func cells(_ address: NetworkingIPAddress, now: Timestamp) -> [JSON] {
        let parent = address.spec.json["parentRef"]?.objectValue.map(ParentReference.init(json:)).map { parent in
            let resource = GroupResource(group: parent.group ?? "", resource: parent.resource).description.lowercased()
            let namespace = (parent.namespace ?? "").isEmpty ? "" : "/\(parent.namespace ?? "")"
            return "\(resource)\(namespace)/\(parent.name)"
        }
        return [
            .string(address.name), .string(parent ?? "<none>"),
            TableCell.age(address.metadata.creationTimestamp, now: now),
        ]
    }
}

/// ServiceCIDRs: the ranges that addresses of Services come from.
struct ServiceCIDRStrategy: Strategy {
    func validate(_ range: ServiceCIDR) -> [FieldError] { ServiceCIDRValidation.validate(range) }
    func validateUpdate(_ range: ServiceCIDR, from old: ServiceCIDR) -> [FieldError] {
        ServiceCIDRValidation.validateUpdate(range, from: old)
    }
    func validateStatusUpdate(_ range: ServiceCIDR, from old: ServiceCIDR) -> [FieldError] {
        ServiceCIDRValidation.validateStatus(range)
    }

    var columns: [TableColumn] { [.name, TableColumn("CIDRs", description: "The ranges."), .age] }

    func cells(_ range: ServiceCIDR, now: Timestamp) -> [JSON] {
        [
            .string(range.name), .string(range.spec.cidrs.joined(separator: ",")),
            TableCell.age(range.metadata.creationTimestamp, now: now),
        ]
    }
}
