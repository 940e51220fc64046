/// How field names that are no identifiers, or are reserved words, are written in expressions.
///
/// `__` is `__underscores__`, `.` is `__dot__`, `-` is `__dash__`, `/` is `__slash__`, and a reserved word `in` is
/// `__in__`. Names that start with a digit or have other characters cannot be written at all.
/// Source: Kubernetes' documentation of CRD validation rules, "Escaping".
package enum FieldEscaping {
    static let reserved: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import",
        "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ]

    private static let words: [(plain: String, escaped: String)] = [
        ("__", "__underscores__"), (".", "__dot__"), ("-", "__dash__"), ("/", "__slash__"),
    ]

    /// The name as expressions write it; `nil` when it has none.
    package static func escape(_ name: String) -> String? {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        if reserved.contains(name) { return "__" + name + "__" }
        var result = ""
        var pending = Substring(name)
        while let scalar = pending.unicodeScalars.first {
            if let word = words.first(where: { pending.hasPrefix($0.plain) }) {
                result += word.escaped
                pending = pending.dropFirst(word.plain.count)
                continue
            }
            guard isIdentifierPart(scalar) else { return nil }
            result.unicodeScalars.append(scalar)
            pending = Substring(pending.unicodeScalars.dropFirst())
        }
        return result
    }

    /// The name behind an escaped one; `nil` when an escape is not known.
    package static func unescape(_ escaped: String) -> String? {
        guard escaped.contains("__") else { return escaped }
        var result = ""
        var pending = Substring(escaped)
        while let start = pending.firstRange(of: "__") {
            let rest = pending[start.upperBound...]
            guard let contents = rest.firstIndex(of: "_"), contents > rest.startIndex,
                rest[contents...].hasPrefix("__")
            else {
                // No escape starts here: one underscore is text, and the search goes on behind it.
                let next = pending.index(after: start.lowerBound)
                result += pending[..<next]
                pending = pending[next...]
                continue
            }
            let word = String(rest[..<contents])
            let end = rest.index(contents, offsetBy: 2)
            result += pending[..<start.lowerBound]
            if let known = words.first(where: { $0.escaped == "__\(word)__" }) {
                result += known.plain
            } else if reserved.contains(word), word.utf8.count + 4 == escaped.utf8.count {
                result += word
            } else {
                return nil
            }
            pending = pending[end...]
        }
        return result + pending
    }

    private static func isIdentifierPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}
