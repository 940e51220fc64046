import Machinery

/// `…/status`: reads the object, writes only its status.
struct StatusSubresource: SubresourceHandler {
    let registry: Registry

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        switch request.info.verb {
        case "get": try await server.get(request, registry)
        case "update": try await server.update(request, registry, scope: .status)
        case "patch": try await server.patch(request, registry, scope: .status)
        default:
            throw StatusError.methodNotSupported(registry.resource.gvr.groupResource, action: request.info.verb)
        }
    }
}
