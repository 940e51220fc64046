/// The signed part of a certificate (RFC 5280 section 4.1), located field by field.
struct TBSCertificate {
    let serialNumber: [UInt8]
    let issuer: DERElement
    let validity: DERElement
    let subject: DERElement
    let publicKeyInfo: DERElement
    /// The `Extensions` sequence.
    let extensions: DERElement?

    /// Locates the fields of a whole certificate. Checks their form and order, not their content, and no signature.
    init(certificate der: [UInt8]) throws(PKIError) {
        var file = DERReader(der)
        var certificate = try file.next(DERTag.sequence, "Certificate").reader
        try file.expectEnd("a certificate")
        var fields = try certificate.next(DERTag.sequence, "TBSCertificate").reader
        _ = try fields.nextIf(DERTag.constructedContext(0))
        serialNumber = Array(try fields.next(DERTag.integer, "serialNumber").bytes)
        _ = try fields.next(DERTag.sequence, "signature")
        issuer = try fields.next(DERTag.sequence, "issuer")
        validity = try fields.next(DERTag.sequence, "validity")
        subject = try fields.next(DERTag.sequence, "subject")
        publicKeyInfo = try fields.next(DERTag.sequence, "subjectPublicKeyInfo")
        _ = try fields.nextIf(DERTag.context(1))
        _ = try fields.nextIf(DERTag.context(2))
        if let explicit = try fields.nextIf(DERTag.constructedContext(3)) {
            var inner = explicit.reader
            extensions = try inner.next(DERTag.sequence, "Extensions")
        } else {
            extensions = nil
        }
    }
}
