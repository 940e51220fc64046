import KubeAPI
import Machinery
import PKI

/// Nobody becomes an administrator by certificate request.
struct CertificateSubjects: ValidatingAdmission {
    let name = "CertificateSubjectRestriction"

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == KubeAPI.CertificateSigningRequest.resource, attributes.operation == .create,
            attributes.subresource.isEmpty, let object = attributes.object
        else { return }
        let spec = KubeAPI.CertificateSigningRequest(json: object).spec
        guard spec.signerName == "kubernetes.io/kube-apiserver-client" else { return }
        let subject: DistinguishedName
        do {
            subject = try PKI.CertificateSigningRequest(pem: Base64.standard.decode(spec.request)).subject
        } catch {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: attributes.name,
                "unable to read the certificate request: \(error)")
        }
        guard !subject.organizations.contains(User.mastersGroup) else {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: attributes.name,
                "use of \(spec.signerName) signer with \(User.mastersGroup) group is not allowed")
        }
    }
}
