import Store

/// Acknowledged writes of 64 clients at once, then of one, with a watch cache attached.
struct WriteBenchmark {
    var path: String
    private let clients = 64
    private let objects = 10_000
    private let updates = 30_000

    init(path: String) { self.path = path }

    func run(_ table: inout ResultTable) async throws {
        let store = try SQLiteStore(path: path)
        let cache = WatchCache()
        try await store.attach(cache)
        table.add("resident memory, empty store", Meter.residentMebibytes(), "MiB")

        let creating = Meter()
        try await inParallel(objects) { index in
            _ = try await store.create(Sample.key(index), Sample.write(index))
        }
        report("create, \(clients) clients", creating, objects, &table, .atLeast(5_000))

        let updating = Meter()
        try await inParallel(updates) { index in
            let key = Sample.key(index % objects)
            guard let present = cache.snapshot(key.bucket).get(namespace: key.namespace, name: key.name) else {
                return
            }
            _ = try await store.update(key, expecting: present.revision, Sample.write(index % objects))
        }
        report("update, \(clients) clients", updating, updates, &table, .atLeast(5_000))

        let alone = Meter()
        for index in 0..<1_000 {
            let key = Sample.key(index)
            guard let present = cache.snapshot(key.bucket).get(namespace: key.namespace, name: key.name) else {
                continue
            }
            _ = try await store.update(key, expecting: present.revision, Sample.write(index))
        }
        report("update, 1 client", alone, 1_000, &table)
        table.add("resident memory, \(objects) objects of 5 kB", Meter.residentMebibytes(), "MiB")
        await store.close()
    }

    private func report(
        _ name: String, _ meter: Meter, _ count: Int, _ table: inout ResultTable, _ limit: ResultTable.Limit? = nil
    ) {
        let processor = meter.processorMicroseconds
        table.add(name, Double(count) / meter.seconds, "acknowledged/s", limit)
        table.add(name + ", processor", processor / Double(count), "µs/write")
    }

    /// Runs `body` for every index, `clients` at a time; no key is in two hands at once.
    private func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<clients {
                group.addTask {
                    for index in stride(from: client, to: count, by: clients) { try await body(index) }
                }
            }
            try await group.waitForAll()
        }
    }
}
