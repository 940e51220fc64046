import Foundation
import HTTPClient
import HTTPServing
import PKI

/// The cluster's own certificates and keys: made at the first start, kept in the data folder, renewed in time.
struct Credentials: Sendable {
    static let authorityLifetime = Duration.seconds(10 * 365 * 86_400)
    static let certificateLifetime = Duration.seconds(365 * 86_400)

    let authority: CertificateAuthority
    /// Signs service-account tokens.
    let accountKey: PrivateKey

    private let folder: String

    /// A certificate chain and its key as PEM text.
    struct Pair: Sendable {
        let certificate: String
        let key: String
    }

    /// Loads those of a cluster that was started before.
    init(existing data: DataFolder) throws {
        guard FileManager.default.fileExists(atPath: data.credentials + "/ca.crt") else {
            throw CommandFailure("there is no cluster in \(data.path); start one with: gantry up")
        }
        try self.init(folder: data.credentials)
    }

    /// Loads what is there and makes what is missing.
    init(folder: String) throws {
        self.folder = folder
        let now = Int64(Date().timeIntervalSince1970)
        let certificatePath = folder + "/ca.crt"
        let keyPath = folder + "/ca.key"
        if FileManager.default.fileExists(atPath: certificatePath) {
            authority = try CertificateAuthority(
                certificatePEM: SecureFile.read(certificatePath), keyPEM: SecureFile.read(keyPath))
        } else {
            authority = try CertificateAuthority.create(
                subject: DistinguishedName(commonName: "gantry-ca"),
                validity: Validity(now: now, lifetime: Self.authorityLifetime))
            try SecureFile.write(authority.key.pem(), to: keyPath)
            try SecureFile.write(authority.certificate.pem(), to: certificatePath, mode: 0o644)
        }
        let accountPath = folder + "/sa.key"
        if FileManager.default.fileExists(atPath: accountPath) {
            accountKey = try PrivateKey(pem: SecureFile.read(accountPath))
        } else {
            accountKey = try PrivateKey.generate()
            try SecureFile.write(accountKey.pem(), to: accountPath)
        }
    }

    /// A certificate of the cluster's authority under `name`, kept as long as it is valid and says the same.
    func pair(
        _ name: String, subject: DistinguishedName, alternativeNames: SubjectAlternativeNames = .none,
        usages: KeyUsages
    ) throws -> Pair {
        let certificatePath = "\(folder)/\(name).crt"
        let keyPath = "\(folder)/\(name).key"
        let now = Int64(Date().timeIntervalSince1970)
        if FileManager.default.fileExists(atPath: certificatePath),
            let kept = try Certificate.bundle(pem: SecureFile.read(certificatePath)).first,
            kept.subject == subject, kept.alternativeNames == alternativeNames, !kept.shouldRenew(at: now),
            (try? TrustRoots([authority.certificate]).verify(kept, purpose: .any, at: now)) != nil
        {
            let key = String(decoding: try SecureFile.read(keyPath), as: UTF8.self)
            return Pair(certificate: kept.pem(), key: key)
        }
        let key = try PrivateKey.generate()
        let certificate = try authority.issue(
            subject: subject, alternativeNames: alternativeNames, usages: usages,
            validity: Validity(now: now, lifetime: Self.certificateLifetime), publicKey: key.publicKey)
        let pem = try key.pem()
        try SecureFile.write(pem, to: keyPath)
        try SecureFile.write(certificate.pem(), to: certificatePath, mode: 0o644)
        return Pair(certificate: certificate.pem(), key: pem)
    }

    var authorityPEM: String { authority.certificate.pem() }

    /// The API server's own certificate, under every name it is reached by.
    func serving(addresses: [String], names: [String]) throws -> ServerTLS.Identity {
        let pair = try pair(
            "apiserver", subject: DistinguishedName(commonName: "kube-apiserver"),
            alternativeNames: SubjectAlternativeNames(dnsNames: names, ipAddresses: addresses), usages: .server)
        return ServerTLS.Identity(
            certificateChainPEM: pair.certificate, privateKeyPEM: pair.key, clientCAsPEM: authorityPEM)
    }

    /// What the API server shows node agents.
    func nodeClient() throws -> ClientTLS.Identity {
        let pair = try pair(
            "apiserver-kubelet-client", subject: DistinguishedName(commonName: "kube-apiserver-kubelet-client"),
            usages: .client)
        return ClientTLS.Identity(
            trust: .authorities(pem: authorityPEM), certificateChainPEM: pair.certificate, privateKeyPEM: pair.key)
    }

    /// A client certificate for the administrator.
    func administrator() throws -> Pair {
        try pair(
            "admin",
            subject: DistinguishedName(commonName: "gantry-admin", organizations: ["system:masters"]), usages: .client)
    }
}
