/// The description of a type or field: a text of its own, or comment lines that stay where they are in a schema text.
///
/// Descriptions are read only when an OpenAPI document is written, so those of the built-in API remain part of the
/// program's constants: nothing is copied until somebody asks for `text`.
package enum SchemaDocumentation: Sendable, ExpressibleByStringLiteral {
    case plain(String)
    /// The first line without its marker, each further one with its indent and `# `.
    case comment(Substring)

    package init(stringLiteral value: String) { self = .plain(value) }

    /// The lines joined by a space.
    package var text: String {
        switch self {
        case .plain(let text): return text
        case .comment(let lines):
            var text = ""
            text.reserveCapacity(lines.utf8.count)
            let space = UInt8(ascii: " ")
            for line in lines.utf8.split(separator: UInt8(ascii: "\n")) {
                if text.isEmpty {
                    text += Substring(line)
                } else {
                    text += " "
                    text += Substring(line.drop { $0 == space }.dropFirst().drop { $0 == space })
                }
            }
            return text
        }
    }
}
