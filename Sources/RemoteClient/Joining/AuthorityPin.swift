import PKI

/// A certificate authority known beforehand, by the SHA-256 of its public key: `sha256:` and 64 hexadecimal digits, as
/// kubeadm's `--discovery-token-ca-cert-hash` has it (RFC 7469).
///
/// The key rather than the certificate, so that a renewed certificate is still the same authority.
package struct AuthorityPin: Hashable, Sendable, CustomStringConvertible {
    private static let prefix = "sha256:"
    private let digest: [UInt8]

    package init(_ authority: Certificate) throws(PKIError) {
        digest = Digest.sha256(try authority.publicKey().der)
    }

    package init(_ text: some StringProtocol) throws(JoinError) {
        guard text.hasPrefix(Self.prefix) else {
            throw JoinError("\"\(text)\" is no hash of an authority: it begins with \(Self.prefix)")
        }
        try self.init(digits: text.dropFirst(Self.prefix.count))
    }

    /// - Parameter digits: the hash without its prefix.
    init(digits: some StringProtocol) throws(JoinError) {
        guard let bytes = try? Hex.decode(digits), bytes.count == 32 else {
            throw JoinError("the authority's hash is not 64 hexadecimal digits")
        }
        digest = bytes
    }

    /// The hash without its prefix.
    package var digits: String { Hex.encode(digest) }
    package var description: String { Self.prefix + digits }

    func matches(_ authority: Certificate) -> Bool {
        (try? AuthorityPin(authority)) == self
    }
}
