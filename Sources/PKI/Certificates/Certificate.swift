internal import COpenSSL

/// An X.509 certificate, parsed and immutable. Equal when the bytes are.
///
/// Parsing proves form only. Whether to believe a certificate is `TrustRoots.verify`'s to say.
package struct Certificate: Sendable, Hashable {
    package let der: [UInt8]
    package let subject: DistinguishedName
    package let issuer: DistinguishedName
    /// Big-endian octets as encoded: two's complement, so an issued one may begin with a zero octet.
    package let serialNumber: [UInt8]
    package let validity: Validity
    private let extensions: CertificateExtensions
    let handle: CertificateHandle

    /// The largest certificate read.
    package static let maximumSize = 65_536

    package init(der: [UInt8]) throws(PKIError) {
        let pointer = try decodeDER(
            der, limit: Self.maximumSize, "certificate", { d2i_X509(nil, $0, $1) }, free: X509_free)
        handle = CertificateHandle(owning: pointer)
        let fields = try TBSCertificate(certificate: der)
        subject = try DistinguishedName(fields.subject)
        issuer = try DistinguishedName(fields.issuer)
        serialNumber = fields.serialNumber
        var times = fields.validity.reader
        validity = Validity(parsed: try ASN1Time.parse(times.next()), try ASN1Time.parse(times.next()))
        if let list = fields.extensions {
            extensions = try CertificateExtensions(list)
        } else {
            extensions = CertificateExtensions()
        }
        self.der = der
    }

    /// The `CERTIFICATE` blocks of PEM text in order; none at all is `malformed`.
    package static func bundle(pem: [UInt8]) throws(PKIError) -> [Certificate] {
        var certificates: [Certificate] = []
        for block in try PEM.parse(pem) where block.label == "CERTIFICATE" {
            certificates.append(try Certificate(der: block.der))
        }
        guard !certificates.isEmpty else { throw PKIError(.malformed, "no certificate in PEM text") }
        return certificates
    }

    package static func bundle(pem: some StringProtocol) throws(PKIError) -> [Certificate] {
        try bundle(pem: Array(pem.utf8))
    }

    package var alternativeNames: SubjectAlternativeNames { extensions.alternativeNames }
    package var isCA: Bool { extensions.isCA ?? false }
    /// Nil when the certificate does not restrict its key.
    package var keyUsage: KeyUsage? { extensions.keyUsage }
    /// Nil when the certificate does not restrict its purpose.
    package var extendedKeyUsages: [ExtendedKeyUsage]? { extensions.extendedKeyUsages }
    package var subjectKeyIdentifier: [UInt8]? { extensions.subjectKeyIdentifier }
    package var authorityKeyIdentifier: [UInt8]? { extensions.authorityKeyIdentifier }
    /// SHA-256 of the DER.
    package var fingerprint: [UInt8] { Digest.sha256(der) }

    package func pem() -> String { PEM.encode(PEM.Block(label: "CERTIFICATE", der: der)) }

    /// The key certified; a type this module does not handle is `unsupported`.
    package func publicKey() throws(PKIError) -> PublicKey {
        ERR_clear_error()
        let pointer = try requireObject(X509_get_pubkey(handle.pointer), "read a certificate's key", as: .unsupported)
        return try PublicKey(KeyHandle(owning: pointer))
    }

    package static func == (left: Certificate, right: Certificate) -> Bool { left.der == right.der }

    package func hash(into hasher: inout Hasher) { hasher.combine(der) }
}
