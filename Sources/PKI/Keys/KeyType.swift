internal import COpenSSL

/// The keys this module handles.
package enum KeyType: Hashable, Sendable, CustomStringConvertible {
    case ecdsaP256
    case ecdsaP384
    /// 2048 to 8192 bits: less is too weak, more makes a single verification a load.
    case rsa(bits: Int)

    package var description: String {
        switch self {
        case .ecdsaP256: "ECDSA P-256"
        case .ecdsaP384: "ECDSA P-384"
        case .rsa(let bits): "RSA \(bits)"
        }
    }

    static let rsaBits = 2048...8192

    /// The digest signatures by such a key are over.
    var digest: DigestHandle {
        switch self {
        case .ecdsaP256, .rsa: .sha256
        case .ecdsaP384: .sha384
        }
    }

    /// The AlgorithmIdentifier of signatures by such a key, in DER.
    var signatureAlgorithm: [UInt8] {
        switch self {
        case .ecdsaP256: DER.sequence(DER.objectIdentifier(.ecdsaWithSHA256))
        case .ecdsaP384: DER.sequence(DER.objectIdentifier(.ecdsaWithSHA384))
        // RFC 4055 section 5: the parameters are NULL, not absent.
        case .rsa: DER.sequence(DER.objectIdentifier(.sha256WithRSA), [0x05, 0x00])
        }
    }

    /// Classifies a key; anything but the cases above is `unsupported`.
    init(of handle: KeyHandle) throws(PKIError) {
        let identifier = EVP_PKEY_get_base_id(handle.pointer)
        switch identifier {
        case EVP_PKEY_RSA:
            let bits = Int(EVP_PKEY_get_bits(handle.pointer))
            guard Self.rsaBits.contains(bits) else {
                throw PKIError(
                    .unsupported,
                    "RSA key of \(bits) bits; \(Self.rsaBits.lowerBound) to \(Self.rsaBits.upperBound) are supported")
            }
            self = .rsa(bits: bits)
        case EVP_PKEY_EC:
            var name = [CChar](repeating: 0, count: 64)
            var length = 0
            let found = EVP_PKEY_get_group_name(handle.pointer, &name, name.count, &length)
            let group =
                found == 1 ? String(decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
            switch group {
            case "prime256v1", "P-256": self = .ecdsaP256
            case "secp384r1", "P-384": self = .ecdsaP384
            default:
                _ = LibcryptoError.drain()
                throw PKIError(.unsupported, "elliptic curve \(group.isEmpty ? "without a name" : group)")
            }
        default:
            let name = OBJ_nid2sn(identifier).map { String(cString: $0) } ?? "of unknown type"
            throw PKIError(.unsupported, "key \(name); ECDSA P-256, P-384 and RSA are supported")
        }
    }
}
