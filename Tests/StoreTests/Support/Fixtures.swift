import Store

/// Builders of keys and writes.
enum Fixture {
    static func key(_ name: String, namespace: String = "default", bucket: String = "pods") -> StoreKey {
        StoreKey(bucket: bucket, namespace: namespace, name: name)
    }

    /// A write whose JSON carries `value`.
    static func write(
        _ value: String = "", labels: [String: String] = [:], fields: [String: String] = [:], expires: Int64? = nil
    ) -> ObjectWrite {
        let start = Array(#"{"metadata":{"resourceVersion":""#.utf8)
        let end = Array(#""},"value":"\#(value)"}"#.utf8)
        let header = ObjectHeader(
            uid: "uid-\(value)", labels: labels.map { LabelPair(key: $0.key, value: $0.value) },
            fields: fields.sorted { $0.key < $1.key }.map { FieldPair(name: $0.key, value: $0.value) },
            expires: expires)
        return ObjectWrite(header: header, bytes: start + end, revisionOffset: start.count)
    }

    static func text(_ value: String, at revision: UInt64) -> String {
        #"{"metadata":{"resourceVersion":"\#(revision)"},"value":"\#(value)"}"#
    }

    /// A write of about `count` bytes.
    static func large(_ count: Int) -> ObjectWrite { write(String(repeating: "x", count: count)) }
}

extension StoredObject {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A change in short: what tests compare.
struct Change: Hashable, CustomStringConvertible {
    var type: ChangeType
    var name: String
    var revision: UInt64

    init(_ type: ChangeType, _ name: String, _ revision: UInt64) {
        self.type = type
        self.name = name
        self.revision = revision
    }

    init(_ event: StoreEvent) { self.init(event.type, event.key.name, event.revision) }

    var description: String { "\(type) \(name)@\(revision)" }
}
