import KubeSchemas
import Machinery

/// Where a resource's paths may lead, checked before anything is served: a path authorized in one namespace must not
/// reach an object elsewhere.
enum RequestPlace {
    static func check(_ info: RequestInfo, _ resource: APIResource) throws(StatusError) {
        try checkScope(info, resource)
        try checkName(info.name)
        try checkName(info.namespace)
        // What follows a subresource is the business of those that forward requests.
        guard info.trailing.isEmpty || info.subresource == "proxy" else { throw StatusError.pathNotFound() }
        guard info.subresource.isEmpty else { return }
        switch info.verb {
        case "create" where !info.name.isEmpty, "update" where info.name.isEmpty, "patch" where info.name.isEmpty, "":
            throw StatusError.methodNotAllowed()
        default:
            return
        }
    }

    private static func checkScope(_ info: RequestInfo, _ resource: APIResource) throws(StatusError) {
        if resource.isNamespaced {
            guard info.namespace.isEmpty, !["list", "watch"].contains(info.verb) || !info.subresource.isEmpty else {
                return
            }
            // Across namespaces a collection is only read.
            throw info.name.isEmpty ? StatusError.methodNotAllowed() : StatusError.pathNotFound()
        }
        // A Namespace is addressed by its own path, and is then in itself.
        let isItself = resource.gvr.resource == "namespaces" && info.name == info.namespace
        guard info.namespace.isEmpty || isItself else { throw StatusError.pathNotFound() }
    }

    /// What a path can name at all (Kubernetes' path segment names).
    private static func checkName(_ name: String) throws(StatusError) {
        let problem: String
        if name == "." {
            problem = "may not be '.'"
        } else if name == ".." {
            problem = "may not be '..'"
        } else if name.utf8.contains(UInt8(ascii: "/")) {
            problem = "may not contain '/'"
        } else if name.utf8.contains(UInt8(ascii: "%")) {
            problem = "may not contain '%'"
        } else {
            return
        }
        throw StatusError.badRequest("Name parameter invalid: \(GoQuote.quote(name)): \(problem)")
    }
}
