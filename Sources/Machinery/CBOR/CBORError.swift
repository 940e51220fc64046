/// Why bytes are not CBOR that the API takes.
package struct CBORError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { "cbor: \(message)" }
}
