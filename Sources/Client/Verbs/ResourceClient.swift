import KubeAPI
import KubeSchemas
import Machinery

/// The verbs of one resource over plain trees: what typed verbs are made of, and what loops that work on any kind use.
package struct ResourceClient: Sendable {
    package let resource: GroupVersionResource
    let transport: any Transport
    let fieldManager: String
    /// Ask for `PartialObjectMetadata`: objects without anything but their metadata.
    var metadataOnly = false
    /// Leave `managedFields` out of what lists and watches bring.
    var omitsManagedFields = false

    /// The same verbs, with reads answered by metadata alone where the server can do that.
    package var metadata: ResourceClient {
        var client = self
        client.metadataOnly = true
        return client
    }

    /// The same verbs, with lists and watches read without `managedFields`, which cost a third of the reading.
    package var withoutManagedFields: ResourceClient {
        var client = self
        client.omitsManagedFields = true
        return client
    }

    package func get(_ key: ObjectKey, subresource: String? = nil) async throws(StatusError) -> JSONObject {
        try await exchange(
            APIRequest(method: "GET", path: try path(key, subresource), accept: accept("PartialObjectMetadata")))
    }

    package func list(_ options: ListOptions = ListOptions()) async throws(StatusError) -> ObjectList<JSONObject> {
        ObjectList(reading: try await rawList(options)) { $0 }
    }

    package func create(_ object: JSONObject, namespace: String) async throws(StatusError) -> JSONObject {
        try await exchange(
            APIRequest(
                method: "POST", path: ResourcePath.collection(resource, namespace: namespace), query: managerQuery,
                contentType: Self.json, body: object.encoded(), accept: Self.json))
    }

    package func create(
        _ body: JSONObject, at key: ObjectKey, subresource: String
    ) async throws(StatusError) -> JSONObject {
        try await exchange(
            APIRequest(
                method: "POST", path: try path(key, subresource), query: managerQuery, contentType: Self.json,
                body: body.encoded(), accept: Self.json))
    }

    package func update(
        _ object: JSONObject, _ key: ObjectKey, subresource: String? = nil
    ) async throws(StatusError) -> JSONObject {
        try await exchange(
            APIRequest(
                method: "PUT", path: try path(key, subresource), query: managerQuery, contentType: Self.json,
                body: object.encoded(), accept: Self.json))
    }

    package func patch(
        _ key: ObjectKey, _ patch: ObjectPatch, subresource: String? = nil
    ) async throws(StatusError) -> JSONObject {
        try await exchange(request(key, patch, subresource))
    }

    /// Patches without reading what came of it.
    package func change(
        _ key: ObjectKey, _ patch: ObjectPatch, subresource: String? = nil
    ) async throws(StatusError) {
        try await perform(request(key, patch, subresource))
    }

    package func delete(
        _ key: ObjectKey, _ options: DeleteOptions = DeleteOptions()
    ) async throws(StatusError) {
        try await perform(deletion(try path(key), options))
    }

    /// Deletes everything in a namespace (or, with `nil`, everywhere) that the selectors match.
    package func deleteCollection(
        namespace: String?, labelSelector: String? = nil, _ options: DeleteOptions = DeleteOptions()
    ) async throws(StatusError) {
        var request = deletion(ResourcePath.collection(resource, namespace: namespace), options)
        if let labelSelector { request.query.append(("labelSelector", labelSelector)) }
        try await perform(request)
    }

    package func watch(_ options: WatchOptions) async throws(StatusError) -> WatchStream<JSONObject> {
        try await openWatch(options) { $0 }
    }
}

extension ResourceClient {
    static let json = "application/json"
    /// The list, its items, the item, its metadata.
    private static let managedFieldsDepthInLists = 4

    func rawList(_ options: ListOptions) async throws(StatusError) -> JSONObject {
        try await transport.exchange(
            APIRequest(
                method: "GET", path: ResourcePath.collection(resource, namespace: options.namespace),
                query: options.query, accept: accept("PartialObjectMetadataList")),
            managedFieldsDepth: omitsManagedFields ? Self.managedFieldsDepthInLists : 0)
    }

    func openWatch<Object: Sendable>(
        _ options: WatchOptions, decode: @escaping @Sendable (JSONObject) -> Object
    ) async throws(StatusError) -> WatchStream<Object> {
        let request = APIRequest(
            method: "GET", path: ResourcePath.collection(resource, namespace: options.namespace),
            query: options.query, accept: accept("PartialObjectMetadata"))
        return WatchStream(
            bytes: try await transport.stream(request), omitsManagedFields: omitsManagedFields, decode: decode)
    }

    private var managerQuery: [(name: String, value: String)] { [("fieldManager", fieldManager)] }

    private func accept(_ partialKind: String) -> String {
        metadataOnly ? "application/json;as=\(partialKind);g=meta.k8s.io;v=v1,application/json" : Self.json
    }

    private func path(_ key: ObjectKey, _ subresource: String? = nil) throws(StatusError) -> String {
        // An empty name would address the whole collection: a mistake that must never reach a server.
        guard !key.name.isEmpty else {
            throw StatusError.badRequest("resource name may not be empty")
        }
        return ResourcePath.object(resource, key, subresource: subresource)
    }

    private func deletion(_ path: String, _ options: DeleteOptions) -> APIRequest {
        guard !options.json.isEmpty else { return APIRequest(method: "DELETE", path: path, accept: Self.json) }
        var body = options.json
        body["apiVersion"] = "v1"
        body["kind"] = "DeleteOptions"
        return APIRequest(
            method: "DELETE", path: path, contentType: Self.json, body: body.encoded(), accept: Self.json)
    }

    private func request(
        _ key: ObjectKey, _ patch: ObjectPatch, _ subresource: String?
    ) throws(StatusError) -> APIRequest {
        var query = managerQuery
        if case .apply(_, force: true) = patch { query.append(("force", "true")) }
        return APIRequest(
            method: "PATCH", path: try path(key, subresource), query: query, contentType: patch.contentType,
            body: patch.body, accept: Self.json)
    }

    private func exchange(_ request: APIRequest) async throws(StatusError) -> JSONObject {
        try await transport.exchange(request)
    }

    /// Of the answer, only whether it is a refusal is looked at.
    private func perform(_ request: APIRequest) async throws(StatusError) {
        let response = try await transport.send(request)
        guard response.isSuccess else { throw StatusError(response: response) }
    }
}

extension Transport {
    /// Sends a request and reads the object in its answer.
    func exchange(
        _ request: APIRequest, managedFieldsDepth: Int = 0
    ) async throws(StatusError) -> JSONObject {
        let response = try await send(request)
        guard response.isSuccess else { throw StatusError(response: response) }
        let value: JSON
        do {
            value = try JSON(
                parsing: response.body, keys: BuiltinSchemas.keys, managedFieldsDepth: managedFieldsDepth)
        } catch {
            throw StatusError.internalError("\(request.method) \(request.path): the answer is not JSON: \(error)")
        }
        guard case .object(let object) = value else {
            throw StatusError.internalError(
                "\(request.method) \(request.path): the answer is a JSON \(value.typeName), not an object")
        }
        return object
    }
}
