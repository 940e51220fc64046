import Store

/// Where objects lie in etcd: `<prefix>/<bucket>/<namespace>/<name>`, without a namespace `<prefix>/<bucket>/<name>`.
struct EtcdKeys: Sendable {
    private let root: [UInt8]

    init(prefix: String) {
        root = Array((prefix.hasSuffix("/") ? prefix : prefix + "/").utf8)
    }

    /// Everything below the prefix: the first key, and the one behind the last.
    var first: [UInt8] { root }
    var end: [UInt8] { root.dropLast() + [UInt8(ascii: "/") + 1] }

    /// Kubernetes' name for the record by which servers agree who compacts.
    var compaction: [UInt8] { root + Array("compact_rev_key".utf8) }
    /// Written to learn how far the watch has come, where etcd cannot be asked.
    var heartbeat: [UInt8] { root + Array("heartbeat".utf8) }

    /// Nil where the key's parts cannot be told apart afterwards.
    func path(of key: StoreKey) -> [UInt8]? {
        for part in [key.bucket, key.namespace, key.name] where part.utf8.contains(UInt8(ascii: "/")) { return nil }
        guard !key.bucket.isEmpty, !key.name.isEmpty else { return nil }
        var path = root
        path.reserveCapacity(root.count + key.bucket.utf8.count + key.namespace.utf8.count + key.name.utf8.count + 2)
        for part in [key.bucket, key.namespace] where !part.isEmpty {
            path.append(contentsOf: part.utf8)
            path.append(UInt8(ascii: "/"))
        }
        path.append(contentsOf: key.name.utf8)
        return path
    }

    /// Nil for keys that are not an object's.
    func key(of path: [UInt8]) -> StoreKey? {
        guard path.starts(with: root) else { return nil }
        let parts = path[root.count...].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch parts.count {
        case 2: return StoreKey(bucket: parts[0], namespace: "", name: parts[1])
        case 3: return StoreKey(bucket: parts[0], namespace: parts[1], name: parts[2])
        default: return nil
        }
    }
}
