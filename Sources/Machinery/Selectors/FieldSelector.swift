/// A condition on fields of an object: `metadata.name=web,status.phase!=Running`. All terms must hold.
package struct FieldSelector: Hashable, Sendable {
    package struct Term: Hashable, Sendable {
        package let field: String
        package let value: String
        /// The field must *not* have the value.
        package let isNegated: Bool

        package init(field: String, value: String, isNegated: Bool = false) {
            self.field = field
            self.value = value
            self.isNegated = isNegated
        }

        package func matches(_ actual: String) -> Bool { (actual == value) != isNegated }
    }

    package let terms: [Term]

    package static let everything = FieldSelector([])

    package init(_ terms: [Term]) {
        self.terms = terms
    }

    package var isEverything: Bool { terms.isEmpty }

    /// The closure gives the value of a field; fields that are absent count as empty.
    package func matches(_ value: (String) -> String?) -> Bool {
        terms.allSatisfy { $0.matches(value($0.field) ?? "") }
    }

    /// The value a field must have for a match, when a term demands one: `metadata.name=x` is a single object.
    package func requiredValue(of field: String) -> String? {
        terms.first { $0.field == field && !$0.isNegated }?.value
    }
}

extension FieldSelector {
    package init(parsing text: String) throws(SelectorError) {
        var terms: [Term] = []
        for part in Self.split(text).sorted(by: { UTF8Order.isLess($0, $1) }) where !part.isEmpty {
            terms.append(try Self.term(part, of: text))
        }
        // By what they mean: `==` and `=` are one, so a selector that was written out reads the same again.
        self.init(terms.sorted { UTF8Order.isLess($0.description, $1.description) })
    }

    /// The parts between commas; a comma after a backslash belongs to its part.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = [""]
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == ",", !isEscaped {
                parts.append("")
                continue
            }
            isEscaped = !isEscaped && scalar == "\\"
            parts[parts.count - 1].unicodeScalars.append(scalar)
        }
        return parts
    }

    private static func term(_ part: String, of text: String) throws(SelectorError) -> Term {
        let bytes = Array(part.utf8)
        guard
            let split = bytes.indices.first(where: { index in
                bytes[index] == UInt8(ascii: "=")
                    || (bytes[index] == UInt8(ascii: "!") && bytes[(index + 1)...].first == UInt8(ascii: "="))
            })
        else {
            throw SelectorError("invalid selector: '\(text)'; can't understand '\(part)'")
        }
        let isNegated = bytes[split] == UInt8(ascii: "!")
        let isDouble = isNegated || bytes[(split + 1)...].first == UInt8(ascii: "=")
        return Term(
            field: String(decoding: bytes[..<split], as: UTF8.self),
            value: try unescape(String(decoding: bytes[(split + (isDouble ? 2 : 1))...], as: UTF8.self)),
            isNegated: isNegated)
    }

    private static func unescape(_ text: String) throws(SelectorError) -> String {
        var result = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                guard scalar == "\\" || scalar == "," || scalar == "=" else {
                    throw SelectorError("invalid field selector: invalid escape sequence: \\\(scalar)")
                }
                result.unicodeScalars.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "," || scalar == "=" {
                throw SelectorError("invalid field selector: unescaped character in value: \(scalar.value)")
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        guard !isEscaped else { throw SelectorError("invalid field selector: invalid escape sequence: \\") }
        return result
    }
}

extension FieldSelector: CustomStringConvertible {
    package var description: String {
        terms.map(\.description).joined(separator: ",")
    }
}

extension FieldSelector.Term: CustomStringConvertible {
    package var description: String { "\(field)\(isNegated ? "!=" : "=")\(Self.escape(value))" }

    private static func escape(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            if scalar == "\\" || scalar == "," || scalar == "=" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
