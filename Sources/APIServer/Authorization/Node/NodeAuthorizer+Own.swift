/// What is a node's own: its Node, Lease and CSINode, its pods, and what names it.
extension NodeAuthorizer {
    private static let ownVerbs: Set<String> = ["get", "create", "update", "patch", "delete"]

    func lease(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        guard Self.ownVerbs.contains(request.verb) else {
            return .noOpinion(reason: "can only get, create, update, patch, or delete a node lease")
        }
        guard request.namespace == NodeRestriction.leaseNamespace else {
            return .noOpinion(
                reason: "can only access leases in the \"\(NodeRestriction.leaseNamespace)\" system namespace")
        }
        // A create tells its name in the body only, which NodeRestriction sees.
        guard request.verb == "create" || request.name == node else {
            return .noOpinion(reason: "can only access node lease with the same name as the requesting node")
        }
        return .allow(reason: "")
    }

    func csiNode(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        guard Self.ownVerbs.contains(request.verb) else {
            return .noOpinion(reason: "can only get, create, update, patch, or delete a CSINode")
        }
        guard request.subresource.isEmpty else {
            return .noOpinion(reason: "cannot authorize CSINode subresources")
        }
        guard request.verb == "create" || request.name == node else {
            return .noOpinion(reason: "can only access CSINode with the same name as the requesting node")
        }
        return .allow(reason: "")
    }

    func resourceSlice(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        guard request.subresource.isEmpty else {
            return .noOpinion(reason: "cannot authorize ResourceSlice subresources")
        }
        switch request.verb {
        case "create": return .allow(reason: "")
        case "get", "update", "patch", "delete": return related(request, .resourceSlice, node)
        case "watch", "list", "deletecollection":
            return selects("spec.nodeName", node, request)
                ? .allow(reason: "")
                : .noOpinion(reason: "can only list/watch/deletecollection resourceslices with nodeName field selector")
        default:
            return .noOpinion(
                reason: "only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, "
                    + "patch, delete, deletecollection")
        }
    }

    func node(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        switch (request.subresource, request.verb) {
        case ("", "create"), ("", "update"), ("", "patch"), ("status", "update"), ("status", "patch"):
            return .allow(reason: "")
        case ("", "get"), ("", "list"), ("", "watch"):
            if request.name == node { return .allow(reason: "") }
            return .noOpinion(
                reason: request.name.isEmpty
                    ? "node '\(node)' cannot read all nodes, only its own Node object"
                    : "node '\(node)' cannot read '\(request.name)', only its own Node object")
        default:
            return .noOpinion(reason: "")
        }
    }

    func pod(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        switch (request.subresource, request.verb) {
        case ("", "get"):
            return related(request, .pod, node)
        case ("", "list"), ("", "watch"):
            if selects("spec.nodeName", node, request) { return .allow(reason: "") }
            if !request.name.isEmpty { return related(request, .pod, node) }
            return .noOpinion(reason: "can only list/watch pods with spec.nodeName field selector")
        case ("", "create"), ("", "delete"), ("status", "update"), ("status", "patch"), ("eviction", "create"):
            return .allow(reason: "")
        default:
            return .noOpinion(reason: "")
        }
    }

    func podCertificateRequest(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        guard request.subresource.isEmpty else {
            return .noOpinion(reason: "nodes may not access the status subresource of PodCertificateRequests")
        }
        switch request.verb {
        case "create": return .allow(reason: "")
        case "get": return related(request, .podCertificateRequest, node)
        case "list", "watch":
            return selects("spec.nodeName", node, request)
                ? .allow(reason: "")
                : .noOpinion(reason: "can only list/watch podcertificaterequests with nodeName field selector")
        default: return .noOpinion(reason: "nodes may not \(request.verb) podcertificaterequests")
        }
    }

    private func selects(_ field: String, _ value: String, _ request: AccessAttributes) -> Bool {
        request.fieldSelector?.requiredValue(of: field) == value
    }
}
