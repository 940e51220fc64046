/// Who makes a request, as authentication established it.
package struct User: Sendable, Hashable {
    package var name: String
    package var uid: String
    package var groups: [String]
    package var extra: [String: [String]]

    package init(name: String, uid: String = "", groups: [String] = [], extra: [String: [String]] = [:]) {
        self.name = name
        self.uid = uid
        self.groups = groups
        self.extra = extra
    }

    package static let anonymous = User(name: "system:anonymous", groups: [unauthenticatedGroup])

    package static let authenticatedGroup = "system:authenticated"
    package static let unauthenticatedGroup = "system:unauthenticated"
    package static let nodesGroup = "system:nodes"
    package static let mastersGroup = "system:masters"
}
