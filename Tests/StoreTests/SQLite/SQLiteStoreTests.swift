import CSQLite
import Foundation
import Store
import Testing

@Suite("A SQLite store")
struct SQLiteStoreTests {
    @Test("has everything after being opened again")
    func reopening() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.file("store.db")
            // Before the times of expiry, negative ones as they are.
            var configuration = StoreConfiguration()
            configuration.now = { -10 }
            let first = try SQLiteStore(path: path, configuration: configuration)
            let unicode = Fixture.write("é", labels: ["app.kubernetes.io/name": "wörld", "empty": ""])
            let kept = try await first.create(Fixture.key("kept"), unicode)
            let changed = try await first.create(
                Fixture.key("changed"), Fixture.write("1", fields: ["spec.nodeName": "n1"], expires: -5))
            let updated = try await first.replace(changed.key, Fixture.write("2", fields: ["spec.nodeName": "n2"]))
            _ = try await first.replace(Fixture.key("gone"))
            _ = try await first.delete(Fixture.key("gone"), expecting: nil, last: nil)
            _ = try await first.replace(Fixture.key("replaced"))
            let last = try await first.delete(Fixture.key("replaced"), expecting: nil, last: Fixture.write("last"))
            let before = try await first.changes(after: 1, count: Int(last.revision) - 1)
            await first.close()

