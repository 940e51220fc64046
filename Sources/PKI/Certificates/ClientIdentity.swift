/// Who a client certificate says its holder is, as Kubernetes reads it.
package struct ClientIdentity: Hashable, Sendable {
    /// The subject's common name. Never empty.
    package let user: String
    /// The subject's organizations in order.
    package let groups: [String]
    /// The subject's user UID attribute, or empty.
    package let uid: String
    /// SHA-256 of the DER in hexadecimal: `authentication.kubernetes.io/credential-id` is `X509SHA256=` and this.
    package let fingerprint: String

    /// Reads the subject of a certificate whose chain the TLS layer has verified already; checks nothing else, makes
    /// no libcrypto object, and takes microseconds. No common name is `malformed`, as no user can have it.
    package init(fromDER der: [UInt8]) throws(PKIError) {
        guard der.count <= Certificate.maximumSize else {
            throw PKIError(.tooLarge, "certificate has \(der.count) bytes; the limit is \(Certificate.maximumSize)")
        }
        let name = try DistinguishedName(TBSCertificate(certificate: der).subject)
        guard !name.commonName.isEmpty else {
            throw PKIError(.malformed, "the certificate's subject has no common name to be a user's")
        }
        user = name.commonName
        groups = name.organizations
        uid = name.userUID
        fingerprint = Hex.encode(Digest.sha256(der))
    }
}
