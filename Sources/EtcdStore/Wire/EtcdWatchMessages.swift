import Machinery

/// What a watcher says to etcd (`etcdserverpb.WatchRequest`).
enum EtcdWatchRequest {
    case create(key: [UInt8], end: [UInt8], startRevision: UInt64)
    /// Asks how far the watch has come: answered on the same stream, behind what was sent before.
    case progress

    func encoded() throws(ProtobufError) -> [UInt8] {
        var writer = ProtobufWriter()
        switch self {
        case .create(let key, let end, let start):
            try writer.message(1) { create throws(ProtobufError) in
                create.data(1, key)
                create.data(2, end)
                create.integer(3, Int64(start))
                create.bool(4, true)
                // Large answers come in fragments.
                create.bool(8, true)
            }
        case .progress:
            try writer.message(3) { (_) throws(ProtobufError) in }
        }
        return writer.bytes
    }
}

/// What etcd says to a watcher (`etcdserverpb.WatchResponse`).
struct EtcdWatchResponse: Sendable {
    struct Event: Sendable {
        var isDeletion: Bool
        var value: EtcdKeyValue
    }

    var revision: UInt64
    var isCreated: Bool
    var isCanceled: Bool
    /// Where the changes asked for are gone: what is left begins here.
    var compactRevision: UInt64
    var cancelReason: String
    /// More of the same revision follows.
    var isFragment: Bool
    var events: [Event]

    init(_ message: [UInt8]) throws(ProtobufError) {
        var (revision, compactRevision, reason): (UInt64, Int64, String) = (0, 0, "")
        var (isCreated, isCanceled, isFragment) = (false, false, false)
        var events: [Event] = []
        try EtcdMessage.read(message) { number, field throws(ProtobufError) in
            switch number {
            case 1: revision = try EtcdMessage.revision(field)
            case 3: isCreated = field.isTrue
            case 4: isCanceled = field.isTrue
            case 5: compactRevision = field.signed
            case 6: reason = field.text
            case 7: isFragment = field.isTrue
            case 11: if let event = try Self.event(field) { events.append(event) }
            default: break
            }
        }
        self.revision = revision
        self.isCreated = isCreated
        self.isCanceled = isCanceled
        self.compactRevision = UInt64(max(compactRevision, 0))
        cancelReason = reason
        self.isFragment = isFragment
        self.events = events
    }

    private static func event(_ message: EtcdMessage.Value) throws(ProtobufError) -> Event? {
        var isDeletion = false
        var pair: EtcdKeyValue?
        try EtcdMessage.read(message) { number, field throws(ProtobufError) in
            switch number {
            case 1: isDeletion = field.isTrue
            case 2: pair = try EtcdKeyValue(field)
            default: break
            }
        }
        return pair.map { Event(isDeletion: isDeletion, value: $0) }
    }
}
