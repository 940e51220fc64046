import COpenSSL

/// AES-GCM with a key of its own for each write, derived from a seed and 32 random bytes by HKDF-Expand with SHA-256
/// (KEP-3299, RFC 5869): the random bytes, then what AES-GCM makes. So one seed is good for any number of writes.
struct DerivedKeyGCM: DataCipher {
    static let seedLength = 32
    private static let infoLength = 32

    private let seed: [UInt8]

    init(seed: [UInt8]) { self.seed = seed }

    func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        let info = try RandomBytes.make(Self.infoLength)
        return try info + cipher(info).seal(plain, context: context)
    }

    func open(_ sealed: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        guard sealed.count >= Self.infoLength else {
            throw CipherError("the stored data was shorter than the required size")
        }
        return try cipher(Array(sealed[..<Self.infoLength])).open(Array(sealed[Self.infoLength...]), context: context)
    }

    private func cipher(_ info: [UInt8]) throws(CipherError) -> AESGCM {
        // One round of HKDF-Expand: as much as the key needs.
        var key = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let input = info + [1]
        let made = HMAC(EVP_sha256(), seed, Int32(seed.count), input, input.count, &key, &length)
        guard made != nil, let cipher = AESGCM(key: key) else { throw .failed }
        return cipher
    }
}
