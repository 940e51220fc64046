import Machinery

/// A collection the API serves: its names, kind, verbs and subresources, as discovery tells them.
package struct APIResource: Sendable {
    package static let standardVerbs = [
        "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch",
    ]

    package struct Subresource: Sendable {
        package let name: String
        /// The kind that is read and written there; often of another group (`autoscaling/v1, Kind=Scale`).
        package let kind: GroupVersionKind
        package let verbs: [String]

        package init(name: String, kind: GroupVersionKind, verbs: [String]) {
            self.name = name
            self.kind = kind
            self.verbs = verbs
        }
    }

    package let gvr: GroupVersionResource
    package let gvk: GroupVersionKind
    package let isNamespaced: Bool
    package let singularName: String
    package let shortNames: [String]
    package let categories: [String]
    package let verbs: [String]
    package let subresources: [Subresource]
    /// The shape of the kind.
    package let schema: Schema
    /// The kind of its lists.
    package let listKind: GroupVersionKind
    /// Whether a definition in the cluster, not the program, says what the resource is.
    package let isCustom: Bool

    package init(
        gvr: GroupVersionResource, gvk: GroupVersionKind, isNamespaced: Bool, singularName: String,
        shortNames: [String] = [], categories: [String] = [], verbs: [String] = standardVerbs,
        subresources: [Subresource] = [], schema: Schema, listKind: String? = nil, isCustom: Bool = false
    ) {
        self.gvr = gvr
        self.gvk = gvk
        self.isNamespaced = isNamespaced
        self.singularName = singularName
        self.shortNames = shortNames
        self.categories = categories
        self.verbs = verbs
        self.subresources = subresources
        self.schema = schema
        self.listKind = GroupVersionKind(
            group: gvk.group, version: gvk.version, kind: listKind ?? gvk.kind + "List")
        self.isCustom = isCustom
    }
}
