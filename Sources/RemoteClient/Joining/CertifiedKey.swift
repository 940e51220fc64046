import Machinery
import PKI

/// A private key with the certificates for it, leaf first: one PEM file, so that the two never part.
package struct CertifiedKey: Sendable {
    package let certificates: [Certificate]
    package let key: PrivateKey
    package let leaf: Certificate

    /// - Throws: `JoinError` when the certificate is another key's.
    package init(certificates: [Certificate], key: PrivateKey) throws {
        guard let leaf = certificates.first else { throw JoinError("there is no certificate for the key") }
        guard try leaf.publicKey() == key.publicKey else { throw JoinError("the certificate is for another key") }
        self.certificates = certificates
        self.key = key
        self.leaf = leaf
    }

    package init(file: String) throws {
        let text = try SecureFile.read(file)
        try self.init(certificates: Certificate.bundle(pem: text), key: PrivateKey(pem: text))
    }

    /// Readable by the owner only, replaced as a whole.
    package func save(_ file: String) throws {
        try SecureFile.write(chainPEM + keyPEM, to: file)
    }

    package var chainPEM: String { certificates.map { $0.pem() }.joined() }
    package var keyPEM: String { get throws { try key.pem() } }

    /// Whether an authority that is believed vouches for it at a time.
    package func isValid(_ purpose: TrustRoots.Purpose, by authorities: String, at time: Timestamp) throws -> Bool {
        let roots = try TrustRoots(pem: Array(authorities.utf8))
        do {
            try roots.verify(
                leaf, intermediates: Array(certificates.dropFirst()), purpose: purpose, at: time.seconds)
            return true
        } catch {
            guard error.code == .untrusted else { throw error }
            return false
        }
    }
}
