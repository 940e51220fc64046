import Store
import Testing

@Suite("A snapshot of the watch cache")
struct SnapshotTests {
    @Test("shows an acknowledged write at once", arguments: StoreKind.allCases)
    func ownWrites(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let cache = WatchCache()
            try await store.attach(cache)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for round in 0..<50 {
                            let key = Fixture.key("w\(writer)-\(round % 5)")
                            let made = try await store.replace(key, Fixture.write("\(round)"))
                            let snapshot = cache.snapshot("pods")
                            #expect(snapshot.revision >= made.revision)
                            #expect(snapshot.get(namespace: "default", name: key.name) === made)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let latest = try await store.currentRevision()
            #expect(cache.currentRevision == latest)
            #expect(cache.deliveredRevision == cache.currentRevision)
        }
    }

    @Test("never changes, and says its revision exactly", arguments: StoreKind.allCases)
    func isolation(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let cache = WatchCache()
            try await store.attach(cache)
            // Readers take snapshots while one writer changes everything in a known way.
            let snapshots = try await withThrowingTaskGroup(of: [BucketSnapshot].self) { group in
                group.addTask {
                    for round in 0..<300 {
                        _ = try await store.replace(Fixture.key("n\(round % 40)"), Fixture.write("\(round)"))
                        if round % 3 == 0 {
                            _ = try await store.delete(Fixture.key("n\(round % 40)"), expecting: nil, last: nil)
                        }
                        await Task.yield()
                    }
                    return []
                }
                for _ in 0..<3 {
                    group.addTask {
                        var taken: [BucketSnapshot] = []
                        while cache.currentRevision < 300 {
                            let snapshot = cache.snapshot("pods")
                            if snapshot.revision != taken.last?.revision { taken.append(snapshot) }
                            await Task.yield()
                        }
                        return taken
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(!snapshots.isEmpty)
            for snapshot in snapshots {
                let state = try await store.range(
                    bucket: "pods", namespace: nil, startingAfter: nil, limit: .max, at: snapshot.revision)
                #expect(snapshot.objects().map(\.revision) == state.objects.map(\.revision))
                #expect(snapshot.count == state.objects.count)
            }
        }
    }

    @Test("of every past revision can be had while history lasts")
    func past() async throws {
        let cached = try await CachedStore()
        var expected: [UInt64: [UInt64]] = [:]
        var random = SeededRandom(seed: 9)
        for _ in 0..<400 {
            let key = Fixture.key("n\(random.below(30))")
            if random.below(3) == 0, try await cached.store.get(key) != nil {
                _ = try await cached.store.delete(key, expecting: nil, last: nil)
            } else {
                _ = try await cached.store.replace(key)
            }
            // Other buckets move the revision on as well.
            _ = try await cached.store.replace(Fixture.key("x", bucket: "leases"))
            let snapshot = cached.cache.snapshot("pods")
            expected[snapshot.revision] = snapshot.objects().map(\.revision)
        }
        for (revision, revisions) in expected {
            let snapshot = try cached.cache.snapshot("pods", at: revision)
            #expect(snapshot.revision == revision)
            #expect(snapshot.objects().map(\.revision) == revisions)
        }
        #expect(throws: WatchCacheError.future(10_000, current: cached.cache.currentRevision)) {
            try cached.cache.snapshot("pods", at: 10_000)
        }
    }

    @Test("is expired when history is gone, unless it was pinned")
    func expired() async throws {
        let clock = TestClock()
        var configuration = WatchCacheConfiguration()
        configuration.historyEvents = 10
        configuration.pinnedSnapshots = 2
        configuration.now = { clock.now }
        let cached = try await CachedStore(configuration)
        for round in 0..<20 { _ = try await cached.store.replace(Fixture.key("n\(round % 4)")) }
        let pinned = cached.cache.snapshot("pods")
        cached.cache.pin(pinned)
        for round in 0..<20 { _ = try await cached.store.replace(Fixture.key("n\(round % 4)")) }
        let again = try cached.cache.snapshot("pods", at: pinned.revision)
        #expect(again.objects().map(\.revision) == pinned.objects().map(\.revision))
        let oldest = cached.cache.currentRevision - 10
        #expect(throws: WatchCacheError.expired(pinned.revision + 1, oldest: oldest)) {
            try cached.cache.snapshot("pods", at: pinned.revision + 1)
        }
        #expect(try cached.cache.snapshot("pods", at: oldest).revision == oldest)
        clock.advance(by: 301)
        #expect(throws: WatchCacheError.expired(pinned.revision, oldest: oldest)) {
            try cached.cache.snapshot("pods", at: pinned.revision)
        }
    }

    @Test("of a revision to come can be waited for")
    func waiting() async throws {
        let cached = try await CachedStore()
        let cache = cached.cache
        let next = cache.currentRevision + 1
        try await cache.waitUntil(next - 1, timeout: .zero)
        await #expect(throws: WatchCacheError.future(next, current: next - 1)) {
            try await cache.waitUntil(next, timeout: .zero)
        }
        let waiting = Task { try await cache.waitUntil(next, timeout: .seconds(60)) }
        _ = try await cached.store.replace(Fixture.key("a"))
        try await waiting.value
        let cancelled = Task { try await cache.waitUntil(next + 1, timeout: .seconds(60)) }
        cancelled.cancel()
        await #expect(throws: WatchCacheError.cancelled) { try await cancelled.value }
    }
}
