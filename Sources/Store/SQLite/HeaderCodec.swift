/// The binary form of an object's header at rest: a version byte, then the revision offset, uid, labels, fields and
/// expiry, with lengths and numbers as base-128 integers.
package enum HeaderCodec {
    private static let version: UInt8 = 1
    /// All there is of a header that is encrypted along with the object's bytes.
    static let sealedMark: UInt8 = 2

    package static func encode(_ header: ObjectHeader, revisionOffset: Int, into output: inout [UInt8]) {
        output.append(version)
        put(UInt64(revisionOffset), &output)
        put(header.uid, &output)
        put(UInt64(header.labels.count), &output)
        for label in header.labels {
            put(label.key, &output)
            put(label.value, &output)
        }
        put(UInt64(header.fields.count), &output)
        for field in header.fields {
            put(field.name, &output)
            put(field.value, &output)
        }
        // 0 for never, else the bits of the time and one: no time is taken for none.
        if let expires = header.expires {
            output.append(1)
            put(UInt64(bitPattern: expires), &output)
        } else {
            output.append(0)
        }
    }

    /// Nil when the bytes are not a header.
    package static func decode(
        _ bytes: UnsafeRawBufferPointer, interner: inout StringInterner
    ) -> (header: ObjectHeader, revisionOffset: Int)? {
        var reader = Reader(bytes: bytes)
        guard reader.byte() == version, let offset = reader.count(limit: .max), let uid = reader.string(),
            let labelCount = reader.count(limit: bytes.count)
        else { return nil }
        var labels: [LabelPair] = []
        labels.reserveCapacity(labelCount)
        for _ in 0..<labelCount {
            guard let key = reader.string(), let value = reader.string() else { return nil }
            labels.append(LabelPair(key: interner.intern(key), value: interner.intern(value)))
        }
        guard let fieldCount = reader.count(limit: bytes.count) else { return nil }
        var fields: [FieldPair] = []
        fields.reserveCapacity(fieldCount)
        for _ in 0..<fieldCount {
            guard let name = reader.string(), let value = reader.string() else { return nil }
            fields.append(FieldPair(name: interner.intern(name), value: interner.intern(value)))
        }
        var expires: Int64?
        switch reader.byte() {
        case 0: break
        case 1:
            guard let time = reader.number() else { return nil }
            expires = Int64(bitPattern: time)
        default: return nil
        }
        guard reader.isAtEnd else { return nil }
        return (ObjectHeader(uid: uid, sortedLabels: labels, fields: fields, expires: expires), offset)
    }

    private static func put(_ value: UInt64, _ output: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(rest))
    }

    private static func put(_ text: String, _ output: inout [UInt8]) {
        put(UInt64(text.utf8.count), &output)
        output.append(contentsOf: text.utf8)
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        mutating func byte() -> UInt8? {
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        mutating func number() -> UInt64? {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while shift < 64, let next = byte() {
                value |= UInt64(next & 0x7f) << shift
                if next < 0x80 { return value }
                shift += 7
            }
            return nil
        }

        mutating func count(limit: Int) -> Int? {
            guard let value = number(), let count = Int(exactly: value), count <= limit else { return nil }
            return count
        }

        mutating func string() -> String? {
            guard let length = count(limit: bytes.count), length <= bytes.count - position else {
                return nil
            }
            defer { position += length }
            return String(decoding: bytes[position..<(position + length)], as: UTF8.self)
        }
    }
}

/// Keeps one copy of the strings that many objects have in common, while they are being loaded.
package struct StringInterner {
    /// Strings as short as this are stored without an allocation anyway.
    private static let inlineLength = 15
    private static let limit = 20_000

    private var strings: Set<String> = []

    package init() {}

    mutating func intern(_ string: String) -> String {
        guard string.utf8.count > Self.inlineLength else { return string }
        if let index = strings.firstIndex(of: string), ByteOrder.compare(strings[index], string) == 0 {
            return strings[index]
        }
        if strings.count < Self.limit { strings.insert(string) }
        return string
    }
}
