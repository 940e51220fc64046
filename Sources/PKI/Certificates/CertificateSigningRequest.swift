internal import COpenSSL

/// A PKCS#10 request (RFC 2986): a key, and the subject and names its holder asks to have certified.
package struct CertificateSigningRequest: Sendable, Hashable {
    package let der: [UInt8]
    package let subject: DistinguishedName
    package let publicKey: PublicKey
    package let alternativeNames: SubjectAlternativeNames
    /// The usages asked for in the request itself; nil where it does not say. Kubernetes takes `spec.usages` instead.
    package let keyUsage: KeyUsage?
    package let extendedKeyUsages: [ExtendedKeyUsage]?
    /// Whether the request asks to become an authority, which no signer of the cluster grants.
    package let asksForCA: Bool

    package static let maximumSize = 65_536

    /// A request for the key, signed by it.
    package init(
        key: PrivateKey, subject: DistinguishedName, alternativeNames: SubjectAlternativeNames = .none
    ) throws(PKIError) {
        var extensions = CertificateExtensions()
        extensions.alternativeNames = alternativeNames
        var attributes: [UInt8] = []
        if let list = try extensions.encoded() {
            attributes = DER.sequence(DER.objectIdentifier(.extensionRequest), DER.set(list))
        }
        let info = DER.sequence(
            DER.integer(unsigned: [0]), subject.der, key.publicKey.der,
            DER.element(DERTag.constructedContext(0), attributes))
        try self.init(der: DER.sequence(info, key.type.signatureAlgorithm, DER.bitString(key.sign(info))))
    }

    /// Parses a request without verifying its signature. Keys of other types than `KeyType`'s are `unsupported`.
    package init(der: [UInt8]) throws(PKIError) {
        X509_REQ_free(try Self.decode(der))  // libcrypto's verdict on the form
        var file = DERReader(der)
        var request = try file.next(DERTag.sequence, "CertificationRequest").reader
        var info = try request.next(DERTag.sequence, "CertificationRequestInfo").reader
        _ = try info.next(DERTag.integer, "version")
        subject = try DistinguishedName(info.next(DERTag.sequence, "subject"))
        publicKey = try PublicKey(der: Array(info.next(DERTag.sequence, "subjectPKInfo").encoded))
        let extensions = try Self.requestedExtensions(info.nextIf(DERTag.constructedContext(0)))
        alternativeNames = extensions.alternativeNames
        keyUsage = extensions.keyUsage
        extendedKeyUsages = extensions.extendedKeyUsages
        asksForCA = extensions.isCA ?? false
        self.der = der
    }

    /// The first `CERTIFICATE REQUEST` (or `NEW CERTIFICATE REQUEST`) of PEM text.
    package init(pem: [UInt8]) throws(PKIError) {
        for block in try PEM.parse(pem)
        where block.label == "CERTIFICATE REQUEST" || block.label == "NEW CERTIFICATE REQUEST" {
            try self.init(der: block.der)
            return
        }
        throw PKIError(.malformed, "no certificate request in PEM text")
    }

    package init(pem: some StringProtocol) throws(PKIError) { try self.init(pem: Array(pem.utf8)) }

    package func pem() -> String { PEM.encode(PEM.Block(label: "CERTIFICATE REQUEST", der: der)) }

    /// Whether the holder of the key made the request: `badSignature` if not, `unsupported` for a signature algorithm
    /// that proves nothing today (SHA-1 and older).
    package func verifySignature() throws(PKIError) {
        var file = DERReader(der)
        var request = try file.next(DERTag.sequence, "CertificationRequest").reader
        _ = try request.next(DERTag.sequence, "CertificationRequestInfo")
        var algorithm = try request.next(DERTag.sequence, "signatureAlgorithm").reader
        let identifier = ObjectIdentifier(
            content: try algorithm.next(DERTag.objectIdentifier, "signature algorithm").bytes)
        guard Self.acceptedSignatures.contains(identifier) else {
            throw PKIError(.unsupported, "the certificate request's signature algorithm is not supported")
        }
        let pointer = try Self.decode(der)
        defer { X509_REQ_free(pointer) }
        try requireSuccess(
            X509_REQ_verify(pointer, publicKey.handle.pointer),
            "the certificate request is not signed by its key", as: .badSignature)
    }

    package static func == (left: CertificateSigningRequest, right: CertificateSigningRequest) -> Bool {
        left.der == right.der
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(der) }

    private static let acceptedSignatures: Set<ObjectIdentifier> = [
        .sha256WithRSA, .sha384WithRSA, .sha512WithRSA, .ecdsaWithSHA256, .ecdsaWithSHA384, .ecdsaWithSHA512,
    ]

    private static func decode(_ der: [UInt8]) throws(PKIError) -> OpaquePointer {
        try decodeDER(
            der, limit: maximumSize, "certificate request", { d2i_X509_REQ(nil, $0, $1) }, free: X509_REQ_free)
    }

    private static func requestedExtensions(_ attributes: DERElement?) throws(PKIError) -> CertificateExtensions {
        guard var reader = attributes?.reader else { return CertificateExtensions() }
        while !reader.isAtEnd {
            var attribute = try reader.next(DERTag.sequence, "Attribute").reader
            let type = try attribute.next(DERTag.objectIdentifier, "attribute type").bytes
            guard type.elementsEqual(ObjectIdentifier.extensionRequest.content) else { continue }
            var values = try attribute.next(DERTag.set, "attribute values").reader
            return try CertificateExtensions(values.next(DERTag.sequence, "Extensions"))
        }
        return CertificateExtensions()
    }
}
