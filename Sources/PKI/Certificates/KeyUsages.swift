/// The key usage bits of RFC 5280 section 4.2.1.3.
package struct KeyUsage: OptionSet, Hashable, Sendable {
    /// Bit n is the extension's named bit n.
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let digitalSignature = KeyUsage(rawValue: 1 << 0)
    package static let contentCommitment = KeyUsage(rawValue: 1 << 1)
    package static let keyEncipherment = KeyUsage(rawValue: 1 << 2)
    package static let dataEncipherment = KeyUsage(rawValue: 1 << 3)
    package static let keyAgreement = KeyUsage(rawValue: 1 << 4)
    package static let certificateSigning = KeyUsage(rawValue: 1 << 5)
    package static let crlSigning = KeyUsage(rawValue: 1 << 6)
    package static let encipherOnly = KeyUsage(rawValue: 1 << 7)
    package static let decipherOnly = KeyUsage(rawValue: 1 << 8)

    /// From the extension's value.
    init(extensionValue: [UInt8]) throws(PKIError) {
        var reader = DERReader(extensionValue)
        let bits = try reader.next(DERTag.bitString, "KeyUsage").bytes
        try reader.expectEnd("KeyUsage")
        guard let unused = bits.first, unused < 8 else { throw PKIError(.malformed, "KeyUsage without bits") }
        var raw: UInt16 = 0
        for (index, octet) in bits.dropFirst().prefix(2).enumerated() {
            for bit in 0..<8 where octet & (0x80 >> UInt8(bit)) != 0 {
                let position = index * 8 + bit
                if position < 9 { raw |= 1 << UInt16(position) }
            }
        }
        self.init(rawValue: raw)
    }

    /// The extension's value.
    var encoded: [UInt8] { DER.namedBits((0..<9).filter { rawValue & (1 << UInt16($0)) != 0 }) }
}

/// A purpose of the extended key usage extension (RFC 5280 section 4.2.1.12).
package struct ExtendedKeyUsage: Hashable, Sendable {
    let identifier: ObjectIdentifier

    init(_ identifier: ObjectIdentifier) { self.identifier = identifier }

    // 1.3.6.1.5.5.7.3.n
    private static func purpose(_ number: UInt8) -> ExtendedKeyUsage {
        ExtendedKeyUsage(ObjectIdentifier(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, number))
    }

    /// 2.5.29.37.0
    package static let any = ExtendedKeyUsage(ObjectIdentifier(0x55, 0x1d, 0x25, 0x00))
    package static let serverAuth = purpose(1)
    package static let clientAuth = purpose(2)
    package static let codeSigning = purpose(3)
    package static let emailProtection = purpose(4)
    package static let ipsecEndSystem = purpose(5)
    package static let ipsecTunnel = purpose(6)
    package static let ipsecUser = purpose(7)
    package static let timestamping = purpose(8)
    package static let ocspSigning = purpose(9)
    /// 1.3.6.1.4.1.311.10.3.3
    package static let microsoftSGC = ExtendedKeyUsage(
        ObjectIdentifier(0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x0a, 0x03, 0x03))
    /// 2.16.840.1.113730.4.1
    package static let netscapeSGC = ExtendedKeyUsage(
        ObjectIdentifier(0x60, 0x86, 0x48, 0x01, 0x86, 0xf8, 0x42, 0x04, 0x01))

    static func list(extensionValue: [UInt8]) throws(PKIError) -> [ExtendedKeyUsage] {
        var outer = DERReader(extensionValue)
        var reader = try outer.next(DERTag.sequence, "ExtKeyUsageSyntax").reader
        try outer.expectEnd("ExtKeyUsageSyntax")
        var usages: [ExtendedKeyUsage] = []
        while !reader.isAtEnd {
            guard usages.count < 64 else { throw PKIError(.tooLarge, "more than 64 extended key usages") }
            let identifier = try reader.next(DERTag.objectIdentifier, "KeyPurposeId")
            usages.append(ExtendedKeyUsage(ObjectIdentifier(content: identifier.bytes)))
        }
        return usages
    }
}

/// What a certificate's key may be used for, both extensions together.
package struct KeyUsages: Hashable, Sendable {
    package var keyUsage: KeyUsage
    package var extended: [ExtendedKeyUsage]

    package init(_ keyUsage: KeyUsage = .digitalSignature, _ extended: [ExtendedKeyUsage] = []) {
        self.keyUsage = keyUsage
        self.extended = extended
    }

    package static let client = KeyUsages(.digitalSignature, [.clientAuth])
    package static let server = KeyUsages(.digitalSignature, [.serverAuth])
    package static let clientAndServer = KeyUsages(.digitalSignature, [.clientAuth, .serverAuth])

    /// From `spec.usages` of a CertificateSigningRequest. Names may repeat; an unknown one is `invalidArgument`.
    package init(kubernetesNames names: some Sequence<String>) throws(PKIError) {
        var keyUsage: KeyUsage = []
        var extended: [ExtendedKeyUsage] = []
        for name in names {
            if let usage = Self.keyUsageNames[name] {
                keyUsage.formUnion(usage)
            } else if let usage = Self.extendedNames[name] {
                if !extended.contains(usage) { extended.append(usage) }
            } else {
                throw PKIError(.invalidArgument, "unknown key usage \"\(name)\"")
            }
        }
        self.init(keyUsage, extended)
    }

    private static let keyUsageNames: [String: KeyUsage] = [
        "signing": .digitalSignature, "digital signature": .digitalSignature,
        "content commitment": .contentCommitment, "key encipherment": .keyEncipherment,
        "key agreement": .keyAgreement, "data encipherment": .dataEncipherment,
        "cert sign": .certificateSigning, "crl sign": .crlSigning,
        "encipher only": .encipherOnly, "decipher only": .decipherOnly,
    ]

    private static let extendedNames: [String: ExtendedKeyUsage] = [
        "any": .any, "server auth": .serverAuth, "client auth": .clientAuth, "code signing": .codeSigning,
        "email protection": .emailProtection, "s/mime": .emailProtection,
        "ipsec end system": .ipsecEndSystem, "ipsec tunnel": .ipsecTunnel, "ipsec user": .ipsecUser,
        "timestamping": .timestamping, "ocsp signing": .ocspSigning,
        "microsoft sgc": .microsoftSGC, "netscape sgc": .netscapeSGC,
    ]
}
