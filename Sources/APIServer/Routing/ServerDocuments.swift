import Machinery

/// What the server answers outside of resources: version, discovery, OpenAPI.
package struct ServerDocuments: Sendable {
    package let discovery: DiscoveryDocuments
    package let openAPI: OpenAPIDocuments
    package let version: JSONObject
    /// OpenID discovery and keys of service-account tokens.
    package let issuer: [String: ServerResponse]

    package init(
        discovery: DiscoveryDocuments, openAPI: OpenAPIDocuments, version: JSONObject,
        issuer: [String: ServerResponse] = [:]
    ) {
        self.discovery = discovery
        self.openAPI = openAPI
        self.version = version
        self.issuer = issuer
    }
}

extension APIServer {
    func document(_ request: ServerRequest) async throws(StatusError) -> ServerResponse {
        let path = request.info.path
        guard request.method == "GET" || request.method == "HEAD" else { throw StatusError.methodNotAllowed() }
        if let response = health.response(path: path, query: request.query) { return response }
        if path == "/version" || path == "/version/" { return .object(documents.version) }
        if let response = documents.discovery.response(path: path, accept: request.accept) { return response }
        if path.hasPrefix("/openapi/") {
            if let response = try documents.openAPI.response(path: path, query: request.query, accept: request.accept) {
                return response
            }
        }
        if let response = documents.issuer[path] { return response }
        if path == "/" { return .object(paths()) }
        throw StatusError.pathNotFound()
    }

    private func paths() -> JSONObject {
        var all = ["/api", "/apis", "/healthz", "/livez", "/readyz", "/openapi/v2", "/openapi/v3", "/version"]
        for groupVersion in resources.groupVersions {
            all.append(
                groupVersion.group.isEmpty ? "/api/\(groupVersion.version)" : "/apis/\(groupVersion.apiVersion)")
        }
        return ["paths": .array(all.sorted().map(JSON.string))]
    }
}
