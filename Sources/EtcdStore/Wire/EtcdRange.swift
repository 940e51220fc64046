import Machinery

/// A read of a key, or of the keys from `key` up to `end` (`etcdserverpb.RangeRequest`).
struct EtcdRange: Sendable {
    var key: [UInt8]
    var end: [UInt8]?
    var limit: Int64 = 0
    /// The state to read; 0 for the current one.
    var revision: UInt64 = 0

    func write(to writer: inout ProtobufWriter) {
        writer.data(1, key)
        if let end { writer.data(2, end) }
        if limit > 0 { writer.integer(3, limit) }
        if revision > 0 { writer.integer(4, Int64(revision)) }
    }

    var encoded: [UInt8] {
        var writer = ProtobufWriter()
        write(to: &writer)
        return writer.bytes
    }

    struct Response: Sendable {
        /// The revision of etcd when it answered.
        var revision: UInt64 = 0
        var values: [EtcdKeyValue] = []
        var more = false

        init(_ message: [UInt8]) throws(ProtobufError) {
            var response = Self()
            try EtcdMessage.read(message) { number, field throws(ProtobufError) in try response.take(number, field) }
            self = response
        }

        init(_ message: EtcdMessage.Value) throws(ProtobufError) {
            var response = Self()
            try EtcdMessage.read(message) { number, field throws(ProtobufError) in try response.take(number, field) }
            self = response
        }

        private init() {}

        private mutating func take(_ number: Int, _ field: EtcdMessage.Value) throws(ProtobufError) {
            switch number {
            case 1: revision = try EtcdMessage.revision(field)
            case 2: values.append(try EtcdKeyValue(field))
            case 3: more = field.isTrue
            default: break
            }
        }
    }
}
