/// Why bytes are not the YAML we take: malformed text, or text beyond a limit.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// Not YAML, or YAML that no JSON value can stand for (an infinite number, a sequence as a key).
        case malformed
        /// More bytes than the limit.
        case tooLarge
        /// Nested deeper than the limit, aliases counted as what they stand for.
        case tooDeep
        /// Aliases that stand for more than the limit: an alias bomb.
        case tooManyAliases
    }

    package let code: Code
    /// The line of the input, from 1; nil where none is known.
    package let line: Int?
    package let message: String

    /// In the form Kubernetes reports it: `yaml: line 3: …`.
    package var description: String {
        guard let line else { return "yaml: \(message)" }
        return "yaml: line \(line): \(message)"
    }
}
