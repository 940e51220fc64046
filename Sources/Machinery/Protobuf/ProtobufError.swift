/// Why bytes are not a message of a schema, or a value cannot become one.
package struct ProtobufError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The input ends within a value.
        case truncated
        /// Bytes that no message has: overlong numbers, field zero, text that is not UTF-8.
        case malformed
        case tooDeep
        /// A JSON value that its schema does not allow.
        case unfit
    }

    package let code: Code
    package let message: String

    package var description: String { "proto: \(message)" }
}
