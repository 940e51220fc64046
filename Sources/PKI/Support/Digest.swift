internal import COpenSSL

/// Digests, message authentication and comparison in constant time. None of them can fail on any input.
package enum Digest {
    /// SHA-256, 32 bytes.
    package static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] { digest(DigestHandle.sha256, 32, bytes) }

    /// SHA-1, 20 bytes. For protocols that name it (RFC 6455's accept key); never for security.
    package static func sha1(_ bytes: some Sequence<UInt8>) -> [UInt8] { digest(DigestHandle.sha1, 20, bytes) }

    /// HMAC-SHA-256 (RFC 2104), 32 bytes.
    package static func hmacSHA256(_ bytes: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        // HMAC's block is 64 bytes: a longer key stands for its digest, a shorter one is filled with zeros.
        var block = key.count > 64 ? sha256(key) : key
        block.append(contentsOf: repeatElement(0, count: 64 - block.count))
        var inner = block.map { $0 ^ 0x36 }
        inner.append(contentsOf: bytes)
        return sha256(block.map { $0 ^ 0x5c } + sha256(inner))
    }

    /// Whether two byte strings are equal, in a time that depends on their lengths alone.
    package static func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                left.isEmpty || CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
            }
        }
    }

    package static func constantTimeEqual(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        constantTimeEqual(Array(left.utf8), Array(right.utf8))
    }

    private static func digest(_ algorithm: DigestHandle, _ length: Int, _ bytes: some Sequence<UInt8>) -> [UInt8] {
        if let result = bytes.withContiguousStorageIfAvailable({ digest(algorithm, length, $0) }) { return result }
        return Array(bytes).withUnsafeBufferPointer { digest(algorithm, length, $0) }
    }

    private static func digest(
        _ algorithm: DigestHandle, _ length: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: length) { out, count in
            guard EVP_Digest(bytes.baseAddress, bytes.count, out.baseAddress, nil, algorithm.pointer, nil) == 1 else {
                // Unreachable: it fails only without memory, which Swift does not survive either.
                fatalError("digest: \(LibcryptoError.drain()?.description ?? "no reason given")")
            }
            count = length
        }
    }
}
