import Machinery

/// What the server answers that is the same for as long as it runs: its version, the keys of its tokens.
package struct ServerDocuments: Sendable {
    package let version: JSONObject
    /// OpenID discovery and keys of service-account tokens.
    package let issuer: [String: ServerResponse]
    package let snapshot: SnapshotDocument?

    package init(
        version: JSONObject, issuer: [String: ServerResponse] = [:], snapshot: SnapshotDocument? = nil
    ) {
        self.version = version
        self.issuer = issuer
        self.snapshot = snapshot
    }
}

extension APIServer {
    func document(_ request: ServerRequest, _ served: ServedAPI) async throws(StatusError) -> ServerResponse {
        let path = request.info.path
        if path == SnapshotDocument.path, request.method == "GET", let snapshot = documents.snapshot {
            return try await snapshot.response()
        }
        guard request.method == "GET" || request.method == "HEAD" else { throw StatusError.methodNotAllowed() }
        if let response = health.response(path: path, query: request.query) { return response }
        if let response = metrics.response(path: path, accept: request.accept) { return response }
        if let response = pages.response(path: path) { return response }
        if let response = try ownDocuments.response(path: path, query: request.query) { return response }
        if path == "/version" || path == "/version/" { return .object(documents.version) }
        let known = request.http?.headers["if-none-match"] ?? ""
        if let response = served.discovery.response(path: path, accept: request.accept, known: known) {
            return response
        }
        if path.hasPrefix("/openapi/") {
            if let version = AggregatedAPIs.groupVersion(of: path, under: "/openapi/v3/"),
                let remote = served.aggregated.versions[version], remote.openAPI.hash != nil
            {
                return await aggregation.handle(request, to: remote.service)
            }
            if let response = try served.openAPI.response(
                path: path, query: request.query, accept: request.accept, known: known)
            {
                return response
            }
        }
        if let response = documents.issuer[path] ?? gate.document(path) { return response }
        if path == "/" { return .object(paths(served)) }
        throw StatusError.pathNotFound()
    }

    private func paths(_ served: ServedAPI) -> JSONObject {
        var all = [
            "/api", "/apis", "/flagz", "/healthz", "/livez", "/metrics", "/metrics/slis", "/openapi/v2", "/openapi/v3",
            "/readyz", "/statusz", "/version",
        ]
        all += ownDocuments.paths
        for groupVersion in served.resources.groupVersions + served.aggregated.versions.keys {
            all.append(
                groupVersion.group.isEmpty ? "/api/\(groupVersion.version)" : "/apis/\(groupVersion.apiVersion)")
        }
        return ["paths": .array(all.sorted().map(JSON.string))]
    }
}
