import PKI

/// 2027-01-15T08:00:00Z, when the tests' certificates are made.
let now: Int64 = 1_800_000_000
let day: Int64 = 86_400

/// Makes one RSA key for all tests, as making one takes long.
enum Keys {
    static let p256 = Result { try PrivateKey.generate() }
    static let p384 = Result { try PrivateKey.generate(.ecdsaP384) }
    static let rsa = Result { try PrivateKey.generate(.rsa(bits: 2048)) }

    static func of(_ type: KeyType) throws -> PrivateKey {
        switch type {
        case .ecdsaP256: try p256.get()
        case .ecdsaP384: try p384.get()
        case .rsa: try rsa.get()
        }
    }

    static let types: [KeyType] = [.ecdsaP256, .ecdsaP384, .rsa(bits: 2048)]
}

func makeAuthority(
    _ name: String = "gantry-ca", lifetime: Duration = .seconds(3650 * day), key: PrivateKey? = nil
) throws -> CertificateAuthority {
    try CertificateAuthority.create(
        subject: DistinguishedName(commonName: name), validity: Validity(now: now, lifetime: lifetime), key: key)
}

extension CertificateAuthority {
    func issueLeaf(
        _ subject: DistinguishedName = DistinguishedName(commonName: "leaf"),
        alternativeNames: SubjectAlternativeNames = .none, usages: KeyUsages = .client,
        lifetime: Duration = .seconds(day), key: PublicKey? = nil
    ) throws -> Certificate {
        try issue(
            subject: subject, alternativeNames: alternativeNames, usages: usages,
            validity: Validity(now: now, lifetime: lifetime), publicKey: key ?? Keys.of(.ecdsaP256).publicKey)
    }
}

/// The code of the error a body throws; nil when it throws none.
func code(_ body: () throws -> Void) -> PKIError.Code? {
    do {
        try body()
        return nil
    } catch let error as PKIError {
        return error.code
    } catch {
        return PKIError.Code.crypto
    }
}

/// Every way of breaking a file that parsers meet: cut anywhere, one bit turned anywhere.
func broken(_ bytes: [UInt8]) -> [[UInt8]] {
    var variants = (0..<bytes.count).map { Array(bytes[..<$0]) }
    for index in bytes.indices {
        for bit in [UInt8(0x01), 0x80, 0xff] {
            var variant = bytes
            variant[index] ^= bit
            variants.append(variant)
        }
    }
    return variants
}
