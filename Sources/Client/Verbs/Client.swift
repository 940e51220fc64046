import KubeAPI
import Machinery

/// The one way every loop of the product reaches the cluster: typed verbs over a transport.
///
/// A value, cheap to copy, safe to use from any task. It repeats what a busy server puts off (`RetryingTransport`) and
/// nothing else: callers know what a repeat would mean.
/// Errors are the server's `Status`, or one made here where no answer came or it could not be read.
package struct Client: Sendable {
    package let transport: any Transport
    /// Names the component, as in `gantry-scheduler`; also the field manager of everything it writes.
    package let userAgent: String

    package init(transport: any Transport, userAgent: String) {
        self.transport = transport is RetryingTransport ? transport : RetryingTransport(transport)
        self.userAgent = userAgent
    }

    /// The same client, each of whose requests, repeated ones too, goes by way of another transport.
    func inserting(_ make: (any Transport) -> any Transport) -> Client {
        let inserted = (transport as? RetryingTransport).map { $0.inserting(make) as any Transport } ?? make(transport)
        return Client(transport: inserted, userAgent: userAgent)
    }

    /// The same verbs for a resource that has no typed model, or is only known at run time.
    package func resource(_ resource: GroupVersionResource) -> ResourceClient {
        ResourceClient(resource: resource, transport: transport, fieldManager: fieldManager)
    }

    /// What the server would derive from a user agent: the part before the version.
    var fieldManager: String {
        String(userAgent.prefix { $0 != "/" }.prefix(128))
    }
}

extension Client {
    package func get<T: KubeObject>(_: T.Type, _ key: ObjectKey) async throws(StatusError) -> T {
        T(json: try await resource(T.resource).get(key))
    }

    /// Reads what no resource stands for: the answers of metrics APIs, a group's discovery.
    ///
    /// - Parameter path: its segments, each taken literally.
    package func get(
        path: [String], query: [(name: String, value: String)] = []
    ) async throws(StatusError) -> JSONObject {
        let text = path.map { "/" + ResourcePath.escape($0) }.joined()
        return try await transport.exchange(APIRequest(method: "GET", path: text, query: query))
    }

    package func list<T: KubeObject>(
        _: T.Type, _ options: ListOptions = ListOptions()
    ) async throws(StatusError) -> ObjectList<T> {
        ObjectList(reading: try await resource(T.resource).rawList(options)) { T(json: $0) }
    }

    package func create<T: KubeObject>(_ object: T) async throws(StatusError) -> T {
        T(json: try await resource(T.resource).create(typed(object), namespace: object.namespace))
    }

    /// Replaces an object; refused with a conflict when its `resourceVersion` is no longer the current one.
    package func update<T: KubeObject>(_ object: T) async throws(StatusError) -> T {
        T(json: try await resource(T.resource).update(typed(object), object.key))
    }

    package func updateStatus<T: KubeObject>(_ object: T) async throws(StatusError) -> T {
        T(json: try await resource(T.resource).update(typed(object), object.key, subresource: "status"))
    }

    /// Replaces an object by way of a subresource such as `approval` or `finalize`.
    package func updateSubresource<T: KubeObject>(
        _ object: T, _ subresource: String
    ) async throws(StatusError) -> T {
        T(json: try await resource(T.resource).update(typed(object), object.key, subresource: subresource))
    }

    package func patch<T: KubeObject>(
        _: T.Type, _ key: ObjectKey, _ patch: ObjectPatch, subresource: String? = nil
    ) async throws(StatusError) -> T {
        T(json: try await resource(T.resource).patch(key, patch, subresource: subresource))
    }

    /// Patches without reading what came of it.
    package func change<T: KubeObject>(
        _: T.Type, _ key: ObjectKey, _ patch: ObjectPatch, subresource: String? = nil
    ) async throws(StatusError) {
        try await resource(T.resource).change(key, patch, subresource: subresource)
    }

    package func delete<T: KubeObject>(
        _: T.Type, _ key: ObjectKey, _ options: DeleteOptions = DeleteOptions()
    ) async throws(StatusError) {
        try await resource(T.resource).delete(key, options)
    }

    /// Posts to a subresource that answers with its own kind: `binding`, `eviction`, `token`.
    package func createSubresource<Object: KubeObject, Body: JSONView, Result: JSONView>(
        of _: Object.Type, _ key: ObjectKey, _ subresource: String, _ body: Body, returning _: Result.Type
    ) async throws(StatusError) -> Result {
        Result(json: try await resource(Object.resource).create(body.json, at: key, subresource: subresource))
    }

    package func watch<T: KubeObject>(
        _: T.Type, _ options: WatchOptions
    ) async throws(StatusError) -> WatchStream<T> {
        try await resource(T.resource).openWatch(options) { T(json: $0) }
    }

    /// The tree with `apiVersion` and `kind`, which objects out of lists may lack.
    private func typed<T: KubeObject>(_ object: T) -> JSONObject {
        var json = object.json
        if json["apiVersion"] == nil { json["apiVersion"] = .string(T.kind.apiVersion) }
        if json["kind"] == nil { json["kind"] = .string(T.kind.kind) }
        return json
    }
}
