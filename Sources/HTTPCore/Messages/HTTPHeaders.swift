/// Header fields in the order they were sent, found by name without regard to case (RFC 9110 §5.1).
///
/// A flat array: messages carry about ten fields, and comparing lengths first makes a scan cheaper than hashing.
/// Names keep the case they were given; HTTP/2 lower-cases them on the way out.
package struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One field line.
    package struct Field: Sendable, Hashable {
        package let name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var fields: [Field]

    package init() {
        fields = []
    }

    package init(_ fields: [Field]) {
        self.fields = fields
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value with that name.
    package subscript(name: String) -> String? {
        for field in fields where Self.equal(field.name, name) {
            return field.value
        }
        return nil
    }

    /// Every value with that name, one per field line, not split at commas.
    package func values(_ name: String) -> [String] {
        fields.filter { Self.equal($0.name, name) }.map(\.value)
    }

    package func contains(_ name: String) -> Bool {
        fields.contains { Self.equal($0.name, name) }
    }

    /// Whether the comma-separated list under that name holds `token`, without regard to case (`Connection: Upgrade`).
    package func contains(_ name: String, token: String) -> Bool {
        for field in fields where Self.equal(field.name, name) {
            for element in field.value.split(separator: ",") where Self.equal(trimmed(element), token) {
                return true
            }
        }
        return false
    }

    /// The elements of the comma-separated lists under that name, trimmed, empty ones left out.
    package func elements(_ name: String) -> [String] {
        values(name).flatMap { $0.split(separator: ",").map { String(trimmed($0)) } }.filter { !$0.isEmpty }
    }

    /// Adds a field line, keeping those with the same name.
    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    package mutating func append(contentsOf other: HTTPHeaders) {
        fields.append(contentsOf: other.fields)
    }

    /// Replaces every field line with that name by one.
    package mutating func set(_ name: String, _ value: String) {
        if let index = fields.firstIndex(where: { Self.equal($0.name, name) }) {
            fields[index].value = value
            let rest = fields.index(after: index)
            if fields[rest...].contains(where: { Self.equal($0.name, name) }) {
                let tail = fields[rest...].filter { !Self.equal($0.name, name) }
                fields.replaceSubrange(rest..., with: tail)
            }
        } else {
            append(name, value)
        }
    }

    package mutating func remove(_ name: String) {
        fields.removeAll { Self.equal($0.name, name) }
    }

    package mutating func reserveCapacity(_ count: Int) {
        fields.reserveCapacity(count)
    }

    /// ASCII comparison without regard to case.
    package static func equal(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        let left = left.utf8
        let right = right.utf8
        guard left.count == right.count else { return false }
        return zip(left, right).allSatisfy { Self.lowercased($0) == Self.lowercased($1) }
    }

    private static func equal(_ left: String, _ right: String) -> Bool {
        let left = left.utf8
        let right = right.utf8
        guard left.count == right.count else { return false }
        let fast = left.withContiguousStorageIfAvailable { left in
            right.withContiguousStorageIfAvailable { right in
                for index in left.indices where left[index] != right[index] {
                    if lowercased(left[index]) != lowercased(right[index]) { return false }
                }
                return true
            }
        }
        if let answer = fast ?? nil { return answer }
        return zip(left, right).allSatisfy { lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}

extension HTTPHeaders: Sequence {
    package func makeIterator() -> IndexingIterator<[Field]> {
        fields.makeIterator()
    }

    package var count: Int { fields.count }
    package var isEmpty: Bool { fields.isEmpty }
}

private func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.utf8.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
    while let last = text.utf8.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
    return text
}
