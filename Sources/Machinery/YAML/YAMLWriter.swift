/// Writes a JSON value as YAML in block style, as sigs.k8s.io/yaml lays it out: two spaces, sequences in line with the
/// key they belong to, members in the object's order. Reading it back, here or elsewhere, gives the same value: text
/// that any reader of YAML 1.1 or 1.2 could take for something else is quoted.
package struct YAMLWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Appends a document, which ends with a new line.
    package mutating func write(_ value: JSON) {
        switch value {
        case .object(let object) where !object.isEmpty: members(object, indent: 0)
        case .array(let elements) where !elements.isEmpty: items(elements, indent: 0)
        default:
            scalar(value, indent: 0)
            newLine()
        }
    }

    /// Appends the mark that begins another document.
    package mutating func separator() { raw("---\n") }

    /// The cursor is where the first member begins.
    private mutating func members(_ object: JSONObject, indent: Int) {
        var first = true
        for member in object.members {
            if !first { spaces(indent) }
            first = false
            // Simple keys may have 1,024 characters on one line; others need to be marked as keys.
            let isLong = member.key.utf8.count > 128
            if isLong { raw("? ") }
            YAMLText(member.key).write(to: &bytes, indent: indent, onOneLine: true)
            if isLong {
                newLine()
                spaces(indent)
            }
            raw(":")
            self.member(member.value, indent: indent)
        }
    }

    private mutating func member(_ value: JSON, indent: Int) {
        switch value {
        case .object(let object) where !object.isEmpty:
            newLine()
            spaces(indent + 2)
            members(object, indent: indent + 2)
        case .array(let elements) where !elements.isEmpty:
            newLine()
            spaces(indent)
            items(elements, indent: indent)
        default:
            raw(" ")
            scalar(value, indent: indent)
            newLine()
        }
    }

    private mutating func items(_ elements: [JSON], indent: Int) {
        var first = true
        for element in elements {
            if !first { spaces(indent) }
            first = false
            raw("- ")
            switch element {
            case .object(let object) where !object.isEmpty: members(object, indent: indent + 2)
            case .array(let elements) where !elements.isEmpty: items(elements, indent: indent + 2)
            default:
                scalar(element, indent: indent)
                newLine()
            }
        }
    }

    private mutating func scalar(_ value: JSON, indent: Int) {
        switch value {
        case .string(let text): YAMLText(text).write(to: &bytes, indent: indent, onOneLine: false)
        case .object: raw("{}")
        case .array: raw("[]")
        case .null, .bool, .int, .double: bytes.append(contentsOf: value.encoded())
        }
    }

    private mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func newLine() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func spaces(_ count: Int) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
    }
}

extension JSON {
    /// The value as a YAML document.
    package func yaml() -> [UInt8] {
        var writer = YAMLWriter()
        writer.write(self)
        return writer.bytes
    }
}
