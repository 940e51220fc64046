/// The wrapper of protobuf objects in the API: four magic bytes and a `runtime.Unknown` that says what is inside.
package struct ProtobufEnvelope: Sendable {
    package static let magic: [UInt8] = [0x6B, 0x38, 0x73, 0x00]

    package let apiVersion: String
    package let kind: String
    /// The message itself.
    package let raw: [UInt8]

    package init(apiVersion: String, kind: String, raw: [UInt8]) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.raw = raw
    }

    package var encoded: [UInt8] {
        var meta = ProtobufWriter(reserving: 64)
        meta.string(1, apiVersion)
        meta.string(2, kind)
        var writer = ProtobufWriter(reserving: raw.count + 64)
        writer.data(1, meta.bytes)
        writer.data(2, raw)
        writer.string(3, "")
        writer.string(4, "")
        return Self.magic + writer.bytes
    }

    package init(parsing bytes: [UInt8]) throws(ProtobufError) {
        guard bytes.starts(with: Self.magic) else {
            throw ProtobufError(
                code: .malformed,
                message: "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")
        }
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(ProtobufError) in
            try Self.unwrap(UnsafeBufferPointer(rebasing: buffer[Self.magic.count...]))
        }
    }

    private static func unwrap(_ bytes: UnsafeBufferPointer<UInt8>) throws(ProtobufError) -> ProtobufEnvelope {
        var apiVersion = ""
        var kind = ""
        var raw: [UInt8] = []
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let (number, wire) = try reader.tag()
            switch (number, wire) {
            case (1, .bytes):
                var meta = ProtobufReader(try reader.delimited())
                while !meta.isAtEnd {
                    let (number, wire) = try meta.tag()
                    switch (number, wire) {
                    case (1, .bytes): apiVersion = try meta.string()
                    case (2, .bytes): kind = try meta.string()
                    default: try meta.skip(wire)
                    }
                }
            case (2, .bytes): raw = Array(try reader.delimited())
            default: try reader.skip(wire)
            }
        }
        return ProtobufEnvelope(apiVersion: apiVersion, kind: kind, raw: raw)
    }
}

extension ProtobufEnvelope {
    /// One event of a protobuf watch: four bytes of length, then a `WatchEvent` with the enveloped object.
    package static func watchFrame(type: String, object: [UInt8]) -> [UInt8] {
        var extensionWriter = ProtobufWriter(reserving: object.count + 8)
        extensionWriter.data(1, object)
        var writer = ProtobufWriter(reserving: object.count + 32)
        writer.string(1, type)
        writer.data(2, extensionWriter.bytes)
        let length = UInt32(clamping: writer.bytes.count)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) } + writer.bytes
    }
}
