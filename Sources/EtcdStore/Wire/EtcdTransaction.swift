import Machinery

/// One write of one key if the key is as expected, else a read of it (`etcdserverpb.TxnRequest`).
struct EtcdTransaction: Sendable {
    /// What must hold of the key.
    enum Condition: Sendable {
        /// Its latest change is this revision; 0: it does not exist.
        case modRevision(UInt64)
        /// It has been written so often since it was created; 0: it does not exist.
        case version(Int64)
        case exists
    }

    enum Change: Sendable {
        case put([UInt8])
        case delete
    }

    var key: [UInt8]
    var condition: Condition
    var change: Change

    func encoded() throws(ProtobufError) -> [UInt8] {
        var size = 128 + 3 * key.count
        if case .put(let value) = change { size += value.count }
        var writer = ProtobufWriter(reserving: size)
        try writer.message(1) { compare throws(ProtobufError) in
            switch condition {
            case .modRevision(let revision):
                compare.integer(1, 0)
                compare.integer(2, 2)
                compare.data(3, key)
                compare.integer(6, Int64(revision))
            case .version(let version):
                compare.integer(1, 0)
                compare.integer(2, 0)
                compare.data(3, key)
                compare.integer(4, version)
            case .exists:
                compare.integer(1, 1)
                compare.integer(2, 0)
                compare.data(3, key)
                compare.integer(4, 0)
            }
        }
        try writer.message(2) { operation throws(ProtobufError) in
            switch change {
            case .put(let value):
                try operation.message(2) { put throws(ProtobufError) in
                    put.data(1, key)
                    put.data(2, value)
                }
            case .delete:
                try operation.message(3) { delete throws(ProtobufError) in delete.data(1, key) }
            }
        }
        try writer.message(3) { operation throws(ProtobufError) in
            try operation.message(1) { range throws(ProtobufError) in EtcdRange(key: key).write(to: &range) }
        }
        return writer.bytes
    }

    struct Response: Sendable {
        /// The revision of etcd after the transaction: the one of the change, where it was made.
        var revision: UInt64
        /// Whether the change was made.
        var succeeded: Bool
        /// The key as it was, where the change was not made and there is one.
        var current: EtcdKeyValue?

        init(_ message: [UInt8]) throws(ProtobufError) {
            var (revision, succeeded): (UInt64, Bool) = (0, false)
            var current: EtcdKeyValue?
            try EtcdMessage.read(message) { number, field throws(ProtobufError) in
                switch number {
                case 1: revision = try EtcdMessage.revision(field)
                case 2: succeeded = field.isTrue
                case 3:
                    try EtcdMessage.read(field) { number, field throws(ProtobufError) in
                        if number == 1 { current = try EtcdRange.Response(field).values.first }
                    }
                default: break
                }
            }
            self.revision = revision
            self.succeeded = succeeded
            self.current = current
        }
    }
}
