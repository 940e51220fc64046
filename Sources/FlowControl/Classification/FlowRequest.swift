/// What classification looks at in a request: who asks, and what for.
package struct FlowRequest: Sendable {
    package var user: FlowUser
    package var isResourceRequest: Bool
    package var verb: String
    /// The path of a request for no resource.
    package var path: String
    package var apiGroup: String
    /// `pods`, or `pods/log` for a subresource.
    package var resource: String
    /// Empty outside namespaces.
    package var namespace: String

    package init(
        user: FlowUser, isResourceRequest: Bool, verb: String, path: String = "", apiGroup: String = "",
        resource: String = "", namespace: String = ""
    ) {
        self.user = user
        self.isResourceRequest = isResourceRequest
        self.verb = verb
        self.path = path
        self.apiGroup = apiGroup
        self.resource = resource
        self.namespace = namespace
    }
}

/// A name and its groups, as authentication established them.
package struct FlowUser: Sendable, Hashable {
    package let name: String
    package let groups: [String]

    package init(name: String, groups: [String]) {
        self.name = name
        self.groups = groups
    }

    /// Groups rarely tell users of one name apart, so comparing them when names are equal is enough.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}
