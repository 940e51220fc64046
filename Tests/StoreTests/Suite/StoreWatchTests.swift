import Store
import Testing

@Suite("A store's watches")
struct StoreWatchTests {
    @Test("tell what happened, with the states before and after", arguments: StoreKind.allCases)
    func events(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let start = try await store.currentRevision()
            let key = Fixture.key("a")
            let first = try await store.create(key, Fixture.write("1"))
            let second = try await store.update(key, expecting: first.revision, Fixture.write("2"))
            let last = try await store.delete(key, expecting: nil, last: nil)
            let events = try await store.changes(after: start, count: 3)
            #expect(
                events.map { Change($0) } == [
                    Change(.added, "a", start + 1), Change(.modified, "a", start + 2), Change(.deleted, "a", start + 3),
                ])
            try #require(events.count == 3)
            #expect(events[0].previous == nil)
            #expect(events[1].object === second)
            #expect(events[1].previous === first)
            #expect(events[2].object === last)
            #expect(events[2].previous === second)
        }
    }

    @Test("may start in the future", arguments: StoreKind.allCases)
    func future(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let start = try await store.currentRevision()
            let watch = try await store.watch(after: start + 2)
            for name in ["a", "b", "c"] { _ = try await store.create(Fixture.key(name), Fixture.write()) }
            let events = try await watch.next()
            #expect(events?.map { Change($0) } == [Change(.added, "c", start + 3)])
        }
    }

    @Test("end when the store closes or the task is cancelled", arguments: StoreKind.allCases, [true, false])
    func ends(_ kind: StoreKind, _ byClosing: Bool) async throws {
        try await kind.withStore { store in
            let watch = try await store.watch(after: 1)
            let waiting = Task { try await watch.next() }
            if byClosing { await store.close() } else { waiting.cancel() }
            #expect(try await waiting.value == nil)
        }
    }

    @Test("are ordered, unique, complete and resumable while many write", arguments: StoreKind.allCases)
    func properties(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let start = try await store.currentRevision()
            let writers = 8
            let rounds = 40
            let live = Task {
                // Every writer's key goes through create, update, delete.
                try await store.changes(after: start, count: writers * rounds * 3)
            }
            let acknowledged = try await withThrowingTaskGroup(of: [Change].self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        var changes: [Change] = []
                        let name = "w\(writer)"
                        for round in 0..<rounds {
                            let created = try await store.create(Fixture.key(name), Fixture.write("\(round)"))
                            changes.append(Change(.added, name, created.revision))
                            let updated = try await store.update(
                                created.key, expecting: created.revision, Fixture.write("\(round)+"))
                            changes.append(Change(.modified, name, updated.revision))
                            let deleted = try await store.delete(
                                created.key, expecting: updated.revision, last: nil)
                            changes.append(Change(.deleted, name, deleted.revision))
                        }
                        return changes
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let seen = try await live.value.map { Change($0) }
            #expect(seen == acknowledged.sorted { $0.revision < $1.revision })
            #expect(seen.map(\.revision) == Array((start + 1)...(start + UInt64(seen.count))))
            // Resuming anywhere gives exactly the rest.
            for position in stride(from: 0, to: seen.count, by: 97) {
                let rest = try await store.changes(after: start + UInt64(position), count: seen.count - position)
                #expect(rest.map { Change($0) } == Array(seen[position...]))
            }
        }
    }
}
