import Machinery

/// Reading etcd's messages: each field in turn is offered to a closure, and what it does not know is passed over.
enum EtcdMessage {
    /// A field's content, as the wire has it.
    enum Value {
        case number(UInt64)
        case bytes(UnsafeBufferPointer<UInt8>)

        var signed: Int64 {
            if case .number(let number) = self { return Int64(bitPattern: number) }
            return 0
        }

        var isTrue: Bool { signed != 0 }

        var array: [UInt8] {
            if case .bytes(let bytes) = self { return Array(bytes) }
            return []
        }

        var text: String { String(decoding: array, as: UTF8.self) }
    }

    static func read(
        _ bytes: [UInt8], _ field: (Int, Value) throws(ProtobufError) -> Void
    ) throws(ProtobufError) {
        let outcome: Result<Void, ProtobufError> = bytes.withUnsafeBufferPointer { buffer in
            do throws(ProtobufError) {
                try read(buffer, field)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }

    static func read(_ value: Value, _ field: (Int, Value) throws(ProtobufError) -> Void) throws(ProtobufError) {
        // A field of another type than expected counts as unknown.
        guard case .bytes(let bytes) = value else { return }
        try read(bytes, field)
    }

    private static func read(
        _ buffer: UnsafeBufferPointer<UInt8>, _ field: (Int, Value) throws(ProtobufError) -> Void
    ) throws(ProtobufError) {
        var reader = ProtobufReader(buffer)
        while !reader.isAtEnd {
            let (number, type) = try reader.tag()
            switch type {
            case .varint: try field(number, .number(try reader.varint()))
            case .bytes: try field(number, .bytes(try reader.delimited()))
            case .fixed32, .fixed64: try reader.skip(type)
            }
        }
    }

    /// The revision in a `ResponseHeader`.
    static func revision(_ header: Value) throws(ProtobufError) -> UInt64 {
        var revision: UInt64 = 0
        try read(header) { number, value in
            if number == 3, case .number(let found) = value { revision = found }
        }
        return revision
    }
}
