import Store

/// Opening a store of 10,000 objects and filling the watch cache, first after a clean end, then with history.
struct StartBenchmark {
    var path: String
    private let objects = 10_000
    private let rounds = 5

    init(path: String) { self.path = path }

    func run(_ table: inout ResultTable) async throws {
        let store = try SQLiteStore(path: path)
        for index in 0..<objects {
            let present = try await store.get(Sample.key(index))
            if present == nil { _ = try await store.create(Sample.key(index), Sample.write(index)) }
        }
        try await store.compact(before: store.currentRevision())
        await store.close()
        try await measure("start with \(objects) objects", &table)

        let again = try SQLiteStore(path: path)
        for index in 0..<(objects / 2) {
            guard let present = try await again.get(Sample.key(index)) else { continue }
            _ = try await again.update(present.key, expecting: present.revision, Sample.write(index))
        }
        await again.close()
        try await measure("start with \(objects) objects and \(objects / 2) changes of history", &table)
    }

    private func measure(_ name: String, _ table: inout ResultTable) async throws {
        var best = Double.infinity
        var processor = Double.infinity
        for _ in 0..<rounds {
            let meter = Meter()
            let store = try SQLiteStore(path: path)
            let cache = WatchCache()
            try await store.attach(cache)
            best = min(best, meter.seconds)
            processor = min(processor, meter.processorMicroseconds)
            await store.close()
        }
        table.add(name, best * 1e3, "ms")
        table.add("  of it processor", processor / 1e3, "ms")
    }
}
