import Machinery

/// A peer sent something that should have been JSON of a certain shape.
package struct MalformedMessage: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    /// - Parameter what: what the bytes should have been, for the message.
    static func parse(_ bytes: [UInt8], as what: String) throws(MalformedMessage) -> JSON {
        do {
            return try JSON(parsing: bytes)
        } catch {
            throw MalformedMessage("\(what) is not JSON: \(error)")
        }
    }
}
