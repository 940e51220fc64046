/// A certificate and its key that issue other certificates; immutable and shareable.
package struct CertificateAuthority: Sendable {
    package let certificate: Certificate
    package let key: PrivateKey

    /// Takes a certificate that may issue and the key that belongs to it; else `invalidArgument`.
    package init(certificate: Certificate, key: PrivateKey) throws(PKIError) {
        guard certificate.isCA, certificate.keyUsage?.contains(.certificateSigning) ?? true else {
            throw PKIError(.invalidArgument, "the certificate of \(certificate.subject) may not issue certificates")
        }
        guard try certificate.publicKey() == key.publicKey else {
            throw PKIError(.invalidArgument, "the key does not belong to the certificate of \(certificate.subject)")
        }
        self.certificate = certificate
        self.key = key
    }

    /// Loads an authority from the PEM text of its certificate (the first of a bundle) and of its key.
    package init(certificatePEM: [UInt8], keyPEM: [UInt8]) throws(PKIError) {
        guard let certificate = try Certificate.bundle(pem: certificatePEM).first else {
            throw PKIError(.malformed, "no certificate in PEM text")
        }
        try self.init(certificate: certificate, key: PrivateKey(pem: keyPEM))
    }

    /// A new self-signed authority, with a new P-256 key unless one is given.
    package static func create(
        subject: DistinguishedName, validity: Validity, key: PrivateKey? = nil
    ) throws(PKIError) -> CertificateAuthority {
        let key = if let key { key } else { try PrivateKey.generate() }
        guard !subject.isEmpty else { throw PKIError(.invalidArgument, "an authority needs a name") }
        var extensions = CertificateExtensions()
        extensions.keyUsage = [.digitalSignature, .keyEncipherment, .certificateSigning]
        extensions.isCA = true
        extensions.subjectKeyIdentifier = Self.keyIdentifier(of: key.publicKey)
        let certificate = try Self.sign(
            subject: subject, issuer: subject, validity, key.publicKey, extensions, with: key)
        return try CertificateAuthority(certificate: certificate, key: key)
    }

    /// A certificate for someone else's key. It never outlives the authority: `notAfter` is cut to the authority's own,
    /// and nothing left is `invalidArgument`.
    package func issue(
        subject: DistinguishedName, alternativeNames: SubjectAlternativeNames = .none, usages: KeyUsages,
        validity: Validity, publicKey: PublicKey
    ) throws(PKIError) -> Certificate {
        guard !subject.isEmpty || !alternativeNames.isEmpty else {
            throw PKIError(.invalidArgument, "a certificate needs a subject or an alternative name")
        }
        guard !usages.keyUsage.contains(.certificateSigning) else {
            throw PKIError(.invalidArgument, "issued certificates may not issue others")
        }
        var extensions = CertificateExtensions()
        extensions.alternativeNames = alternativeNames
        extensions.keyUsage = usages.keyUsage
        extensions.extendedKeyUsages = usages.extended
        extensions.isCA = false
        extensions.subjectKeyIdentifier = Self.keyIdentifier(of: publicKey)
        extensions.authorityKeyIdentifier = certificate.subjectKeyIdentifier
        let cut = try Validity(
            notBefore: validity.notBefore, notAfter: min(validity.notAfter, certificate.validity.notAfter))
        return try Self.sign(
            subject: subject, issuer: certificate.subject, cut, publicKey, extensions, with: key)
    }

    /// A certificate for a request, with the subject and names it asks for unless others are given. The request's own
    /// signature must verify (`badSignature`). Whether the subject, names and usages may be had is for the signer to
    /// decide before.
    package func issue(
        for request: CertificateSigningRequest, subject: DistinguishedName? = nil,
        alternativeNames: SubjectAlternativeNames? = nil, usages: KeyUsages, validity: Validity
    ) throws(PKIError) -> Certificate {
        try request.verifySignature()
        return try issue(
            subject: subject ?? request.subject, alternativeNames: alternativeNames ?? request.alternativeNames,
            usages: usages, validity: validity, publicKey: request.publicKey)
    }

    /// A subject key identifier by the first method of RFC 7093: the leftmost 160 bits of the key bits' SHA-256.
    private static func keyIdentifier(of key: PublicKey) -> [UInt8] {
        Array(Digest.sha256(key.bits).prefix(20))
    }

    private static func sign(
        subject: DistinguishedName, issuer: DistinguishedName, _ validity: Validity, _ publicKey: PublicKey,
        _ extensions: CertificateExtensions, with key: PrivateKey
    ) throws(PKIError) -> Certificate {
        // 126 random bits, positive and of constant length: unique without a counter to keep.
        var serial = SecureRandom.bytes(16)
        serial[0] = serial[0] & 0x3f | 0x40
        var fields = [
            DER.element(DERTag.constructedContext(0), DER.integer(unsigned: [2])),  // version 3
            DER.integer(unsigned: serial),
            key.type.signatureAlgorithm,
            issuer.der,
            DER.sequence(try ASN1Time.encode(validity.notBefore), try ASN1Time.encode(validity.notAfter)),
            subject.der,
            publicKey.der,
        ]
        if let list = try extensions.encoded() { fields.append(DER.element(DERTag.constructedContext(3), list)) }
        let signed = DER.sequence(fields)
        let signature = try key.sign(signed)
        return try Certificate(der: DER.sequence(signed, key.type.signatureAlgorithm, DER.bitString(signature)))
    }
}
