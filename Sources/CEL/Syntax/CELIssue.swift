/// Something wrong with an expression, and where.
package struct CELIssue: Hashable, Sendable {
    package let message: String
    /// From 1.
    package let line: Int
    /// In code points, from 0; texts show it from 1.
    package let column: Int
}

/// Why an expression does not compile: all that is wrong with it, in order.
///
/// `description` is cel-go's text, which clients see in Status causes:
/// ```
/// ERROR: <input>:1:5: undeclared reference to 'x' (in container '')
///  | self.x
///  | ....^
/// ```
package struct CELCompileError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// The text itself is wrong; `issues` tell where. Kubernetes puts `compilation failed: ` before the description.
        case issues
        /// The expression has another type than wanted.
        case resultType
        /// A constant part of it cannot be computed.
        case instantiation
    }

    package let kind: Kind
    package let issues: [CELIssue]
    package let description: String
}
