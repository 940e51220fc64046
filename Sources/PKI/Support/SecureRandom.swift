internal import COpenSSL
internal import Synchronization

/// Unpredictable values from libcrypto's generator.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, initialized in
            fill(UnsafeMutableBufferPointer(rebasing: buffer[..<max(count, 0)]))
            initialized = max(count, 0)
        }
    }

    /// A bearer token: base64url text over `byteCount` random bytes (32, 256 bits, unless told).
    package static func token(byteCount: Int = 32) -> String { Base64.url.encode(bytes(byteCount)) }

    /// `length` characters of `alphabet`, each equally likely; the form bootstrap tokens and name suffixes have.
    /// An empty alphabet gives an empty text; characters after its 256th are not used.
    package static func text(length: Int, of alphabet: String = "abcdefghijklmnopqrstuvwxyz0123456789") -> String {
        let characters = Array(alphabet.utf8.prefix(256))
        guard !characters.isEmpty else { return "" }
        // Bytes from the largest multiple of the alphabet's size on would favour its first characters.
        let limit = 256 / characters.count * characters.count
        var text: [UInt8] = []
        while text.count < length {
            for byte in bytes(length - text.count + 8) where Int(byte) < limit && text.count < length {
                text.append(characters[Int(byte) % characters.count])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        var filled = 0
        while filled < buffer.count, let base = buffer.baseAddress {
            let part = min(buffer.count - filled, 1 << 20)
            guard RAND_bytes(base + filled, Int32(part)) == 1 else {
                // Unreachable: the kernel gives entropy once it has booted; guessable secrets would be worse than an end.
                fatalError("no random bytes: \(LibcryptoError.drain()?.description ?? "no reason given")")
            }
            filled += part
        }
    }
}

/// Random UUIDs (RFC 9562 version 4) in lower-case text, as `metadata.uid` has them.
package enum UUIDv4 {
    /// Random bytes are drawn a page at a time: one draw costs about as much as twenty identifiers.
    private struct Pool: ~Copyable {
        var bytes: [UInt8] = []
        var position = 0
    }

    private static let pool = Mutex(Pool())

    package static func text() -> String {
        let (high, low) = random()
        return String(unsafeUninitializedCapacity: 36) { out in
            var next = 0
            for index in 0..<16 {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    out[next] = UInt8(ascii: "-")
                    next += 1
                }
                let half = index < 8 ? high : low
                let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index & 7)))
                out[next] = Hex.digit(byte >> 4)
                out[next + 1] = Hex.digit(byte & 15)
                next += 2
            }
            return next
        }
    }

    /// 128 random bits with the version and variant set.
    private static func random() -> (high: UInt64, low: UInt64) {
        let (high, low) = pool.withLock { pool -> (UInt64, UInt64) in
            if pool.position + 16 > pool.bytes.count {
                pool.bytes = SecureRandom.bytes(4096)
                pool.position = 0
            }
            let position = pool.position
            pool.position += 16
            return pool.bytes.withUnsafeBytes { bytes in
                (
                    bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self),
                    bytes.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self)
                )
            }
        }
        return (high & ~0xf000 | 0x4000, low & ~(0b11 << 62) | 0b10 << 62)
    }
}