            let second = try SQLiteStore(path: path, configuration: configuration)
            #expect(try await second.currentRevision() == last.revision)
            let object = try #require(try await second.get(Fixture.key("kept")))
            #expect(object.bytes == kept.bytes)
            #expect(object.header == kept.header)
            #expect(object.revision == kept.revision)
            #expect(try await second.get(changed.key)?.header == updated.header)
            let after = try await second.changes(after: 1, count: before.count)
            #expect(after.map { Change($0) } == before.map { Change($0) })
            #expect(after.map(\.object.text) == before.map(\.object.text))
            #expect(after.map { $0.previous?.text } == before.map { $0.previous?.text })
            // Revisions go on.
            let next = try await second.create(Fixture.key("next"), Fixture.write())
            #expect(next.revision == last.revision + 1)
            await second.close()
        }
    }

    @Test("keeps compacted history compacted, and its revision, after being opened again")
    func reopeningCompacted() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.file("store.db")
            let first = try SQLiteStore(path: path)
            for _ in 0..<10 { _ = try await first.replace(Fixture.key("a")) }
            _ = try await first.replace(Fixture.key("b"))
            let deleted = try await first.delete(Fixture.key("a"), expecting: nil, last: nil)
            try await first.compact(before: deleted.revision)
            await first.close()
            #expect(try rows(in: path) == 1)

            let second = try SQLiteStore(path: path)
            #expect(try await second.currentRevision() == deleted.revision)
            #expect(try await second.names() == ["b"])
            let error = await failure { _ = try await second.watch(after: deleted.revision - 1) }
            guard case .compacted(deleted.revision) = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
            await second.close()
        }
    }

    @Test("reclaims the rows of superseded states")
    func reclaiming() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.file("store.db")
            var configuration = StoreConfiguration()
            configuration.historyEvents = 10
            let store = try SQLiteStore(path: path, configuration: configuration)
            for index in 0..<2_000 { _ = try await store.replace(Fixture.key("a\(index % 5)")) }
            await store.close()
            #expect(try rows(in: path) <= 5 + 10 + 32)
        }
    }

    @Test("is readable by its owner only")
    func mode() async throws {
        try await TemporaryFolder.with { folder in
            let store = try SQLiteStore(path: folder.file("store.db"))
            _ = try await store.create(Fixture.key("a"), Fixture.write())
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(file))
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
            }
            await store.close()
        }
    }

    @Test("is opened by one process at a time")
    func locking() async throws {
        try await TemporaryFolder.with { folder in
            let store = try SQLiteStore(path: folder.file("store.db"))
            let error = await failure { _ = try SQLiteStore(path: folder.file("store.db")) }
            guard case .inUse = error else {
                Issue.record("got \(String(describing: error))")
                return
            }
            await store.close()
            let again = try SQLiteStore(path: folder.file("store.db"))
            await again.close()
        }
    }

    enum Damage: String, CaseIterable, CustomTestStringConvertible {
        case notADatabase, otherProgram, newerSchema, header, bytes, lostState, lostTable
        var testDescription: String { rawValue }
    }

    @Test("says what is wrong with a file it cannot use", arguments: Damage.allCases)
    func damage(_ damage: Damage) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.file("store.db")
            let store = try SQLiteStore(path: path)
            _ = try await store.replace(Fixture.key("a"), Fixture.write("1"))
            _ = try await store.replace(Fixture.key("a"), Fixture.write("2"))
            await store.close()
            switch damage {
            case .notADatabase: try Data(repeating: 7, count: 10_000).write(to: URL(fileURLWithPath: path))
            case .otherProgram: try execute("PRAGMA application_id = 7", in: path)
            case .newerSchema: try execute("PRAGMA user_version = 99", in: path)
            case .header: try execute("UPDATE events SET header = x'0105' WHERE revision = 3", in: path)
            case .bytes: try execute("UPDATE events SET bytes = '{}' WHERE revision = 3", in: path)
            case .lostState: try execute("DELETE FROM events WHERE revision = 2", in: path)
            case .lostTable: try execute("DROP TABLE events", in: path)
            }
            let error = await failure { _ = try SQLiteStore(path: path) }
            switch (damage, error) {
            case (.newerSchema, .newerSchema(found: 99, supported: 1)): break
            case (.newerSchema, _): Issue.record("got \(String(describing: error))")
            case (.lostTable, .unavailable(let reason)): #expect(reason.contains("events"))
            case (_, .corrupt(let reason)): #expect(reason.contains(path))
            default: Issue.record("got \(String(describing: error))")
            }
        }
    }

    @Test("takes deletions when full, and writes again when there is space")
    func full() async throws {
        try await TemporaryFolder.with { folder in
            var configuration = StoreConfiguration()
            configuration.quotaBytes = 4 << 20
            let store = try SQLiteStore(path: folder.file("store.db"), configuration: configuration)
            var written = 0
            var error: StoreError?
            while error == nil, written < 2_000 {
                do {
                    _ = try await store.create(Fixture.key("p\(written)"), Fixture.large(10_000))
                    written += 1
                } catch let caught as StoreError {
                    error = caught
                }
            }
            guard case .full = error, case .full = store.health else {
                Issue.record("got \(String(describing: error)) after \(written)")
                return
            }
            // Nothing acknowledged is lost, nothing refused is there.
            #expect(try await store.names().count == written)
            for index in 0..<200 { _ = try await store.delete(Fixture.key("p\(index)"), expecting: nil, last: nil) }
            try await store.maintain()
            #expect(store.health == .ok)
            _ = try await store.create(Fixture.key("again"), Fixture.large(10_000))
            await store.close()
            let second = try SQLiteStore(path: folder.file("store.db"), configuration: configuration)
            #expect(try await second.names().count == written - 200 + 1)
            await second.close()
        }
    }

    @Test("refuses writes beyond its queue, and carries out those it took")
    func overload() async throws {
        try await TemporaryFolder.with { folder in
            var configuration = StoreConfiguration()
            configuration.queueLimit = 4
            let store = try SQLiteStore(path: folder.file("store.db"), configuration: configuration)
            let gate = GateSink()
            try await store.attach(gate)
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    _ = try await store.create(Fixture.key("first"), Fixture.write())
                    return true
                }
                // The writer is now busy with the first, and stays so until the gate opens.
                await gate.waitUntilEntered()
                for index in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await store.create(Fixture.key("n\(index)"), Fixture.write())
                            return true
                        } catch StoreError.overloaded(limit: 4) {
                            return false
                        }
                    }
                }
                var outcomes: [Bool] = []
                while outcomes.filter({ !$0 }).count < 16, let outcome = try await group.next() {
                    outcomes.append(outcome)
                }
                gate.open()
                while let outcome = try await group.next() { outcomes.append(outcome) }
                return outcomes
            }
            #expect(outcomes.filter { $0 }.count == 5)
            #expect(try await store.names().count == 5)
            await store.close()
        }
    }
}

/// Runs SQL on a closed store's file.
private func execute(_ sql: String, in path: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
}

private func rows(in path: String) throws -> Int {
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    var statement: OpaquePointer?
    try #require(sqlite3_prepare_v2(handle, "SELECT count(*) FROM events", -1, &statement, nil) == SQLITE_OK)
    defer { sqlite3_finalize(statement) }
    try #require(sqlite3_step(statement) == SQLITE_ROW)
    return Int(sqlite3_column_int64(statement, 0))
}
