/// Encrypts the bytes of an object with one key.
package protocol DataCipher: Sendable {
    /// - Parameter context: is authenticated with the bytes, where the cipher can do that, so that a value moved to
    ///   another object's place does not open.
    func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8]
    func open(_ sealed: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8]
}

/// Why bytes could not be encrypted or decrypted.
package struct CipherError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    /// What libcrypto cannot do though the arguments are right: no memory, no such algorithm.
    static let failed = CipherError("libcrypto failed")
    static let notAuthentic = CipherError("message authentication failed")
}
