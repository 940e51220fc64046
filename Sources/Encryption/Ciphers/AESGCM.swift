import COpenSSL

/// AES in Galois/counter mode (NIST SP 800-38D): nonce, ciphertext, tag. A random nonce is good for two billion writes
/// with one key: rotate it before.
struct AESGCM: DataCipher {
    private static let nonceLength = 12
    private static let tagLength = 16

    private let key: [UInt8]

    /// Nil when the key has none of AES' lengths.
    init?(key: [UInt8]) {
        guard AESKey.lengths.contains(key.count) else { return nil }
        self.key = key
    }

    func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        let nonce = try RandomBytes.make(Self.nonceLength)
        let cipher = try CipherContext()
        try cipher.begin(AESKey.gcm(key), key: key, nonce: nonce, encrypts: true)
        try cipher.authenticate(context)
        var output = nonce
        output.reserveCapacity(nonce.count + plain.count + Self.tagLength)
        guard try cipher.run(plain[...], into: &output) else { throw .failed }
        return try output + cipher.tag(Self.tagLength)
    }

    func open(_ sealed: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        guard sealed.count >= Self.nonceLength + Self.tagLength else {
            throw CipherError("the stored data was shorter than the required size")
        }
        let cipher = try CipherContext()
        try cipher.begin(
            AESKey.gcm(key), key: key, nonce: Array(sealed[..<Self.nonceLength]), encrypts: false)
        try cipher.authenticate(context)
        try cipher.expect(tag: sealed.suffix(Self.tagLength))
        var output: [UInt8] = []
        guard try cipher.run(sealed[Self.nonceLength..<(sealed.count - Self.tagLength)], into: &output) else {
            throw .notAuthentic
        }
        return output
    }
}

/// What AES is called by its keys.
enum AESKey {
    static let lengths: Set<Int> = [16, 24, 32]

    static func gcm(_ key: [UInt8]) -> OpaquePointer? {
        switch key.count {
        case 16: EVP_aes_128_gcm()
        case 24: EVP_aes_192_gcm()
        default: EVP_aes_256_gcm()
        }
    }

    static func cbc(_ key: [UInt8]) -> OpaquePointer? {
        switch key.count {
        case 16: EVP_aes_128_cbc()
        case 24: EVP_aes_192_cbc()
        default: EVP_aes_256_cbc()
        }
    }
}
