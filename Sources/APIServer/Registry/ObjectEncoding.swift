import Machinery

/// The form in which an object is stored and sent: canonical JSON with a known place for its resourceVersion.
enum ObjectEncoding {
    /// Encodes with an empty `resourceVersion`, and tells where in the bytes its digits belong.
    ///
    /// - Parameter ownership: the text to stand as `metadata.managedFields`; `nil` for what the object has.
    static func encode(_ object: JSONObject, ownership: [UInt8]? = nil) -> (bytes: [UInt8], revisionOffset: Int) {
        var writer = JSONWriter(reserving: 8192)
        var offset = 0
        writer.raw("{")
        var first = true
        for member in object.members {
            if !first { writer.raw(",") }
            first = false
            writer.write(member.key)
            writer.raw(":")
            if member.key == "metadata", case .object(let metadata) = member.value {
                offset = write(metadata, ownership, &writer)
            } else {
                writer.write(member.value)
            }
        }
        writer.raw("}")
        return (writer.bytes, offset)
    }

    /// Writes metadata with what is made here in its sorted place; returns the offset of the revision's digits.
    private static func write(_ metadata: JSONObject, _ ownership: [UInt8]?, _ writer: inout JSONWriter) -> Int {
        var offset = 0
        var pendingOwnership = ownership
        var isRevisionPending = true
        var separator: StaticString = "{"
        func writeMade(before key: String?, _ writer: inout JSONWriter) {
            if let text = pendingOwnership, key.map({ UTF8Order.isLess("managedFields", $0) }) ?? true {
                writer.raw(separator)
                separator = ","
                writer.raw("\"managedFields\":")
                writer.raw(text)
                pendingOwnership = nil
            }
            if isRevisionPending, key.map({ UTF8Order.isLess("resourceVersion", $0) }) ?? true {
                writer.raw(separator)
                separator = ","
                writer.raw("\"resourceVersion\":\"")
                offset = writer.count
                writer.raw("\"")
                isRevisionPending = false
            }
        }
        for member in metadata.members {
            if member.key == "resourceVersion" || ownership != nil && member.key == "managedFields" { continue }
            writeMade(before: member.key, &writer)
            writer.raw(separator)
            separator = ","
            writer.write(member.key)
            writer.raw(":")
            writer.write(member.value)
        }
        writeMade(before: nil, &writer)
        writer.raw("}")
        return offset
    }
}
