/// What every failing operation of this module throws: a code to branch on, a sentence for people, and the cause.
package struct PKIError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure. Extensible: who branches on codes keeps a branch for those it does not know.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        package let description: String

        /// Bytes that are not what they should be: DER, PEM, base64, a token's form.
        package static let malformed = Code(description: "malformed")
        /// Input over a stated limit.
        package static let tooLarge = Code(description: "tooLarge")
        /// Well-formed, but of a key type, algorithm or form this module does not handle.
        package static let unsupported = Code(description: "unsupported")
        /// A signature that does not verify.
        package static let badSignature = Code(description: "badSignature")
        /// A certificate that does not lead to a trusted root for the purpose and time asked.
        package static let untrusted = Code(description: "untrusted")
        /// A request the caller must not make: an empty subject, a validity that ends before it starts.
        package static let invalidArgument = Code(description: "invalidArgument")
        /// libcrypto failed where it should not have.
        package static let crypto = Code(description: "crypto")
        /// A file could not be read or written.
        package static let file = Code(description: "file")
    }

    package let code: Code
    package let message: String
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        guard let cause else { return message }
        return "\(message): \(cause)"
    }
}
