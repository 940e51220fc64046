import Controllers
import KubeAPI
import PKI

/// What the certificate controllers need of the cluster's authority: reading requests and signing approved ones.
enum CertificateSigner {
    static func make(_ credentials: Credentials) -> Controllers.CertificateAuthority {
        let authority = credentials.authority
        return Controllers.CertificateAuthority(
            inspect: { object in
                let request = try parse(object)
                return CertificateRequestFacts(
                    commonName: request.subject.commonName, organizations: request.subject.organizations,
                    dnsNames: request.alternativeNames.dnsNames, ipAddresses: request.alternativeNames.ipAddresses,
                    emailAddresses: request.alternativeNames.emailAddresses, uris: request.alternativeNames.uris)
            },
            sign: { object in
                let request = try parse(object)
                let seconds = object.spec.expirationSeconds.map(Int64.init) ?? 365 * 86_400
                let now = Int64(object.metadata.creationTimestamp?.seconds ?? 0)
                let certificate = try authority.issue(
                    for: request, usages: KeyUsages(kubernetesNames: object.spec.usages),
                    validity: Validity(now: now, lifetime: .seconds(max(600, seconds))))
                return certificate.pem()
            })
    }

    private static func parse(_ object: KubeAPI.CertificateSigningRequest) throws -> PKI.CertificateSigningRequest {
        let pem = try Base64.standard.decode(object.spec.request)
        let request = try PKI.CertificateSigningRequest(pem: pem)
        try request.verifySignature()
        guard !request.asksForCA else {
            throw Controllers.CertificateAuthority.Refusal("the request asks for an authority's certificate")
        }
        return request
    }
}
