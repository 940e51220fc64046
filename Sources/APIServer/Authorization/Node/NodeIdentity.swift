/// Whether a user is a node, and which: name `system:node:NAME`, group `system:nodes`.
enum NodeIdentity: Hashable, Sendable {
    /// Not a node: other rules are for it.
    case none
    /// A node's credential that does not say which node's.
    case unnamed
    case node(String)

    static let userPrefix = "system:node:"
    static let group = "system:nodes"

    init(_ user: User) {
        guard user.name.hasPrefix(Self.userPrefix), user.groups.contains(Self.group) else {
            self = .none
            return
        }
        let name = String(user.name.dropFirst(Self.userPrefix.count))
        self = name.isEmpty ? .unnamed : .node(name)
    }
}
