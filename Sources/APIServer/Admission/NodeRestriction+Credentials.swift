import KubeAPI
import Machinery
import PKI

/// A node and credentials: tokens only for pods that run on it, certificates only under its own name.
extension NodeRestriction {
    func checkToken(_ request: AdmissionAttributes, _ node: String) async throws(StatusError) {
        guard request.operation == .create, request.subresource == "token", let object = request.object else { return }
        let spec = TokenRequest(json: object).spec
        guard let reference = spec.boundObjectRef, reference.apiVersion == "v1", reference.kind == "Pod",
            let name = reference.name, !name.isEmpty
        else { throw request.refusal("node requested token not bound to a pod") }
        guard let uid = reference.uid, !uid.isEmpty else {
            throw request.refusal("node requested token with a pod binding without a uid")
        }
        guard let pod = objects("pods", request.namespace, name).map(Pod.init(json:)) else {
            throw StatusError.notFound(GroupResource(group: "", resource: "pods"), name: name)
        }
        guard uid == pod.uid else {
            throw request.refusal(
                "the UID in the bound object reference (\(uid)) does not match the UID in record. "
                    + "The object might have been deleted and then recreated")
        }
        guard pod.spec.nodeName == node else {
            throw request.refusal("node requested token bound to a pod scheduled on a different node")
        }
        try await checkAudience(spec.audiences, of: pod, request)
    }

    /// A node asks for tokens that a volume of the pod asks for; for others it needs a right of its own (KEP-4935).
    private func checkAudience(
        _ audiences: [String], of pod: Pod, _ request: AdmissionAttributes
    ) async throws(StatusError) {
        guard audiences.count <= 1 else { throw request.refusal("node may only request 0 or 1 audiences") }
        let audience = audiences.first ?? ""
        let isNamed = pod.spec.volumes.contains { volume in
            (volume.json["projected"]?["sources"]?.arrayValue ?? []).contains { source in
                source["serviceAccountToken"].map { ($0["audience"]?.stringValue ?? "") == audience } ?? false
            }
        }
        if isNamed { return }
        let access = AccessAttributes(
            user: request.user, verb: "request-serviceaccounts-token-audience", group: "", version: "v1",
            resource: audience, namespace: request.namespace, name: request.name)
        if await authorizer.authorize(access).isAllowed { return }
        throw request.refusal(
            "audience \(GoQuote.quote(audience)) not found in pod spec volume, \(request.user.name) is not authorized "
                + "to request tokens for this audience")
    }

    func checkSigningRequest(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        guard request.operation == .create, request.subresource.isEmpty, let object = request.object else { return }
        let spec = KubeAPI.CertificateSigningRequest(json: object).spec
        guard
            ["kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet"].contains(spec.signerName)
        else { return }
        let subject: DistinguishedName
        do {
            subject = try PKI.CertificateSigningRequest(pem: Base64.standard.decode(spec.request)).subject
        } catch {
            throw request.refusal("unable to parse csr: \(error)")
        }
        guard subject.commonName == NodeIdentity.userPrefix + node else {
            throw request.refusal("can only create a node CSR with CN=\(NodeIdentity.userPrefix)\(node)")
        }
    }

    func checkPodCertificate(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        guard request.operation == .create else {
            throw request.refusal("unexpected operation \(request.operation.rawValue)")
        }
        guard request.subresource.isEmpty else {
            throw request.refusal("unexpected subresource \(request.subresource)")
        }
        let spec = request.object?["spec"]?.objectValue ?? JSONObject()
        guard spec.string("nodeName") == node else {
            throw request.refusal(
                "PodCertificateRequest.Spec.NodeName=\(GoQuote.quote(spec.string("nodeName") ?? "")), which is not "
                    + "the requesting node \(GoQuote.quote(node))")
        }
        let place = GoQuote.quote("\(request.namespace)/\(spec.string("podName") ?? "")")
        guard let pod = objects("pods", request.namespace, spec.string("podName") ?? "").map(Pod.init(json:)),
            pod.uid == spec.string("podUID")
        else {
            throw StatusError.internalError("pod \(place) named in the PodCertificateRequest is not known by that UID")
        }
        guard pod.spec.nodeName == node else {
            throw request.refusal(
                "pod \(place) is not running on node \(GoQuote.quote(node)) named in the PodCertificateRequest")
        }
        guard pod.metadata.annotations[Self.mirrorAnnotation] == nil else {
            throw request.refusal("pod \(place) is a mirror pod")
        }
        let account = spec.string("serviceAccountName") ?? ""
        guard account == pod.spec.serviceAccountName ?? "" else {
            throw request.refusal(
                "PodCertificateRequest for pod \(place) contains serviceAccountName (\(GoQuote.quote(account))) that "
                    + "differs from running pod (\(GoQuote.quote(pod.spec.serviceAccountName ?? "")))")
        }
    }
}
