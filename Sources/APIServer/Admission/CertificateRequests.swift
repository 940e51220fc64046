import KubeAPI
import KubeSchemas
import Machinery

/// Certificate signing requests say who asked, in the server's words rather than the client's.
struct CertificateRequester: MutatingAdmission {
    let name = "CertificateRequester"

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == CertificateSigningRequest.resource, attributes.subresource.isEmpty,
            attributes.operation == .create, let object = attributes.object
        else { return }
        let user = attributes.user
        var request = CertificateSigningRequest(json: object)
        request.spec.username = user.name
        request.spec.uid = user.uid.isEmpty ? nil : user.uid
        request.spec.groups = user.groups
        request.spec.extra =
            user.extra.isEmpty
            ? nil : .object(JSONObject(user.extra.map { ($0.key, JSON.array($0.value.map(JSON.string))) }))
        attributes.object = request.json
    }
}

/// Approving a request, or giving it a certificate, needs the verb `approve` or `sign` on its signer.
struct CertificateApproval: ValidatingAdmission {
    let name = "CertificateApproval"
    let authorizer: any Authorizer

    private static let group = "certificates.k8s.io"

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == CertificateSigningRequest.resource, attributes.operation == .update,
            let old = attributes.oldObject, let new = attributes.object
        else { return }
        let verb: String
        switch attributes.subresource {
        case "approval":
            verb = "approve"
        case "status" where old["status"]?["certificate"] != new["status"]?["certificate"]:
            verb = "sign"
        default:
            return
        }
        let signer = CertificateSigningRequest(json: old).spec.signerName
        let domain = signer.prefix { $0 != "/" }
        for name in [signer, "\(domain)/*"] {
            let access = AccessAttributes(
                user: attributes.user, verb: verb, group: Self.group, resource: "signers", name: name)
            if await authorizer.authorize(access).isAllowed { return }
        }
        throw StatusError.forbidden(
            attributes.resource.groupResource, name: attributes.name,
            "user not permitted to \(verb) requests with signerName \(GoQuote.quote(signer))")
    }
}
