/// Why bytes are not the JSON we take: malformed text, or text beyond a limit.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case malformed
        case tooDeep
        case notUTF8
    }

    package let code: Code
    /// Where in the input, in bytes from its start.
    package let offset: Int
    package let message: String

    package var description: String { "\(message) (at byte \(offset))" }
}
