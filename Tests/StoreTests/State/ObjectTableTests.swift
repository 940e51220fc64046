import Store
import Testing

@Suite("An object table")
struct ObjectTableTests {
    @Test("agrees with a sorted dictionary, and its copies never change", arguments: [1, 2, 3, 4])
    func model(_ seed: UInt64) async throws {
        let store = MemoryStore()
        var random = SeededRandom(seed: seed)
        var table = ObjectTable()
        var model: [String: StoredObject] = [:]
        var copies: [(table: ObjectTable, names: [String])] = []
        // Growing for the first half, shrinking for the second.
        for step in 0..<3_000 {
            let name = "n\(random.below(2_000))"
            let isPut = random.below(10) < (step < 1_500 ? 9 : 1)
            if isPut {
                let object = try await store.replace(Fixture.key(name))
                #expect(table.put(object) === model.updateValue(object, forKey: name))
            } else {
                let isGuess = model.isEmpty || random.below(2) == 0
                let victim = isGuess ? name : model.keys.sorted()[random.below(model.count)]
                let removed = table.remove(namespace: "default", name: victim)
                #expect(removed === model.removeValue(forKey: victim))
            }
            #expect(table.count == model.count)
            if step % 500 == 0 { copies.append((table, model.keys.sorted())) }
        }
        copies.append((table, model.keys.sorted()))
        for copy in copies {
            #expect(copy.table.objects().map(\.key.name) == copy.names)
            #expect(copy.table.objects().count == copy.names.count)
            for _ in 0..<50 {
                let name = "n\(random.below(2_000))"
                #expect((copy.table.get(namespace: "default", name: name) != nil) == copy.names.contains(name))
                let rest = copy.table.objects(namespace: "default", after: ("default", name))
                #expect(rest.map(\.key.name) == copy.names.filter { $0 > name })
                #expect(rest.count == rest.map { $0 }.count)
            }
        }
    }

    @Test("gives the slice of a namespace")
    func namespaces() async throws {
        let store = MemoryStore()
        var table = ObjectTable()
        for index in 0..<600 {
            table.put(try await store.replace(Fixture.key("n\(1_000 + index)", namespace: "ns\(index % 3)")))
        }
        for namespace in ["ns0", "ns1", "ns2"] {
            let slice = table.objects(namespace: namespace)
            #expect(slice.count == 200)
            #expect(slice.allSatisfy { $0.key.namespace == namespace })
        }
        #expect(table.objects(namespace: "ns").isEmpty)
        #expect(table.objects(namespace: "ns3").isEmpty)
        // A position outside the namespace gives all of it or nothing.
        #expect(table.objects(namespace: "ns1", after: ("ns0", "z")).count == 200)
        #expect(table.objects(namespace: "ns1", after: ("ns2", "")).isEmpty)
        #expect(table.objects(after: ("ns0", "z")).count == 400)
    }
}

extension Store {
    /// Creates or updates, whatever is there.
    func replace(_ key: StoreKey, _ write: ObjectWrite = Fixture.write()) async throws -> StoredObject {
        if let present = try await get(key) {
            return try await update(key, expecting: present.revision, write)
        }
        return try await create(key, write)
    }
}
