import Machinery

/// A path to a field that a schema declares: `.spec.size`, `.metadata['a.b']`.
///
/// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel ValidFieldPath.
struct SchemaPath {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The first name.
    let root: String
    /// The path as errors show it.
    let text: String
    /// The schema of the field.
    let schema: StructuralSchema

    init(_ path: String, in schema: StructuralSchema, allowsBrackets: Bool = true) throws(Failure) {
        var walk = Walk(schema: schema, path: .root)
        var tokens = Tokens(path)
        while let token = tokens.next() {
            switch token {
            case ".":
                guard let name = tokens.next() else { throw Failure(description: "unexpected end of JSON path") }
                try walk.step(name)
            case "[":
                guard allowsBrackets else { throw Failure(description: "array notation is not allowed") }
                guard let name = tokens.next() else { throw Failure(description: "unexpected end of JSON path") }
                guard name.count >= 2, name.hasPrefix("'"), name.hasSuffix("'") else {
                    throw Failure(description: "expected single quoted string but got \(name)")
                }
                try walk.step(try Self.unescaped(name.dropFirst().dropLast()))
                guard let end = tokens.next() else { throw Failure(description: "unexpected end of JSON path") }
                guard end == "]" else { throw Failure(description: "expected ] but got \(end)") }
            default:
                throw Failure(description: "expected [ or . but got: \(token)")
            }
        }
        root = walk.root
        text = "\(walk.path)"
        self.schema = walk.schema
    }

    private struct Walk {
        var schema: StructuralSchema
        var path: FieldPath
        var root = ""

        mutating func step(_ name: String) throws(Failure) {
            if !schema.properties.isEmpty {
                guard let next = schema.property(name) else {
                    throw Failure(description: "does not refer to a valid field")
                }
                schema = next
                path = path.child(name)
            } else if let next = schema.additional.schema {
                schema = next
                path = path.key(name)
            } else {
                throw Failure(description: "does not refer to a valid field")
            }
            if root.isEmpty { root = name }
        }
    }

    /// Dots, brackets, quoted texts, and what stands between them.
    private struct Tokens {
        private let characters: [Character]
        private var position = 0

        init(_ text: String) { characters = Array(text) }

        mutating func next() -> String? {
            guard position < characters.count else { return nil }
            let start = position
            if characters[start] == "'" {
                position += 1
                while position < characters.count {
                    position += 1
                    if characters[position - 1] == "'", characters[position - 2] != "\\" { break }
                }
                return String(characters[start..<position])
            }
            if Self.isDelimiter(characters[start]) {
                position += 1
                return String(characters[start])
            }
            while position < characters.count, !Self.isDelimiter(characters[position]) { position += 1 }
            return String(characters[start..<position])
        }

        private static func isDelimiter(_ character: Character) -> Bool { ".[]".contains(character) }
    }

    private static func unescaped(_ text: Substring) throws(Failure) -> String {
        let meanings: [Character: Character] = [
            "a": "\u{7}", "b": "\u{8}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{b}", "'": "'",
            "\\": "\\",
        ]
        var result = ""
        var isEscape = false
        for character in text {
            if isEscape {
                guard let meaning = meanings[character] else {
                    throw Failure(description: "invalid string literal: invalid escape char \\\(character)")
                }
                result.append(meaning)
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}
