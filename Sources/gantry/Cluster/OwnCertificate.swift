import Client
import HTTPClient
import HTTPServing
import PKI
import RemoteClient

/// A certificate that this process has its own cluster's authority make: what it says, and how it is kept current.
struct OwnCertificate: Sendable {
    /// Which of the cluster's authorities signs it.
    enum Signer: Sendable {
        case cluster
        case frontProxy
    }

    /// The one name under which extension servers take the API server's word for who a user is.
    static let frontProxyName = "front-proxy-client"

    /// Names its files in the data folder.
    let name: String
    let subject: DistinguishedName
    var alternativeNames = SubjectAlternativeNames.none
    let usages: KeyUsages
    var signer = Signer.cluster

    /// The API server's own, under every name it is reached by.
    static func serving(addresses: [String], names: [String]) throws -> OwnCertificate {
        OwnCertificate(
            name: "apiserver", subject: DistinguishedName(commonName: "kube-apiserver"),
            alternativeNames: try SubjectAlternativeNames(dnsNames: names, ipAddresses: addresses), usages: .server)
    }

    /// What the API server shows node agents.
    static let nodeClient = OwnCertificate(
        name: "apiserver-kubelet-client", subject: DistinguishedName(commonName: "kube-apiserver-kubelet-client"),
        usages: .client)

    /// What the API server shows extension servers.
    static let frontProxyClient = OwnCertificate(
        name: frontProxyName, subject: DistinguishedName(commonName: frontProxyName), usages: .client,
        signer: .frontProxy)

    /// The administrator's.
    static let administrator = OwnCertificate(
        name: "admin", subject: DistinguishedName(commonName: "gantry-admin", organizations: ["system:masters"]),
        usages: .client)

    /// The serving certificate of the node in the API server's own process.
    static func node(_ name: String, addresses: [String]) throws -> OwnCertificate {
        OwnCertificate(
            name: "node-serving",
            subject: DistinguishedName(commonName: "system:node:\(name)", organizations: ["system:nodes"]),
            alternativeNames: try SubjectAlternativeNames(dnsNames: [name], ipAddresses: addresses), usages: .server)
    }

    func isAnswered(by certificate: Certificate) -> Bool {
        certificate.subject == subject && certificate.alternativeNames == alternativeNames
    }

    /// Has the next one made when its time comes, and puts it to use, until cancelled. Nothing is restarted: connections
    /// made from then on show it.
    func keep(
        _ credentials: Credentials, log: FailureLog = .standardError,
        use: @escaping @Sendable (CertifiedKey) throws -> Void
    ) async throws {
        let keeper = CertificateKeeper("certificate \(name)", try credentials.key(for: self), log: log) {
            try credentials.key(for: self)
        } use: { key in
            try use(key)
        }
        try await keeper.run()
    }
}

extension CertifiedKey {
    /// To be shown by a server that lets in clients of the authority.
    func serving(_ authority: String) throws -> ServerTLS.Identity {
        ServerTLS.Identity(certificateChainPEM: chainPEM, privateKeyPEM: try keyPEM, clientCAsPEM: authority)
    }

    /// To be shown to servers of the authority.
    func client(_ authority: String) throws -> ClientTLS.Identity {
        ClientTLS.Identity(
            trust: .authorities(pem: authority), certificateChainPEM: chainPEM, privateKeyPEM: try keyPEM)
    }
}
