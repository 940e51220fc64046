import COpenSSL

/// Bytes from libcrypto's generator.
enum RandomBytes {
    static func make(_ count: Int) throws(CipherError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw .failed }
        return bytes
    }
}
