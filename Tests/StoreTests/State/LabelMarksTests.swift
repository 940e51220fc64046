import Store
import Testing

@Suite("Marks of labels")
struct LabelMarksTests {
    @Test("An object has the marks of every label it has, and of their keys", arguments: [0, 1, 3, 40])
    func ownLabels(count: Int) async throws {
        let labels = (0..<count).map { ("example.com/key-\($0)", "value-\($0 % 7)") }
        let cached = try await CachedStore()
        let write = Fixture.write("1", labels: Dictionary(uniqueKeysWithValues: labels))
        let object = try await cached.store.create(Fixture.key("a"), write)
        for (key, value) in labels {
            #expect(object.labelMarks.isSuperset(of: LabelMarks(key: key)))
            #expect(object.labelMarks.isSuperset(of: LabelMarks(key: key, value: value)))
        }
        #expect(object.labelMarks.isSuperset(of: .none))
        #expect(object.respliced(at: 99).labelMarks == object.labelMarks)
    }

    @Test("Few objects have the marks of labels they do not have")
    func others() async throws {
        let cached = try await CachedStore()
        let write = Fixture.write("1", labels: ["app": "web", "tier": "front", "shard": "s01"])
        let object = try await cached.store.create(Fixture.key("a"), write)
        let wrong = (2..<1000).count { object.labelMarks.isSuperset(of: LabelMarks(key: "shard", value: "s\($0)")) }
        #expect(wrong < 100)
        #expect(!LabelMarks.none.isSuperset(of: LabelMarks(key: "app")))
    }

    @Test("Marks are joined")
    func union() {
        let one = LabelMarks(key: "a", value: "1")
        let two = LabelMarks(key: "b", value: "2")
        #expect(one.union(two).isSuperset(of: one))
        #expect(one.union(two).isSuperset(of: two))
        #expect(one.union(.none) == one)
    }
}
