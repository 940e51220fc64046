import Store
import Testing

@Suite("A store's history")
struct HistoryTests {
    @Test("can be compacted", arguments: StoreKind.allCases)
    func compaction(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let start = try await store.currentRevision()
            var revisions: [UInt64] = []
            var current: StoredObject?
            for round in 0..<600 {
                if let present = current {
                    current = try await store.update(
                        present.key, expecting: present.revision, Fixture.write("\(round)"))
                } else {
                    current = try await store.create(Fixture.key("a"), Fixture.write("\(round)"))
                }
                revisions.append(current?.revision ?? 0)
            }
            let slow = try await store.watch(after: start)
            let middle = start + 500
            try await store.compact(before: middle)
            // Older positions are refused, for new watches, ranges, and watches that have fallen behind.
            let oldWatch = await failure { _ = try await store.watch(after: middle - 1) }
            let oldRange = await failure { _ = try await store.names(at: middle - 1) }
            let behind = await failure { _ = try await slow.next() }
            for error in [oldWatch, oldRange, behind] {
                guard case .compacted(let oldest) = error else {
                    Issue.record("got \(String(describing: error))")
                    continue
                }
                #expect(oldest == middle)
            }
            // From the compacted revision on, everything is there.
            let rest = try await store.changes(after: middle, count: 100)
            #expect(rest.map(\.revision) == Array((middle + 1)...(middle + 100)))
            let state = try await store.range(
                bucket: "pods", namespace: nil, startingAfter: nil, limit: 10, at: middle)
            #expect(state.objects.map(\.revision) == [middle])
            // Compacting what has been compacted is nothing, compacting the future is an error.
            try await store.compact(before: start)
            let future = await failure { try await store.compact(before: start + 601) }
            guard case .future = future else {
                Issue.record("got \(String(describing: future))")
                return
            }
        }
    }

    @Test("is kept for its time", arguments: StoreKind.allCases)
    func age(_ kind: StoreKind) async throws {
        let clock = TestClock()
        try await kind.withStore(clock.configuration) { store in
            let start = try await store.currentRevision()
            _ = try await store.create(Fixture.key("old"), Fixture.write())
            clock.advance(by: 200)
            _ = try await store.create(Fixture.key("young"), Fixture.write())
            try await store.maintain()
            #expect(try await store.changes(after: start, count: 2).count == 2)
            clock.advance(by: 150)
            try await store.maintain()
            let error = await failure { _ = try await store.watch(after: start) }
            guard case .compacted(let oldest) = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
            #expect(oldest == start + 1)
            #expect(try await store.changes(after: oldest, count: 1).map(\.key.name) == ["young"])
            #expect(try await store.names() == ["old", "young"])
        }
    }

    @Test("is limited in number and bytes", arguments: StoreKind.allCases, [true, false])
    func limits(_ kind: StoreKind, _ byNumber: Bool) async throws {
        var configuration = StoreConfiguration()
        if byNumber { configuration.historyEvents = 100 } else { configuration.historyBytes = 100_000 }
        try await kind.withStore(configuration) { store in
            var current = try await store.create(Fixture.key("a"), Fixture.large(1_000))
            for _ in 0..<1_000 {
                current = try await store.update(current.key, expecting: current.revision, Fixture.large(1_000))
            }
            try await store.maintain()
            let error = await failure { _ = try await store.watch(after: 1) }
            guard case .compacted(let oldest) = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
            let kept = current.revision - oldest
            #expect(byNumber ? kept == 100 : (50...100).contains(kept))
        }
    }

    @Test("objects expire by an ordinary deletion", arguments: StoreKind.allCases)
    func expiry(_ kind: StoreKind) async throws {
        let clock = TestClock()
        try await kind.withStore(clock.configuration) { store in
            let start = try await store.currentRevision()
            let soon = clock.now + 10
            let later = clock.now + 100
            _ = try await store.create(Fixture.key("soon"), Fixture.write(expires: soon))
            let renewed = try await store.create(Fixture.key("renewed"), Fixture.write(expires: soon))
            _ = try await store.create(Fixture.key("never"), Fixture.write())
            _ = try await store.update(
                renewed.key, expecting: renewed.revision, Fixture.write(expires: later))
            clock.advance(by: 9)
            try await store.maintain()
            #expect(try await store.names() == ["never", "renewed", "soon"])
            clock.advance(by: 1)
            try await store.maintain()
            #expect(try await store.names() == ["never", "renewed"])
            clock.advance(by: 100)
            try await store.maintain()
            #expect(try await store.names() == ["never"])
            let events = try await store.changes(after: start + 4, count: 2)
            #expect(
                events.map { Change($0) } == [
                    Change(.deleted, "soon", start + 5), Change(.deleted, "renewed", start + 6),
                ])
        }
    }
}
