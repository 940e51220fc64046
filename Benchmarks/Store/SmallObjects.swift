import Store

/// ConfigMaps of one short entry, as the API server itself would store them.
enum SmallObjects {
    static let namespace = "many"
    private static let writers = 64

    static func fill(_ path: String, _ count: Int) async throws {
        let store = try SQLiteStore(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for index in stride(from: writer, to: count, by: writers) {
                        _ = try await store.create(key(index), write(index))
                    }
                }
            }
            try await group.waitForAll()
        }
        await store.close()
    }

    private static func name(_ index: Int) -> String { "small-\(1_000_000 + index)" }

    private static func key(_ index: Int) -> StoreKey {
        StoreKey(bucket: "configmaps", namespace: namespace, name: name(index))
    }

    private static func write(_ index: Int) -> ObjectWrite {
        let uid = "6f1b2c3d-0000-4000-8000-\(100_000_000_000 + index)"
        let start =
            #"{"apiVersion":"v1","data":{"key":"value \#(index)"},"kind":"ConfigMap","metadata":{"#
            + #""creationTimestamp":"2026-01-01T00:00:00Z","name":"\#(name(index))","namespace":"\#(namespace)","#
            + #""resourceVersion":""#
        return ObjectWrite(
            header: ObjectHeader(uid: uid), bytes: Array((start + #"","uid":"\#(uid)"}}"#).utf8),
            revisionOffset: start.utf8.count)
    }
}
