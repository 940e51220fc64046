import KubeSchemas
import Machinery

/// Everything the server serves at one moment, by group, version and resource. A value: what changes at run time is a
/// new one, which shares all groups that stayed the same with their documents. See LiveCatalog.
package struct ResourceCatalog: Sendable {
    /// How a resource is served.
    package enum Serving: Sendable {
        /// Objects in the store.
        case stored(Registry)
        /// Answered on creation, never stored (access reviews).
        case review(any ReviewHandler)
    }

    package struct Served: Sendable {
        package let resource: APIResource
        package let serving: Serving
        package let subresources: [String: any SubresourceHandler]
        /// What discovery and OpenAPI tell of a custom resource; `nil` for built-in ones.
        let custom: CustomVersion?

        package init(
            resource: APIResource, serving: Serving, subresources: [String: any SubresourceHandler] = [:]
        ) {
            self.init(resource: resource, serving: serving, subresources: subresources, custom: nil)
        }

        init(
            resource: APIResource, serving: Serving, subresources: [String: any SubresourceHandler],
            custom: CustomVersion?
        ) {
            self.resource = resource
            self.serving = serving
            self.subresources = subresources
            self.custom = custom
        }

        /// The resource as discovery tells it: with those subresources that have a handler.
        var discovered: [APIResource.Subresource] {
            resource.subresources.filter { subresources[$0.name] != nil }
        }
    }

    /// Groups in the order of discovery: built-in ones as they were registered, then the others by name.
    let groups: [CatalogGroup]
    private let index: [String: CatalogGroup]

    package init(_ served: [Served]) {
        var order: [String] = []
        var byGroup: [String: [Served]] = [:]
        for entry in served {
            let group = entry.resource.gvr.group
            if byGroup[group] == nil { order.append(group) }
            byGroup[group, default: []].append(entry)
        }
        self.init(groups: order.map { CatalogGroup($0, builtin: byGroup[$0] ?? [], added: []) })
    }

    private init(groups: [CatalogGroup]) {
        self.groups = groups
        index = Dictionary(groups.map { ($0.name, $0) }) { first, _ in first }
    }

    package subscript(gvr: GroupVersionResource) -> Served? { index[gvr.group]?[gvr] }

    func group(_ name: String) -> CatalogGroup? { index[name] }

    /// The catalog with other resources added to a group, in the place of those added before.
    func adding(_ added: [String: [Served]]) -> ResourceCatalog {
        var groups = groups.compactMap { group -> CatalogGroup? in
            guard let served = added[group.name] else { return group }
            if served.isEmpty, group.builtin.isEmpty { return nil }
            return CatalogGroup(group.name, builtin: group.builtin, added: served)
        }
        let fresh = added.filter { index[$0.key] == nil && !$0.value.isEmpty }
        guard !fresh.isEmpty else { return ResourceCatalog(groups: groups) }
        let builtin = groups.prefix { !$0.builtin.isEmpty }.count
        groups += fresh.map { CatalogGroup($0.key, builtin: [], added: $0.value) }
        groups[builtin...].sort { $0.name < $1.name }
        return ResourceCatalog(groups: groups)
    }

    package var all: [Served] { groups.flatMap(\.served) }

    package func registry(_ gvr: GroupVersionResource) -> Registry? {
        guard case .stored(let registry)? = self[gvr]?.serving else { return nil }
        return registry
    }

    /// Group versions in the order of discovery.
    package var groupVersions: [GroupVersion] {
        groups.flatMap { group in group.versions.map { GroupVersion(group: group.name, version: $0) } }
    }
}

/// Serves a part of an object under its own path (`pods/log`, `deployments/scale`).
package protocol SubresourceHandler: Sendable {
    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse
}

/// Answers a question posted as an object (`SubjectAccessReview`).
package protocol ReviewHandler: Sendable {
    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse
}
