/// An ASN.1 object identifier, kept as its DER content octets so that comparing is comparing bytes.
struct ObjectIdentifier: Hashable, Sendable {
    let content: [UInt8]

    init(content: some Sequence<UInt8>) { self.content = Array(content) }

    init(_ content: UInt8...) { self.content = content }
}

extension ObjectIdentifier {
    // Attributes of names (X.520): 2.5.4.n.
    static let commonName = ObjectIdentifier(0x55, 0x04, 0x03)
    static let organization = ObjectIdentifier(0x55, 0x04, 0x0a)
    static let organizationalUnit = ObjectIdentifier(0x55, 0x04, 0x0b)

    /// 1.3.6.1.4.1.57683.2: the attribute Kubernetes reads a user's UID from.
    static let kubernetesUserUID = ObjectIdentifier(0x2b, 0x06, 0x01, 0x04, 0x01, 0x83, 0xc2, 0x53, 0x02)

    // Extensions (RFC 5280): 2.5.29.n.
    static let subjectKeyIdentifier = ObjectIdentifier(0x55, 0x1d, 0x0e)
    static let keyUsage = ObjectIdentifier(0x55, 0x1d, 0x0f)
    static let subjectAlternativeName = ObjectIdentifier(0x55, 0x1d, 0x11)
    static let basicConstraints = ObjectIdentifier(0x55, 0x1d, 0x13)
    static let authorityKeyIdentifier = ObjectIdentifier(0x55, 0x1d, 0x23)
    static let extendedKeyUsage = ObjectIdentifier(0x55, 0x1d, 0x25)

    /// PKCS#9 extensionRequest, 1.2.840.113549.1.9.14: the attribute by which a request asks for extensions.
    static let extensionRequest = ObjectIdentifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e)

    // Public keys.
    static let rsaEncryption = ObjectIdentifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01)

    // Signatures.
    static let sha256WithRSA = ObjectIdentifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b)
    static let sha384WithRSA = ObjectIdentifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c)
    static let sha512WithRSA = ObjectIdentifier(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d)
    static let ecdsaWithSHA256 = ObjectIdentifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)
    static let ecdsaWithSHA384 = ObjectIdentifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03)
    static let ecdsaWithSHA512 = ObjectIdentifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04)
}
