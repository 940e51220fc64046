import COpenSSL

/// XSalsa20 and Poly1305 as NaCl's `crypto_secretbox` puts them together: nonce, tag, ciphertext.
package struct Secretbox: DataCipher {
    static let keyLength = 32
    private static let nonceLength = 24
    private static let tagLength = 16

    private let key: [UInt8]

    /// Nil when the key is not 32 bytes long.
    package init?(key: [UInt8]) {
        guard key.count == Self.keyLength else { return nil }
        self.key = key
    }

    package func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        try seal(plain, nonce: RandomBytes.make(Self.nonceLength))
    }

    package func seal(_ plain: [UInt8], nonce: [UInt8]) throws(CipherError) -> [UInt8] {
        var (message, tagKey) = stream(over: plain[...], nonce)
        let tag = try Self.tag(message, key: tagKey)
        tagKey = []
        message.insert(contentsOf: nonce + tag, at: 0)
        return message
    }

    package func open(_ sealed: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        let start = Self.nonceLength + Self.tagLength
        guard sealed.count >= start else {
            throw CipherError("the stored data was shorter than the required size")
        }
        let nonce = Array(sealed[..<Self.nonceLength])
        let (plain, tagKey) = stream(over: sealed[start...], nonce)
        let tag = try Self.tag(Array(sealed[start...]), key: tagKey)
        guard CRYPTO_memcmp(tag, Array(sealed[Self.nonceLength..<start]), tag.count) == 0 else { throw .notAuthentic }
        return plain
    }

    /// The message XORed with the stream, whose first 32 bytes are the tag's key.
    private func stream(over message: ArraySlice<UInt8>, _ nonce: [UInt8]) -> (message: [UInt8], tagKey: [UInt8]) {
        let derived = Salsa20.derivedKey(key, nonce: nonce[..<16])
        var bytes = [UInt8](repeating: 0, count: 32)
        bytes.append(contentsOf: message)
        Salsa20.apply(key: derived, nonce: nonce[16...], from: 0, to: &bytes)
        return (Array(bytes[32...]), Array(bytes[..<32]))
    }

    private static func tag(_ message: [UInt8], key: [UInt8]) throws(CipherError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: tagLength)
        var length = 0
        let made = EVP_Q_mac(
            nil, "POLY1305", nil, nil, nil, key, key.count, message, message.count, &tag, tag.count, &length)
        guard made != nil, length == tagLength else { throw .failed }
        return tag
    }
}
