import Foundation
import Store
import Testing

@Suite("A snapshot")
struct SnapshotFileTests {
    @Test(
        "taken while there are writes has every object of its revision, and none of later ones",
        arguments: StoreKind.allCases)
    func underLoad(_ kind: StoreKind) async throws {
        try await TemporaryFolder.with { folder in
            try await kind.withStore { store in
                let start = try await store.currentRevision()
                let writers = Task {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for writer in 0..<4 {
                            group.addTask {
                                for round in 0..<60 {
                                    let object = try await store.replace(
                                        Fixture.key("w\(writer)-\(round % 7)"), Fixture.write("\(writer).\(round)"))
                                    if round % 5 == 4 {
                                        _ = try await store.delete(object.key, expecting: nil, last: nil)
                                    }
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                }
                let acknowledged = try await store.replace(Fixture.key("before"), Fixture.write("1"))
                let contents = try await store.contents()
                #expect(contents.revision >= acknowledged.revision)
                let path = folder.file("snapshot.db")
                let facts = try await SnapshotFile.write(contents, to: path)
                try await writers.value
                #expect(facts.revision == contents.revision)
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600)

                // The state that the history up to the revision leads to.
                var state: [String: String] = [:]
                let last = try await store.currentRevision()
                for event in try await store.changes(after: start, count: Int(last - start))
                where event.revision <= contents.revision {
                    state[event.key.name] = event.type == .deleted ? nil : event.object.text
                }
                let restored = folder.file("restored.db")
                let made = try await SnapshotFile.restore(path, to: restored, bumpingRevisionBy: 1_000)
                #expect(made.revision == contents.revision + 1_000 && made.objects == state.count)
                let second = try SQLiteStore(path: restored)
                let objects = try await second.range(
                    bucket: "pods", namespace: nil, startingAfter: nil, limit: .max, at: nil
                ).objects
                #expect(Dictionary(uniqueKeysWithValues: objects.map { ($0.key.name, $0.text) }) == state)
                // Whoever watched the old store must read anew, and revisions go on from above.
                let stale = await failure { _ = try await second.watch(after: last) }
                guard case .compacted(oldest: contents.revision + 1_000) = stale else {
                    Issue.record("got \(String(describing: stale))")
                    return
                }
                let next = try await second.create(Fixture.key("next"), Fixture.write())
                #expect(next.revision == contents.revision + 1_001)
                await second.close()
            }
        }
    }

    @Test("of a store's own file leaves history behind")
    func ofFile() async throws {
        try await TemporaryFolder.with { folder in
            let store = try SQLiteStore(path: folder.file("store.db"))
            for round in 0..<20 { _ = try await store.replace(Fixture.key("a\(round % 3)"), Fixture.write("\(round)")) }
            _ = try await store.delete(Fixture.key("a0"), expecting: nil, last: nil)
            let revision = try await store.currentRevision()
            await store.close()
            _ = try await SnapshotFile.restore(
                folder.file("store.db"), to: folder.file("new.db"), bumpingRevisionBy: 5)
            let second = try SQLiteStore(path: folder.file("new.db"))
            #expect(try await second.names() == ["a1", "a2"])
            #expect(try await second.currentRevision() == revision + 5)
            await second.close()
        }
    }

    @Test("is not restored over a store, nor from what is none")
    func refused() async throws {
        try await TemporaryFolder.with { folder in
            let store = try SQLiteStore(path: folder.file("store.db"))
            _ = try await SnapshotFile.write(try await store.contents(), to: folder.file("snapshot.db"))
            await store.close()
            let over = await failure {
                _ = try await SnapshotFile.restore(
                    folder.file("snapshot.db"), to: folder.file("store.db"), bumpingRevisionBy: 1)
            }
            guard case .invalid = over else {
                Issue.record("got \(String(describing: over))")
                return
            }
            try Data(repeating: 7, count: 9_000).write(to: URL(fileURLWithPath: folder.file("other")))
            let other = await failure {
                _ = try await SnapshotFile.restore(
                    folder.file("other"), to: folder.file("new.db"), bumpingRevisionBy: 1)
            }
            guard case .corrupt = other else {
                Issue.record("got \(String(describing: other))")
                return
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains("new") })
        }
    }
}
