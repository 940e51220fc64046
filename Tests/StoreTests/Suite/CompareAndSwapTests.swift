import Store
import Testing

/// Part of the suite that every store passes.
@Suite("A store's writes are compare-and-swap")
struct CompareAndSwapTests {
    @Test("create gives the next revision and splices it in", arguments: StoreKind.allCases)
    func create(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let before = try await store.currentRevision()
            #expect(before >= 1)
            let created = try await store.create(Fixture.key("a"), Fixture.write("v", labels: ["b": "2", "a": "1"]))
            #expect(created.revision == before + 1)
            #expect(created.text == Fixture.text("v", at: before + 1))
            #expect(created.header.labels.map(\.key) == ["a", "b"])
            #expect(created.header.label("b") == "2")
            #expect(created.header.label("c") == nil)
            #expect(created.field("metadata.name") == "a")
            #expect(created.field("metadata.namespace") == "default")
            let read = try await store.get(Fixture.key("a"))
            #expect(read === created)
            #expect(try await store.currentRevision() == created.revision)
        }
    }

    @Test("create of a taken key fails with the present object", arguments: StoreKind.allCases)
    func createTaken(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let first = try await store.create(Fixture.key("a"), Fixture.write("1"))
            let error = await failure { _ = try await store.create(Fixture.key("a"), Fixture.write("2")) }
            guard case .alreadyExists(let current) = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
            #expect(current === first)
            // Neither the namespace nor the bucket is shared.
            _ = try await store.create(Fixture.key("a", namespace: "other"), Fixture.write("3"))
            _ = try await store.create(Fixture.key("a", bucket: "services"), Fixture.write("4"))
        }
    }

    @Test("update needs the current revision", arguments: StoreKind.allCases)
    func update(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let key = Fixture.key("a")
            let first = try await store.create(key, Fixture.write("1"))
            let second = try await store.update(key, expecting: first.revision, Fixture.write("2"))
            #expect(second.revision == first.revision + 1)
            #expect(second.text == Fixture.text("2", at: second.revision))
            #expect(first.text == Fixture.text("1", at: first.revision))
            let stale = await failure {
                _ = try await store.update(key, expecting: first.revision, Fixture.write("3"))
            }
            guard case .conflict(let current) = stale else {
                Issue.record("got \(String(describing: stale))")
                return
            }
            #expect(current === second)
            let missing = await failure {
                _ = try await store.update(Fixture.key("b"), expecting: 1, Fixture.write("3"))
            }
            guard case .notFound(let key) = missing else {
                Issue.record("got \(String(describing: missing))")
                return
            }
            #expect(key == Fixture.key("b"))
            #expect(try await store.currentRevision() == second.revision)
        }
    }

    @Test("delete gives the last state with the revision of the deletion", arguments: StoreKind.allCases)
    func delete(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let key = Fixture.key("a")
            let first = try await store.create(key, Fixture.write("1"))
            let stale = await failure { _ = try await store.delete(key, expecting: 1, last: nil) }
            guard case .conflict = stale else {
                Issue.record("got \(String(describing: stale))")
                return
            }
            let deleted = try await store.delete(key, expecting: first.revision, last: nil)
            #expect(deleted.revision == first.revision + 1)
            #expect(deleted.text == Fixture.text("1", at: deleted.revision))
            let read = try await store.get(key)
            #expect(read == nil)
            let missing = await failure { _ = try await store.delete(key, expecting: nil, last: nil) }
            guard case .notFound = missing else {
                Issue.record("got \(String(describing: missing))")
                return
            }
            let second = try await store.create(key, Fixture.write("2"))
            let last = try await store.delete(key, expecting: nil, last: Fixture.write("final"))
            #expect(last.revision == second.revision + 1)
            #expect(last.text == Fixture.text("final", at: last.revision))
        }
    }

    @Test("a revision offset outside the object is refused", arguments: StoreKind.allCases, [-1, 1_000])
    func offset(_ kind: StoreKind, _ offset: Int) async throws {
        try await kind.withStore { store in
            var write = Fixture.write("1")
            write.revisionOffset = offset
            let error = await failure { [write] in _ = try await store.create(Fixture.key("a"), write) }
            guard case .invalid = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
            let read = try await store.get(Fixture.key("a"))
            #expect(read == nil)
        }
    }

    @Test("a closed store refuses writes", arguments: StoreKind.allCases)
    func closed(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            await store.close()
            let error = await failure { _ = try await store.create(Fixture.key("a"), Fixture.write("1")) }
            guard case .closed = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
        }
    }
}
