import Store
import Synchronization

/// What a change costs with many watchers, up to the hand-over to their groups.
struct FanOutBenchmark {
    private let changes = 5_000

    func run(_ table: inout ResultTable) async throws {
        let none = try await measure { _, _ in [] }
        table.add("change, no watcher", none, "µs")
        let all = try await measure { cache, group in
            try (0..<1_000).map { _ in
                try cache.subscribe("pods", WatchSelection(), from: .now, group: group)
            }
        }
        table.add("change, 1,000 watchers of everything", all, "µs")
        table.add("  of it for each watcher", (all - none) / 1_000 * 1e3, "ns")
        let nodes = try await measure { cache, group in
            try (0..<5_000).map { node in
                let field = FieldPair(name: "spec.nodeName", value: "node-\(node)")
                return try cache.subscribe("pods", WatchSelection(field: field), from: .now, group: group)
            }
        }
        table.add("change, 5,000 watchers by spec.nodeName", nodes, "µs")
        let filters = try await measure { cache, group in
            try (0..<1_000).map { number in
                let value = "web-\(number)"
                let filter = WatchFilter { $0.header.label("app.kubernetes.io/name") == value }
                return try cache.subscribe("pods", WatchSelection(filter: filter), from: .now, group: group)
            }
        }
        table.add("change, 1,000 watchers with a filter each", filters, "µs")
    }

    /// Microseconds for each update of a memory store.
    private func measure(
        _ subscribe: (WatchCache, WatchGroup) throws -> [WatchOpening]
    ) async throws -> Double {
        let store = MemoryStore()
        let cache = WatchCache()
        try await store.attach(cache)
        for index in 0..<1_000 { _ = try await store.create(Sample.key(index), Sample.write(index)) }
        let handed = Atomic<Int>(0)
        let group = WatchGroup { deliveries in
            for delivery in deliveries { handed.wrappingAdd(delivery.subscribers.count, ordering: .relaxed) }
        }
        let openings = try subscribe(cache, group)
        let meter = Meter()
        for index in 0..<changes {
            let key = Sample.key(index % 1_000)
            guard let present = try await store.get(key) else { continue }
            _ = try await store.update(key, expecting: present.revision, Sample.write(index % 1_000))
        }
        let result = meter.seconds / Double(changes) * 1e6
        withExtendedLifetime(openings) {}
        return result
    }
}
