import Machinery

/// A subresource through which one part of an object is written, by rules of its own: ephemeral containers, resources,
/// approval of signing requests, a namespace's finalizers.
struct PartialUpdateSubresource: SubresourceHandler {
    let registry: Registry
    /// Makes the object to store from the stored one and the one sent.
    let merge: @Sendable (_ sent: JSONObject, _ old: JSONObject) throws(StatusError) -> JSONObject

    func handle(_ request: ServerRequest, server: APIServer) async throws(StatusError) -> ServerResponse {
        let form = try ResponseForm.negotiate(accept: request.accept)
        let info = request.info
        switch info.verb {
        case "get":
            return try await server.get(request, registry)
        case "update":
            let options = try WriteOptions(request, now: server.clock.now)
            let document = try ObjectDecoding.parse(
                try await request.collectBody(), contentType: request.contentType)
            let sent = try await registry.receive(document.value, duplicates: document.duplicates, options: options)
            try registry.checkPlace(of: sent, namespace: info.namespace, name: info.name)
            let merge = merge
            let bytes = try await registry.change(
                info.namespace, info.name, scope: .custom, options: options
            ) { old throws(StatusError) in
                try merge(sent, old)
            }
            return try await ObjectResponse.make(
                bytes: bytes, form: form, registry: registry, now: server.clock.now, request: request)
        case "patch":
            guard let type = Registry.PatchType(contentType: request.contentType), type != .apply else {
                throw StatusError.unsupportedMediaType(accepted: Registry.PatchType.accepted)
            }
            let options = try WriteOptions(request, now: server.clock.now)
            let result = try await registry.patch(
                try await request.collectBody(), type: type, namespace: info.namespace, name: info.name,
                scope: .custom, force: false, options: options, merge: merge)
            return try await ObjectResponse.make(
                bytes: result.bytes, form: form, registry: registry, now: server.clock.now, request: request)
        default:
            throw StatusError.methodNotSupported(registry.resource.gvr.groupResource, action: info.verb)
        }
    }
}
