import KubeAPI
import Machinery

/// Keeps a node to its own affairs: its Node, Lease and CSINode, the pods bound to it, tokens for those, certificates
/// under its own name. What others may do is not looked at.
///
/// The words of refusals are those of Kubernetes' plugin of the same name.
struct NodeRestriction: MutatingAdmission, ValidatingAdmission {
    static let mirrorAnnotation = "kubernetes.io/config.mirror"
    static let leaseNamespace = "kube-node-lease"

    let name = "NodeRestriction"
    let authorizer: any Authorizer
    let objects: @Sendable (_ resource: String, _ namespace: String, _ name: String) -> JSONObject?

    /// Asked before other plugins add what the node did not send.
    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        if attributes.operation != .delete { try await check(attributes) }
    }

    /// Deletions pass by here only.
    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        if attributes.operation == .delete { try await check(attributes) }
    }

    private func check(_ attributes: AdmissionAttributes) async throws(StatusError) {
        switch NodeIdentity(attributes.user) {
        case .none: return
        case .unnamed:
            throw attributes.refusal("could not determine node from user \(GoQuote.quote(attributes.user.name))")
        case .node(let node): try await check(attributes, node)
        }
    }

    private func check(_ request: AdmissionAttributes, _ node: String) async throws(StatusError) {
        switch (request.resource.group, request.resource.resource) {
        case ("", "pods"): try checkPod(request, node)
        case ("", "nodes"): try checkNode(request, node)
        case ("", "persistentvolumeclaims"): try checkClaim(request, node)
        case ("", "serviceaccounts"): try await checkToken(request, node)
        case ("coordination.k8s.io", "leases"): try checkLease(request, node)
        case ("storage.k8s.io", "csinodes"):
            guard request.name == node else {
                throw request.refusal("can only access CSINode with the same name as the requesting node")
            }
        case ("resource.k8s.io", "resourceslices"): try checkSlice(request, node)
        case ("certificates.k8s.io", "certificatesigningrequests"): try checkSigningRequest(request, node)
        case ("certificates.k8s.io", "podcertificaterequests"): try checkPodCertificate(request, node)
        default: return
        }
    }

    private func checkLease(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        guard request.namespace == Self.leaseNamespace else {
            throw request.refusal("can only access leases in the \"\(Self.leaseNamespace)\" system namespace")
        }
        guard request.name == node else {
            throw request.refusal("can only access node lease with the same name as the requesting node")
        }
    }

    private func checkSlice(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        let (object, verb): (JSONObject?, String)
        switch request.operation {
        case .create: (object, verb) = (request.object, "create")
        case .delete: (object, verb) = (request.oldObject, "delete")
        case .update, .connect: return
        }
        guard object?["spec"]?["nodeName"]?.stringValue == node else {
            throw request.refusal("can only \(verb) ResourceSlice with the same NodeName as the requesting node")
        }
    }

    /// A node may change what its volumes' sizes came to, and nothing else of a claim.
    private func checkClaim(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        guard request.subresource == "status" else { throw request.refusal("may only update PVC status") }
        guard request.operation == .update, let old = request.oldObject, let new = request.object else {
            throw request.refusal("unexpected operation \(GoQuote.quote(request.operation.rawValue))")
        }
        func rest(_ claim: JSONObject) -> JSONObject {
            var claim = claim
            for member in ["resourceVersion", "managedFields"] { claim["metadata"]?.setMember(member, nil) }
            for member in ["capacity", "conditions", "allocatedResources", "allocatedResourceStatuses"] {
                claim["status"]?.setMember(member, nil)
            }
            return claim
        }
        guard rest(old) == rest(new) else {
            throw request.refusal(
                "node \(GoQuote.quote(node)) is not allowed to update fields other than status.quantity and "
                    + "status.conditions")
        }
    }
}

extension AdmissionAttributes {
    /// A plugin's refusal.
    func refusal(_ message: String) -> StatusError {
        StatusError.forbidden(resource.groupResource, name: name, message)
    }
}
