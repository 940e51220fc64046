internal import COpenSSL

/// A public key, immutable and shareable. Two are equal when their SubjectPublicKeyInfo is.
package struct PublicKey: Sendable, Hashable {
    package let type: KeyType
    /// The SubjectPublicKeyInfo in DER.
    package let der: [UInt8]
    /// The key bits of the SubjectPublicKeyInfo: an EC point, or the DER of RSA's modulus and exponent.
    let bits: [UInt8]
    let handle: KeyHandle

    /// The largest encoded key read.
    private static let maximumSize = 16_384

    /// A key from SubjectPublicKeyInfo DER.
    package init(der: [UInt8]) throws(PKIError) {
        let pointer = try decodeDER(
            der, limit: Self.maximumSize, "public key", { d2i_PUBKEY(nil, $0, $1) }, free: EVP_PKEY_free)
        try self.init(KeyHandle(owning: pointer))
    }

    /// Every public key of PEM text, in order: `PUBLIC KEY`, `RSA PUBLIC KEY`, and the public keys of certificates and
    /// private keys, as Kubernetes' `--service-account-key-file` takes them. None at all is `malformed`.
    package static func all(pem: [UInt8]) throws(PKIError) -> [PublicKey] {
        var keys: [PublicKey] = []
        for block in try PEM.parse(pem) {
            switch block.label {
            case "PUBLIC KEY":
                keys.append(try PublicKey(der: block.der))
            case "RSA PUBLIC KEY":
                let pointer = try decodeDER(
                    block.der, limit: maximumSize, "PKCS#1 public key", { d2i_PublicKey(EVP_PKEY_RSA, nil, $0, $1) },
                    free: EVP_PKEY_free)
                keys.append(try PublicKey(KeyHandle(owning: pointer)))
            case "CERTIFICATE":
                keys.append(try Certificate(der: block.der).publicKey())
            case "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY":
                keys.append(try PrivateKey(pem: Array(PEM.encode(block).utf8)).publicKey)
            default:
                continue
            }
        }
        guard !keys.isEmpty else { throw PKIError(.malformed, "no public key in PEM text") }
        return keys
    }

    init(_ handle: KeyHandle) throws(PKIError) {
        self.handle = handle
        type = try KeyType(of: handle)
        der = try encodeDER("a public key") { i2d_PUBKEY(handle.pointer, $0) }
        bits = try Self.bits(der)
    }

    package func pem() -> String { PEM.encode(PEM.Block(label: "PUBLIC KEY", der: der)) }

    /// How Kubernetes names the key in a token's `kid` and in the key set: base64url of the SHA-256 of its DER.
    package var keyID: String { Base64.url.encode(Digest.sha256(der)) }

    /// Whether the signature, in the form `PrivateKey.sign` gives, is this key's over the message.
    package func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        verifies(signature, over: message[...])
    }

    func verifies(_ signature: [UInt8], over message: ArraySlice<UInt8>) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let valid =
            EVP_DigestVerifyInit(context, nil, type.digest.pointer, nil, handle.pointer) == 1
            && signature.withUnsafeBufferPointer { signature in
                message.withUnsafeBufferPointer { message in
                    EVP_DigestVerify(
                        context, signature.baseAddress, signature.count, message.baseAddress, message.count) == 1
                }
            }
        // A signature that fails to parse leaves entries that must not be taken for a later failure's reason.
        if !valid { ERR_clear_error() }
        return valid
    }

    private static func bits(_ der: [UInt8]) throws(PKIError) -> [UInt8] {
        var outer = DERReader(der)
        var info = try outer.next(DERTag.sequence, "SubjectPublicKeyInfo").reader
        _ = try info.next(DERTag.sequence, "AlgorithmIdentifier")
        let bits = try info.next(DERTag.bitString, "subjectPublicKey").bytes
        guard bits.first == 0 else { throw PKIError(.malformed, "a public key of bits that fill no octets") }
        return Array(bits.dropFirst())
    }

    package static func == (left: PublicKey, right: PublicKey) -> Bool { left.der == right.der }

    package func hash(into hasher: inout Hasher) { hasher.combine(der) }
}
