import KubeAPI
import Machinery
import Store

/// What nodes may do: read the objects that pods bound to them refer to, and work on themselves and their pods; the rest
/// of a node's duties by the rules of the role `system:node`.
///
/// It only allows: what it does not allow to a node, bindings of roles still may. Objects of a request's body are
/// `NodeRestriction`'s to judge. As Kubernetes' Node authorizer (KEP-279, with selectors as of KEP-4601).
package final class NodeAuthorizer: Authorizer {
    private let rules: [RBACRule]
    private let graph = NodeGraphFeed()

    package init() {
        rules = DefaultRoles.nodeRules.map(RBACRule.init)
    }

    /// Learns from now on which node has to do with which object.
    package func follow(_ cache: WatchCache) throws(StatusError) { try graph.follow(cache) }

    package func authorize(_ attributes: AccessAttributes) -> AccessDecision {
        let node: String
        switch NodeIdentity(attributes.user) {
        case .none: return .noOpinion(reason: "")
        case .unnamed: return .noOpinion(reason: "unknown node for user \(GoQuote.quote(attributes.user.name))")
        case .node(let name): node = name
        }
        if attributes.isResourceRequest, let decision = divided(attributes, node) { return decision }
        return rules.contains { $0.allows(attributes) } ? .allow(reason: "") : .noOpinion(reason: "")
    }

    package func rules(for user: User, namespace: String) -> AccessRules {
        var rules = AccessRules()
        if case .node = NodeIdentity(user) {
            rules.incompleteReason = "node authorizer does not support user rule resolution"
        }
        return rules
    }

    /// Resources of which a node may see and touch only a part; `nil` for those that are the same to all nodes.
    private func divided(_ request: AccessAttributes, _ node: String) -> AccessDecision? {
        switch (request.group, request.resource) {
        case ("", "secrets"): readObject(request, .secret, node)
        case ("", "configmaps"): readObject(request, .configMap, node)
        case ("", "persistentvolumeclaims"):
            request.subresource == "status" ? claimStatus(request, node) : get(request, .claim, node)
        case ("", "persistentvolumes"): get(request, .volume, node)
        case ("resource.k8s.io", "resourceclaims"): get(request, .resourceClaim, node)
        case ("storage.k8s.io", "volumeattachments"): get(request, .attachment, node)
        case ("", "serviceaccounts"): serviceAccount(request, node)
        case ("coordination.k8s.io", "leases"): lease(request, node)
        case ("storage.k8s.io", "csinodes"): csiNode(request, node)
        case ("resource.k8s.io", "resourceslices"): resourceSlice(request, node)
        case ("", "nodes"): self.node(request, node)
        case ("", "pods"): pod(request, node)
        case ("certificates.k8s.io", "podcertificaterequests"): podCertificateRequest(request, node)
        default: nil
        }
    }

    // MARK: Objects that pods refer to

    func related(_ request: AccessAttributes, _ kind: NodeGraph.Kind, _ node: String) -> AccessDecision {
        guard !request.name.isEmpty else { return .noOpinion(reason: "No Object name found") }
        let vertex = NodeGraph.Vertex(kind: kind, namespace: request.namespace, name: request.name)
        return graph.relates(vertex, to: node)
            ? .allow(reason: "")
            : .noOpinion(reason: "no relationship found between node '\(node)' and this object")
    }

    private func get(_ request: AccessAttributes, _ kind: NodeGraph.Kind, _ node: String) -> AccessDecision {
        guard request.verb == "get" else {
            return .noOpinion(reason: "can only get individual resources of this type")
        }
        guard request.subresource.isEmpty else { return .noOpinion(reason: "cannot get subresource") }
        return related(request, kind, node)
    }

    private func readObject(_ request: AccessAttributes, _ kind: NodeGraph.Kind, _ node: String) -> AccessDecision {
        guard ["get", "list", "watch"].contains(request.verb) else {
            return .noOpinion(reason: "can only read resources of this type")
        }
        guard request.subresource.isEmpty else { return .noOpinion(reason: "cannot read subresource") }
        guard !request.namespace.isEmpty else {
            return .noOpinion(reason: "can only read namespaced object of this type")
        }
        return related(request, kind, node)
    }

    private func claimStatus(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        guard ["update", "patch"].contains(request.verb) else {
            return .noOpinion(reason: "can only get/update/patch this type")
        }
        return related(request, .claim, node)
    }

    private func serviceAccount(_ request: AccessAttributes, _ node: String) -> AccessDecision {
        if request.verb == "get", request.subresource.isEmpty { return readObject(request, .serviceAccount, node) }
        guard request.verb == "create", !request.name.isEmpty else {
            return .noOpinion(reason: "can only create tokens for individual service accounts")
        }
        guard request.subresource == "token" else {
            return .noOpinion(reason: "can only create token subresource of serviceaccount")
        }
        return related(request, .serviceAccount, node)
    }
}
