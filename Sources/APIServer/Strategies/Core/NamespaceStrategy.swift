import KubeAPI
import Machinery

/// Namespaces: live until the namespace controller has emptied them.
struct NamespaceStrategy: Strategy {
    private static let nameLabel = "kubernetes.io/metadata.name"

    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        Names.dns1123Label(isPrefix ? maskTrailingDash(name) : name)
    }

    func applyDefaults(_ namespace: inout Namespace) {
        // A name can be selected by no other means.
        guard !namespace.name.isEmpty, namespace.labels[Self.nameLabel] != namespace.name else { return }
        namespace.metadata.labels[Self.nameLabel] = namespace.name
    }

    func prepareForCreate(_ namespace: inout Namespace) {
        namespace.json["status"] = ["phase": "Active"]
        if !namespace.spec.finalizers.contains("kubernetes") { namespace.spec.finalizers.append("kubernetes") }
    }

    func prepareForUpdate(_ namespace: inout Namespace, from old: Namespace) {
        // Finalizers go by the finalize subresource only.
        namespace.spec.json["finalizers"] = old.spec.json["finalizers"]
        namespace.json["status"] = old.json["status"]
    }

    func validateStatusUpdate(_ namespace: Namespace, from old: Namespace) -> [FieldError] {
        let phase = namespace.status.phase ?? ""
        if namespace.isBeingDeleted {
            guard phase != "Terminating" else { return [] }
            return [
                .invalid(
                    FieldPath("status").child("phase"), phase,
                    "may only be 'Terminating' if `deletionTimestamp` is not empty")
            ]
        }
        guard phase != "Active" else { return [] }
        return [
            .invalid(
                FieldPath("status").child("phase"), phase, "may only be 'Active' if `deletionTimestamp` is empty")
        ]
    }

    func pendingFinalizers(_ namespace: Namespace) -> [String] {
        namespace.spec.finalizers + namespace.metadata.finalizers
    }

    func prepareForDeletion(_ namespace: inout Namespace) {
        namespace.status.phase = "Terminating"
    }

    var selectableFieldNames: [String] { ["status.phase"] }
    func selectableFields(_ namespace: Namespace) -> [(name: String, value: String)] {
        [("status.phase", namespace.status.phase ?? "")]
    }

    var columns: [TableColumn] {
        [.name, TableColumn("Status", description: "Whether it is in use or being emptied."), .age]
    }
    func cells(_ namespace: Namespace, now: Timestamp) -> [JSON] {
        [
            .string(namespace.name), .string(namespace.status.phase ?? ""),
            TableCell.age(namespace.metadata.creationTimestamp, now: now),
        ]
    }
}
