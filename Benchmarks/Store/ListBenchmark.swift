import Store

/// Reading snapshots of 10,000 objects.
struct ListBenchmark {
    private let objects = 10_000
    private let rounds = 100

    func run(_ table: inout ResultTable) async throws {
        let store = MemoryStore()
        let cache = WatchCache()
        try await store.attach(cache)
        for index in 0..<objects { _ = try await store.create(Sample.key(index), Sample.write(index)) }

        var total = 0
        let iterating = Meter()
        for _ in 0..<rounds {
            for object in cache.snapshot("pods").objects() { total &+= object.bytes.count }
        }
        table.add("list: walk \(objects) objects", iterating.seconds / Double(rounds) * 1e6, "µs")

        var buffer: [UInt8] = []
        let copying = Meter()
        for _ in 0..<10 {
            buffer.removeAll(keepingCapacity: true)
            for object in cache.snapshot("pods").objects() { buffer.append(contentsOf: object.bytes) }
        }
        table.add("list: copy \(buffer.count / 1_000_000) MB", copying.seconds / 10 * 1e3, "ms")

        let filtering = Meter()
        for _ in 0..<rounds {
            for object in cache.snapshot("pods").objects()
            where object.header.label("app.kubernetes.io/name") == "web-7" { total &+= 1 }
        }
        table.add("list: 200 of \(objects) by label", filtering.seconds / Double(rounds) * 1e6, "µs")

        let getting = Meter()
        for index in 0..<objects {
            let key = Sample.key(index)
            total &+= Int(cache.snapshot("pods").get(namespace: key.namespace, name: key.name)?.revision ?? 0)
        }
        table.add("get", getting.seconds / Double(objects) * 1e6, "µs")
        // The sum is used, so that the loops are not optimized away.
        guard total > 0 else { throw StoreError.invalid("nothing was read") }

        let past = cache.currentRevision - 1_000
        let undoing = Meter()
        let snapshot = try cache.snapshot("pods", at: past)
        table.add("snapshot 1,000 changes ago (\(snapshot.count) objects)", undoing.seconds * 1e6, "µs")
    }
}
