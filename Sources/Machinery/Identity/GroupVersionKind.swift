/// An API group and version; the group is empty for the core group.
package struct GroupVersion: Hashable, Sendable, CustomStringConvertible {
    package let group: String
    package let version: String

    package init(group: String, version: String) {
        self.group = group
        self.version = version
    }

    /// Parses `v1` or `apps/v1`; `nil` for other shapes.
    package init?(apiVersion: String) {
        let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1 where !parts[0].isEmpty: self.init(group: "", version: parts[0])
        case 2 where !parts[0].isEmpty && !parts[1].isEmpty: self.init(group: parts[0], version: parts[1])
        default: return nil
        }
    }

    /// The text of an object's `apiVersion`.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
    package var description: String { apiVersion }
}

/// What kind an object is, in which version.
package struct GroupVersionKind: Hashable, Sendable, CustomStringConvertible {
    package let group: String
    package let version: String
    package let kind: String

    package init(group: String, version: String, kind: String) {
        self.group = group
        self.version = version
        self.kind = kind
    }

    package var groupVersion: GroupVersion { GroupVersion(group: group, version: version) }
    package var apiVersion: String { groupVersion.apiVersion }
    package var description: String { "\(apiVersion), Kind=\(kind)" }
}

/// A collection of objects in the API: a group, a version and a plural name.
package struct GroupVersionResource: Hashable, Sendable, CustomStringConvertible {
    package let group: String
    package let version: String
    package let resource: String

    package init(group: String, version: String, resource: String) {
        self.group = group
        self.version = version
        self.resource = resource
    }

    package var groupVersion: GroupVersion { GroupVersion(group: group, version: version) }
    package var groupResource: GroupResource { GroupResource(group: group, resource: resource) }
    package var description: String { "\(groupVersion.apiVersion), Resource=\(resource)" }
}

/// A collection whatever its version: what authorization and storage speak of.
package struct GroupResource: Hashable, Sendable, CustomStringConvertible {
    package let group: String
    package let resource: String

    package init(group: String, resource: String) {
        self.group = group
        self.resource = resource
    }

    /// `pods`, `deployments.apps`: the form in error messages and in the store.
    package var description: String { group.isEmpty ? resource : "\(resource).\(group)" }
}
