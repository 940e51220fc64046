import Metrics

/// By what requests are told apart in metrics: Kubernetes' labels.
struct RequestLabels: MetricLabels {
    let verb: String
    let isDryRun: Bool
    let group: String
    let version: String
    let resource: String
    let subresource: String
    let scope: String

    /// Requests that lead nowhere share one series: clients must not be able to make more.
    static let unknown = RequestLabels(
        verb: "unknown", isDryRun: false, group: "", version: "", resource: "", subresource: "", scope: "")

    private init(
        verb: String, isDryRun: Bool, group: String, version: String, resource: String, subresource: String,
        scope: String
    ) {
        self.verb = verb
        self.isDryRun = isDryRun
        self.group = group
        self.version = version
        self.resource = resource
        self.subresource = subresource
        self.scope = scope
    }

    init(_ request: ServerRequest) {
        let info = request.info
        verb = Self.verb(request)
        isDryRun = !request.query.isEmpty && request.isDryRun
        group = info.apiGroup
        version = info.apiVersion
        resource = info.resource
        subresource = info.isResourceRequest ? info.subresource : info.path
        if !info.isResourceRequest {
            scope = ""
        } else if !info.name.isEmpty || info.verb == "create" {
            scope = "resource"
        } else {
            scope = info.namespace.isEmpty ? "cluster" : "namespace"
        }
    }

    private static func verb(_ request: ServerRequest) -> String {
        guard request.info.isResourceRequest else { return request.method }
        switch request.info.verb {
        case "get": return "GET"
        case "list": return "LIST"
        case "watch": return "WATCH"
        case "create":
            return ["exec", "attach", "portforward", "proxy"].contains(request.info.subresource)
                ? "CONNECT" : "POST"
        case "update": return "PUT"
        case "patch": return request.contentType.hasPrefix("application/apply-patch") ? "APPLY" : "PATCH"
        case "delete": return "DELETE"
        case "deletecollection": return "DELETECOLLECTION"
        default: return "unknown"
        }
    }

    var withoutDryRun: [String] { [verb, group, version, resource, subresource, scope, "apiserver"] }
    var values: [String] {
        [verb, isDryRun ? "All" : "", group, version, resource, subresource, scope, "apiserver"]
    }
}
