import Foundation
import PKI
import RemoteClient

/// The cluster's own certificates and keys: made at the first start, kept in the data folder, renewed in time.
struct Credentials: Sendable {
    static let authorityLifetime = Duration.seconds(10 * 365 * 86_400)
    static let certificateLifetime = Duration.seconds(365 * 86_400)

    let authority: CertificateAuthority
    /// Signs what front proxies show extension servers: not the cluster's authority, whose certificates name users.
    let frontProxyAuthority: CertificateAuthority
    /// Signs service-account tokens.
    let accountKey: PrivateKey

    private let folder: String

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
        authority = try Self.authority(folder + "/ca", "gantry-ca", now)
        frontProxyAuthority = try Self.authority(folder + "/front-proxy-ca", "gantry-front-proxy-ca", now)
        let accountPath = folder + "/sa.key"
        if FileManager.default.fileExists(atPath: accountPath) {
            accountKey = try PrivateKey(pem: SecureFile.read(accountPath))
        } else {
            accountKey = try PrivateKey.generate()
            try SecureFile.write(accountKey.pem(), to: accountPath)
        }
    }

    var authorityPEM: String { authority.certificate.pem() }
    var frontProxyAuthorityPEM: String { frontProxyAuthority.certificate.pem() }

    /// An authority of the cluster's own, made when it is not there.
    private static func authority(_ path: String, _ commonName: String, _ now: Int64) throws -> CertificateAuthority {
        if FileManager.default.fileExists(atPath: path + ".crt") {
            return try CertificateAuthority(
                certificatePEM: SecureFile.read(path + ".crt"), keyPEM: SecureFile.read(path + ".key"))
        }
        let authority = try CertificateAuthority.create(
            subject: DistinguishedName(commonName: commonName),
            validity: Validity(now: now, lifetime: authorityLifetime))
        try SecureFile.write(authority.key.pem(), to: path + ".key")
        try SecureFile.write(authority.certificate.pem(), to: path + ".crt", mode: 0o644)
        return authority
    }

    private func signer(_ wanted: OwnCertificate) -> CertificateAuthority {
        switch wanted.signer {
        case .cluster: authority
        case .frontProxy: frontProxyAuthority
        }
    }

    /// A certificate of the cluster's authority, kept in the data folder as long as it is valid and says the same.
    func key(for wanted: OwnCertificate) throws -> CertifiedKey {
        let certificatePath = "\(folder)/\(wanted.name).crt"
        let keyPath = "\(folder)/\(wanted.name).key"
        let now = Int64(Date().timeIntervalSince1970)
        if FileManager.default.fileExists(atPath: certificatePath),
            let kept = try Certificate.bundle(pem: SecureFile.read(certificatePath)).first, wanted.isAnswered(by: kept),
            !kept.shouldRenew(at: now), try signer(wanted).isIssuer(of: kept, at: now),
            // A crash between the two files leaves a certificate without its key.
            let key = try PrivateKey(pem: SecureFile.read(keyPath)).matching(kept)
        {
            return try CertifiedKey(certificates: [kept], key: key)
        }
        let key = try PrivateKey.generate()
        let certificate = try signer(wanted).issue(
            subject: wanted.subject, alternativeNames: wanted.alternativeNames, usages: wanted.usages,
            validity: Validity(now: now, lifetime: Self.certificateLifetime), publicKey: key.publicKey)
        try SecureFile.write(key.pem(), to: keyPath)
        try SecureFile.write(certificate.pem(), to: certificatePath, mode: 0o644)
        return try CertifiedKey(certificates: [certificate], key: key)
    }
}

extension CertificateAuthority {
    fileprivate func isIssuer(of issued: Certificate, at now: Int64) throws -> Bool {
        do {
            try TrustRoots([certificate]).verify(issued, purpose: .any, at: now)
            return true
        } catch {
            guard error.code == .untrusted else { throw error }
            return false
        }
    }
}

extension PrivateKey {
    /// Itself, when the certificate is for it.
    fileprivate func matching(_ certificate: Certificate) throws -> PrivateKey? {
        try certificate.publicKey() == publicKey ? self : nil
    }
}
