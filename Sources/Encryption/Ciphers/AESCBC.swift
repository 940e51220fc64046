import COpenSSL

/// AES in cipher block chaining mode with PKCS#7 padding: initialization vector, ciphertext. It does not authenticate:
/// there for data that were written with it.
struct AESCBC: DataCipher {
    private static let blockLength = 16

    private let key: [UInt8]

    /// Nil when the key has none of AES' lengths.
    init?(key: [UInt8]) {
        guard AESKey.lengths.contains(key.count) else { return nil }
        self.key = key
    }

    func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        let vector = try RandomBytes.make(Self.blockLength)
        let cipher = try CipherContext()
        try cipher.begin(AESKey.cbc(key), key: key, nonce: vector, encrypts: true)
        var output = vector
        guard try cipher.run(plain[...], into: &output) else { throw .failed }
        return output
    }

    func open(_ sealed: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        guard sealed.count >= 2 * Self.blockLength, sealed.count.isMultiple(of: Self.blockLength) else {
            throw CipherError("the stored data is not a multiple of the block size")
        }
        let cipher = try CipherContext()
        try cipher.begin(
            AESKey.cbc(key), key: key, nonce: Array(sealed[..<Self.blockLength]), encrypts: false)
        var output: [UInt8] = []
        guard try cipher.run(sealed[Self.blockLength...], into: &output) else { throw CipherError("invalid padding") }
        return output
    }
}
