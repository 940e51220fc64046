import HTTPCore

/// How requests are told of in traces.
enum RequestSpan {
    /// `GET /api/v1/namespaces/{:namespace}/pods/{:name}`: what kind of request it is, without anybody's names.
    static func name(_ request: ServerRequest) -> String {
        let info = request.info
        guard info.isResourceRequest else { return "\(request.method) \(info.path)" }
        var path = info.apiGroup.isEmpty ? "/api/\(info.apiVersion)" : "/apis/\(info.apiGroup)/\(info.apiVersion)"
        if !info.namespace.isEmpty { path += "/namespaces/{:namespace}" }
        path += "/\(info.resource)"
        if !info.name.isEmpty { path += "/{:name}" }
        if !info.subresource.isEmpty { path += "/\(info.subresource)" }
        return "\(request.method) \(path)"
    }

    static func attributes(_ request: ServerRequest, status: Int) -> [Span.Attribute] {
        var attributes = [
            Span.Attribute("http.request.method", request.method), Span.Attribute("url.path", request.info.path),
            Span.Attribute("http.response.status_code", status),
            Span.Attribute("user_agent.original", request.userAgent),
        ]
        if let address = request.http?.remoteAddress?.ipAddress {
            attributes.append(Span.Attribute("client.address", address))
        }
        return attributes
    }
}
