import Machinery

/// The form in which an object is stored and sent: canonical JSON with a known place for its resourceVersion.
enum ObjectEncoding {
    /// Encodes with an empty `resourceVersion`, and tells where in the bytes its digits belong.
    static func encode(_ object: JSONObject) -> (bytes: [UInt8], revisionOffset: Int) {
        var writer = JSONWriter(reserving: 4096)
        var offset = 0
        writer.raw("{")
        var first = true
        for member in object.members {
            if !first { writer.raw(",") }
            first = false
            writer.write(member.key)
            writer.raw(":")
            if member.key == "metadata", case .object(var metadata) = member.value {
                metadata["resourceVersion"] = ""
                writer.raw("{")
                var firstInner = true
                for inner in metadata.members {
                    if !firstInner { writer.raw(",") }
                    firstInner = false
                    writer.write(inner.key)
                    writer.raw(":")
                    if inner.key == "resourceVersion" { offset = writer.bytes.count + 1 }
                    writer.write(inner.value)
                }
                writer.raw("}")
            } else {
                writer.write(member.value)
            }
        }
        writer.raw("}")
        return (writer.bytes, offset)
    }
}
