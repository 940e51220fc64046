import COpenSSL

/// One encryption or decryption by libcrypto, without its own state left behind.
struct CipherContext: ~Copyable {
    private let pointer: OpaquePointer

    init() throws(CipherError) {
        guard let pointer = EVP_CIPHER_CTX_new() else { throw .failed }
        self.pointer = pointer
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }

    func begin(
        _ cipher: OpaquePointer?, key: [UInt8], nonce: [UInt8], encrypts: Bool
    ) throws(CipherError) {
        guard EVP_CipherInit_ex(pointer, cipher, nil, key, nonce, encrypts ? 1 : 0) == 1 else { throw .failed }
    }

    func authenticate(_ context: [UInt8]) throws(CipherError) {
        guard !context.isEmpty else { return }
        var count: Int32 = 0
        guard EVP_CipherUpdate(pointer, nil, &count, context, Int32(context.count)) == 1 else { throw .failed }
    }

    /// Runs the input through; false when its end is not as it must be (padding, authentication).
    func run(_ input: ArraySlice<UInt8>, into output: inout [UInt8]) throws(CipherError) -> Bool {
        var buffer = [UInt8](repeating: 0, count: input.count + 32)
        var (count, rest): (Int32, Int32) = (0, 0)
        let isTaken = input.withUnsafeBufferPointer { input in
            EVP_CipherUpdate(pointer, &buffer, &count, input.baseAddress, Int32(input.count)) == 1
        }
        guard isTaken else { throw .failed }
        let isWhole = buffer.withUnsafeMutableBufferPointer { buffer in
            EVP_CipherFinal_ex(pointer, buffer.baseAddress.map { $0 + Int(count) }, &rest) == 1
        }
        guard isWhole else { return false }
        output.append(contentsOf: buffer[..<Int(count + rest)])
        return true
    }

    func tag(_ length: Int) throws(CipherError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: length)
        guard EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(length), &tag) == 1 else { throw .failed }
        return tag
    }

    func expect(tag: [UInt8]) throws(CipherError) {
        var tag = tag
        guard EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1 else { throw .failed }
    }
}
