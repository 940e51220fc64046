import KubeSchemas
import Machinery

/// Everything the server serves, by group, version and resource.
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

        package init(resource: APIResource, serving: Serving, subresources: [String: any SubresourceHandler] = [:]) {
            self.resource = resource
            self.serving = serving
            self.subresources = subresources
        }

        /// The resource as discovery tells it: with those subresources that have a handler.
        var discovered: [APIResource.Subresource] {
            resource.subresources.filter { subresources[$0.name] != nil }
        }
    }

    package let all: [Served]
    private let index: [GroupVersionResource: Served]

    package init(_ served: [Served]) {
        all = served
        index = Dictionary(served.map { ($0.resource.gvr, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(gvr: GroupVersionResource) -> Served? { index[gvr] }

    package func registry(_ gvr: GroupVersionResource) -> Registry? {
        guard case .stored(let registry)? = index[gvr]?.serving else { return nil }
        return registry
    }

    /// Group versions in the order in which they were registered.
    package var groupVersions: [GroupVersion] {
        var seen: Set<GroupVersion> = []
        return all.map(\.resource.gvr.groupVersion).filter { seen.insert($0).inserted }
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
