import Machinery

/// A key with its value and what etcd counts of it (`mvccpb.KeyValue`).
struct EtcdKeyValue: Sendable {
    var key: [UInt8] = []
    var value: [UInt8] = []
    /// The revision of the latest change.
    var modRevision: UInt64 = 0
    /// How often the key was written since it was created.
    var version: Int64 = 0

    init(_ message: EtcdMessage.Value) throws(ProtobufError) {
        var (key, value, modRevision, version): ([UInt8], [UInt8], Int64, Int64) = ([], [], 0, 0)
        try EtcdMessage.read(message) { number, field in
            switch number {
            case 1: key = field.array
            case 3: modRevision = field.signed
            case 4: version = field.signed
            case 5: value = field.array
            default: break
            }
        }
        self.key = key
        self.value = value
        self.modRevision = UInt64(max(modRevision, 0))
        self.version = version
    }
}
