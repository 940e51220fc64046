import KubeAPI
import Machinery

/// Names of roles and bindings may have any character that a URL's path takes, as in `system:node`.
enum RoleRules {
    static func validateName(_ name: String, isPrefix: Bool) -> [String] {
        isPrefix ? Names.pathSegmentPrefix(name) : Names.pathSegment(name)
    }

    static let columns = [
        TableColumn.name, TableColumn("Created At", description: "When it was created."),
    ]

    static func cells(_ role: some KubeObject) -> [JSON] {
        [.string(role.name), role.json["metadata"]?["creationTimestamp"] ?? ""]
    }
}

struct RoleStrategy: Strategy {
    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        RoleRules.validateName(name, isPrefix: isPrefix)
    }
    func validate(_ role: Role) -> [FieldError] { RBACValidation.validate(role) }
    var allowsCreateOnUpdate: Bool { true }
    var columns: [TableColumn] { RoleRules.columns }
    func cells(_ role: Role, now: Timestamp) -> [JSON] { RoleRules.cells(role) }
}

struct ClusterRoleStrategy: Strategy {
    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        RoleRules.validateName(name, isPrefix: isPrefix)
    }
    func validate(_ role: ClusterRole) -> [FieldError] { RBACValidation.validate(role) }
    var allowsCreateOnUpdate: Bool { true }
    var columns: [TableColumn] { RoleRules.columns }
    func cells(_ role: ClusterRole, now: Timestamp) -> [JSON] { RoleRules.cells(role) }
}
