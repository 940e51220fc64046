internal import COpenSSL

/// A private key, immutable and shareable. Signs with the digest its type implies: SHA-256, or SHA-384 on P-384.
package struct PrivateKey: Sendable {
    package let type: KeyType
    package let publicKey: PublicKey
    let handle: KeyHandle

    /// The largest encoded key read; an RSA key of 8192 bits has half of it.
    private static let maximumSize = 16_384

    /// A new ECDSA key on P-256, the type every key of the cluster's own has.
    package static func generate() throws(PKIError) -> PrivateKey {
        ERR_clear_error()
        return try PrivateKey(
            generated: KeyHandle(owning: requireObject(gantry_generate_ec_key("P-256"), "generate a P-256 key")))
    }

    /// A new key of a type. RSA takes some hundred milliseconds, and several seconds for its larger sizes.
    package static func generate(_ type: KeyType) throws(PKIError) -> PrivateKey {
        ERR_clear_error()
        let pointer: OpaquePointer?
        switch type {
        case .ecdsaP256: pointer = gantry_generate_ec_key("P-256")
        case .ecdsaP384: pointer = gantry_generate_ec_key("P-384")
        case .rsa(let bits):
            guard KeyType.rsaBits.contains(bits) else {
                throw PKIError(.invalidArgument, "RSA key of \(bits) bits")
            }
            pointer = gantry_generate_rsa_key(bits)
        }
        return try PrivateKey(generated: KeyHandle(owning: requireObject(pointer, "generate a \(type) key")))
    }

    /// The first private key of PEM text: PKCS#8 (`PRIVATE KEY`), SEC1 (`EC PRIVATE KEY`), PKCS#1 (`RSA PRIVATE KEY`).
    /// Other blocks before it are skipped, as in a file of curve parameters and key. Encrypted keys are `unsupported`.
    package init(pem: [UInt8]) throws(PKIError) {
        var labels: [String] = []
        for block in try PEM.parse(pem) {
            switch block.label {
            case "PRIVATE KEY":
                try self.init(pkcs8: block.der)
                return
            case "EC PRIVATE KEY":
                try self.init(block.der, "SEC1 private key") { d2i_PrivateKey(EVP_PKEY_EC, nil, &$0, $1) }
                return
            case "RSA PRIVATE KEY":
                try self.init(block.der, "PKCS#1 private key") { d2i_PrivateKey(EVP_PKEY_RSA, nil, &$0, $1) }
                return
            case "ENCRYPTED PRIVATE KEY":
                throw PKIError(.unsupported, "the private key is encrypted; decrypt it first")
            default:
                labels.append(block.label)
            }
        }
        let found = labels.isEmpty ? "no PEM block" : labels.joined(separator: ", ")
        throw PKIError(.malformed, "no private key in PEM text (found \(found))")
    }

    package init(pem: some StringProtocol) throws(PKIError) { try self.init(pem: Array(pem.utf8)) }

    /// A key from PKCS#8 DER.
    package init(pkcs8 der: [UInt8]) throws(PKIError) {
        try self.init(der, "PKCS#8 private key") { pointer, length in
            guard let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &pointer, length) else { return nil }
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            return EVP_PKCS82PKEY(info)
        }
    }

    private init(
        _ der: [UInt8], _ what: String, _ parse: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?
    ) throws(PKIError) {
        let pointer = try decodeDER(der, limit: Self.maximumSize, what, { parse(&$0.pointee, $1) }, free: EVP_PKEY_free)
        try self.init(parsed: KeyHandle(owning: pointer))
    }

    private init(parsed handle: KeyHandle) throws(PKIError) {
        try self.init(generated: handle)
        switch type {
        case .ecdsaP256, .ecdsaP384: try Self.checkPair(handle)
        case .rsa: break  // Checking would test the primes, at tens of milliseconds; a wrong one only fails to verify.
        }
    }

    private init(generated handle: KeyHandle) throws(PKIError) {
        self.handle = handle
        type = try KeyType(of: handle)
        publicKey = try PublicKey(handle)
    }

    /// An encoded key carries its public half beside the private one: they must belong together.
    private static func checkPair(_ handle: KeyHandle) throws(PKIError) {
        let context = try requireObject(EVP_PKEY_CTX_new(handle.pointer, nil), "check a key")
        defer { EVP_PKEY_CTX_free(context) }
        try requireSuccess(
            EVP_PKEY_pairwise_check(context), "the private key does not belong to its public key", as: .malformed)
    }

    /// PKCS#8, the form every tool reads.
    package func pem() throws(PKIError) -> String {
        PEM.encode(PEM.Block(label: "PRIVATE KEY", der: try pkcs8()))
    }

    package func pkcs8() throws(PKIError) -> [UInt8] {
        let info = try requireObject(EVP_PKEY2PKCS8(handle.pointer), "encode a private key")
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return try encodeDER("a private key") { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
    }

    /// SEC1 (`EC PRIVATE KEY`) or PKCS#1 (`RSA PRIVATE KEY`), the form Kubernetes' own tools write.
    package func traditionalPEM() throws(PKIError) -> String {
        let label = if case .rsa = type { "RSA PRIVATE KEY" } else { "EC PRIVATE KEY" }
        let der = try encodeDER("a private key") { i2d_PrivateKey(handle.pointer, $0) }
        return PEM.encode(PEM.Block(label: label, der: der))
    }

    /// A signature over the message: PKCS#1 v1.5 for RSA, a DER sequence of r and s for ECDSA.
    package func sign(_ message: [UInt8]) throws(PKIError) -> [UInt8] {
        let context = try requireObject(EVP_MD_CTX_new(), "sign")
        defer { EVP_MD_CTX_free(context) }
        try requireSuccess(
            EVP_DigestSignInit(context, nil, type.digest.pointer, nil, handle.pointer), "sign with \(type)")
        var length = Int(EVP_PKEY_get_size(handle.pointer))
        var result: Int32 = 0
        let signature = [UInt8](unsafeUninitializedCapacity: length) { out, count in
            result = message.withUnsafeBufferPointer {
                EVP_DigestSign(context, out.baseAddress, &length, $0.baseAddress, $0.count)
            }
            count = result == 1 ? length : 0
        }
        try requireSuccess(result, "sign with \(type)")
        return signature
    }
}
