import KubeAPI
import Machinery

/// What bindings of both scopes share.
enum BindingRules {
    private static let group = "rbac.authorization.k8s.io"

    /// Users and groups are of RBAC's own group, service accounts of the core one.
    static func withGroups(_ subjects: [Subject]) -> [Subject] {
        subjects.map { subject in
            var subject = subject
            if (subject.apiGroup ?? "").isEmpty, subject.kind == "User" || subject.kind == "Group" {
                subject.apiGroup = group
            }
            return subject
        }
    }

    static let columns = [
        TableColumn.name, TableColumn("Role", description: "The role that it gives."), TableColumn.age,
        TableColumn("Users", description: "Users who get it.", priority: 1),
        TableColumn("Groups", description: "Groups that get it.", priority: 1),
        TableColumn("ServiceAccounts", description: "Service accounts that get it.", priority: 1),
    ]

    static func cells(
        _ binding: some KubeObject, role: RoleRef, subjects: [Subject], now: Timestamp
    ) -> [JSON] {
        func names(_ kind: String) -> JSON {
            let names = subjects.filter { $0.kind == kind }.map { subject in
                kind == "ServiceAccount" ? "\(subject.namespace ?? "")/\(subject.name)" : subject.name
            }
            return .string(names.joined(separator: ", "))
        }
        return [
            .string(binding.name), .string("\(role.kind)/\(role.name)"),
            TableCell.age(binding.metadata.creationTimestamp, now: now), names("User"), names("Group"),
            names("ServiceAccount"),
        ]
    }
}

struct RoleBindingStrategy: Strategy {
    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        RoleRules.validateName(name, isPrefix: isPrefix)
    }
    func applyDefaults(_ binding: inout RoleBinding) {
        binding.subjects = BindingRules.withGroups(binding.subjects)
        if binding.json["roleRef"] != nil, binding.roleRef.apiGroup == "" {
            binding.roleRef.apiGroup = "rbac.authorization.k8s.io"
        }
    }
    func validate(_ binding: RoleBinding) -> [FieldError] { RBACValidation.validate(binding) }
    func validateUpdate(_ binding: RoleBinding, from old: RoleBinding) -> [FieldError] {
        RBACValidation.validateRoleKept(binding.json["roleRef"], from: old.json["roleRef"])
    }
    var allowsCreateOnUpdate: Bool { true }
    var columns: [TableColumn] { BindingRules.columns }
    func cells(_ binding: RoleBinding, now: Timestamp) -> [JSON] {
        BindingRules.cells(binding, role: binding.roleRef, subjects: binding.subjects, now: now)
    }
}

struct ClusterRoleBindingStrategy: Strategy {
    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        RoleRules.validateName(name, isPrefix: isPrefix)
    }
    func applyDefaults(_ binding: inout ClusterRoleBinding) {
        binding.subjects = BindingRules.withGroups(binding.subjects)
        if binding.json["roleRef"] != nil, binding.roleRef.apiGroup == "" {
            binding.roleRef.apiGroup = "rbac.authorization.k8s.io"
        }
    }
    func validate(_ binding: ClusterRoleBinding) -> [FieldError] { RBACValidation.validate(binding) }
    func validateUpdate(_ binding: ClusterRoleBinding, from old: ClusterRoleBinding) -> [FieldError] {
        RBACValidation.validateRoleKept(binding.json["roleRef"], from: old.json["roleRef"])
    }
    var allowsCreateOnUpdate: Bool { true }
    var columns: [TableColumn] { BindingRules.columns }
    func cells(_ binding: ClusterRoleBinding, now: Timestamp) -> [JSON] {
        BindingRules.cells(binding, role: binding.roleRef, subjects: binding.subjects, now: now)
    }
}
