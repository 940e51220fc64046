internal import COpenSSL

/// A public key of somebody else's key set (RFC 7517), for verifying tokens; immutable and shareable.
///
/// Unlike `PublicKey` it may be used with several algorithms, as RSA keys are by issuers of tokens: the verifier says
/// which it takes.
package struct WebKey: Sendable {
    package enum Curve: String, Hashable, Sendable {
        case p256 = "P-256"
        case p384 = "P-384"
        case p521 = "P-521"

        /// Of a coordinate, and of r and s in a signature.
        var octets: Int {
            switch self {
            case .p256: 32
            case .p384: 48
            case .p521: 66
            }
        }

        var identifier: ObjectIdentifier {
            switch self {
            case .p256: .secp256r1
            case .p384: .secp384r1
            case .p521: .secp521r1
            }
        }
    }

    private let handle: KeyHandle
    /// `nil` for RSA.
    private let curve: Curve?

    /// An RSA key from modulus and exponent.
    package init(modulus: [UInt8], exponent: [UInt8]) throws(PKIError) {
        let bits = modulus.drop { $0 == 0 }.count * 8
        guard KeyType.rsaBits.contains(bits) else { throw PKIError(.unsupported, "an RSA key of \(bits) bits") }
        let key = DER.sequence(DER.integer(unsigned: modulus), DER.integer(unsigned: exponent))
        try self.init(DER.sequence(DER.objectIdentifier(.rsaEncryption), [0x05, 0x00]), key, curve: nil)
    }

    /// A point on a curve.
    package init(curve: Curve, x: [UInt8], y: [UInt8]) throws(PKIError) {
        guard x.count == curve.octets, y.count == curve.octets else {
            throw PKIError(.malformed, "the coordinates of a \(curve.rawValue) key have another length")
        }
        try self.init(
            DER.sequence(DER.objectIdentifier(.ecPublicKey), DER.objectIdentifier(curve.identifier)), [0x04] + x + y,
            curve: curve)
    }

    private init(_ algorithm: [UInt8], _ bits: [UInt8], curve: Curve?) throws(PKIError) {
        let der = DER.sequence(algorithm, DER.bitString(bits))
        let pointer = try decodeDER(
            der, limit: 16_384, "public key", { d2i_PUBKEY(nil, $0, $1) }, free: EVP_PKEY_free)
        handle = KeyHandle(owning: pointer)
        self.curve = curve
    }

    /// Whether the key signed the token, by one of these algorithms.
    package func verifies(_ token: JWT, _ allowed: Set<SigningAlgorithm>) -> Bool {
        guard let algorithm = SigningAlgorithm(rawValue: token.algorithm), allowed.contains(algorithm) else {
            return false
        }
        switch algorithm.scheme {
        case .pkcs1, .pss:
            guard curve == nil else { return false }
            return verifies(token.signature, token.signed, algorithm)
        case .ecdsa(let wanted):
            guard curve == wanted, token.signature.count == 2 * wanted.octets else { return false }
            let (r, s) = (token.signature[..<wanted.octets], token.signature[wanted.octets...])
            return verifies(DER.sequence(DER.integer(unsigned: r), DER.integer(unsigned: s)), token.signed, algorithm)
        }
    }

    private func verifies(_ signature: [UInt8], _ message: ArraySlice<UInt8>, _ algorithm: SigningAlgorithm) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var parameters: OpaquePointer?
        guard EVP_DigestVerifyInit(context, &parameters, algorithm.digest.pointer, nil, handle.pointer) == 1 else {
            ERR_clear_error()
            return false
        }
        if algorithm.scheme == .pss {
            guard EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1,
                EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1
            else {
                ERR_clear_error()
                return false
            }
        }
        let isValid = signature.withUnsafeBufferPointer { signature in
            message.withUnsafeBufferPointer { message in
                EVP_DigestVerify(context, signature.baseAddress, signature.count, message.baseAddress, message.count)
                    == 1
            }
        }
        // A signature that fails to parse leaves entries that must not be taken for a later failure's reason.
        if !isValid { ERR_clear_error() }
        return isValid
    }
}
