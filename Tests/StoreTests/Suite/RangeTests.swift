import Store
import Testing

@Suite("A store's ranges")
struct RangeTests {
    @Test("come in key order, by namespace or whole", arguments: StoreKind.allCases)
    func order(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            for (namespace, name) in [("b", "y"), ("a", "z"), ("a", "x"), ("b", "w"), ("a-b", "q"), ("", "cluster")] {
                _ = try await store.create(Fixture.key(name, namespace: namespace), Fixture.write())
            }
            _ = try await store.create(Fixture.key("s", bucket: "services"), Fixture.write())
            #expect(try await store.names() == ["cluster", "x", "z", "q", "w", "y"])
            #expect(try await store.names(namespace: "a") == ["x", "z"])
            #expect(try await store.names(namespace: "a-b") == ["q"])
            #expect(try await store.names(namespace: "c") == [])
            #expect(try await store.names("nothing") == [])
        }
    }

    @Test("come in pages of one state, whatever is written meanwhile", arguments: StoreKind.allCases, [1, 7, 100])
    func pages(_ kind: StoreKind, _ limit: Int) async throws {
        try await kind.withStore { store in
            var expected: [String: UInt64] = [:]
            for index in 0..<50 {
                let object = try await store.create(Fixture.key("p\(1_000 + index)"), Fixture.write("\(index)"))
                expected[object.key.name] = object.revision
            }
            let revision = try await store.currentRevision()
            var seen: [StoredObject] = []
            for round in 0..<60 {
                let page = try await store.range(
                    bucket: "pods", namespace: nil, startingAfter: seen.last?.key, limit: limit, at: revision)
                #expect(page.revision == revision)
                #expect(page.objects.count <= limit)
                seen += page.objects
                guard page.more else { break }
                // Changes on both sides of the position.
                _ = try await store.create(Fixture.key("p\(1_000 + round)-new"), Fixture.write())
                for number in [1_000 + round, 1_049 - round] {
                    guard let old = try await store.get(Fixture.key("p\(number)")) else { continue }
                    let new = try await store.update(old.key, expecting: old.revision, Fixture.write("changed"))
                    if number % 2 == 0 { _ = try await store.delete(new.key, expecting: nil, last: nil) }
                }
            }
            #expect(seen.map(\.key.name) == expected.keys.sorted())
            #expect(seen.allSatisfy { expected[$0.key.name] == $0.revision })
        }
    }

    @Test("of a revision to come fail", arguments: StoreKind.allCases)
    func future(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let error = await failure { _ = try await store.names(at: 1_000) }
            guard case .future(let current) = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
            let latest = try await store.currentRevision()
            #expect(current == latest)
        }
    }
}
