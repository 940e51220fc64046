import Foundation
import Store
import Synchronization
import Testing

@Suite("A SQLite store whose process is killed")
struct CrashTests {
    @Test("has every acknowledged write, in history and in state", arguments: 1...6)
    func kill(_ round: Int) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path
            // More than one life, so that opening what a kill left behind is killed as well.
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, round = round as Int] in
                try await CrashingWriter(folder: path, seed: UInt64(round)).run()
            }
            try await verify(folder)
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, round = round as Int] in
                try await CrashingWriter(folder: path, seed: UInt64(round + 100)).run()
            }
            try await verify(folder)
        }
    }

    private func verify(_ folder: TemporaryFolder) async throws {
        let acknowledged = try CrashingWriter.acknowledged(in: folder)
        #expect(!acknowledged.isEmpty)
        let store = try SQLiteStore(path: folder.file("store.db"), configuration: CrashingWriter.configuration)
        let current = try await store.currentRevision()
        let history = try await store.changes(after: 1, count: Int(current) - 1)
        #expect(history.map(\.revision) == Array(2...current), "history has no gap")
        let changes = Set(history.map { Change($0) })
        let lost = acknowledged.filter { !changes.contains($0) }
        #expect(lost.isEmpty, "lost: \(lost)")
        // The state is what the history leads to.
        var state: [String: UInt64] = [:]
        for event in history { state[event.key.name] = event.type == .deleted ? nil : event.revision }
        let objects = try await store.range(
            bucket: "pods", namespace: nil, startingAfter: nil, limit: .max, at: nil
        ).objects
        #expect(objects.count == state.count)
        #expect(objects.allSatisfy { state[$0.key.name] == $0.revision })
        await store.close()
    }
}

/// Writes as fast as it can, notes each acknowledgement in a file, and kills its own process in the middle of it.
struct CrashingWriter: Sendable {
    var folder: String
    var seed: UInt64

    static let configuration: StoreConfiguration = {
        var configuration = StoreConfiguration()
        configuration.historySeconds = 100_000
        configuration.historyEvents = 1_000_000
        configuration.historyBytes = 1 << 30
        return configuration
    }()

    func run() async throws {
        let store = try SQLiteStore(path: folder + "/store.db", configuration: Self.configuration)
        let acknowledgements = open(folder + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        try #require(acknowledgements >= 0)
        var random = SeededRandom(seed: seed)
        let last = 100 + random.below(1_500)
        let spin = random.below(200_000)
        let count = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<16 {
                group.addTask {
                    var random = SeededRandom(seed: seed * 1_000 + UInt64(writer))
                    while true {
                        let key = Fixture.key("w\(writer)-\(random.below(4))")
                        let change = try await Self.write(key, store, &random)
                        // One write call for a line: it is in the file whole or not at all, whenever the kill comes.
                        let line = Array("\(change.type.rawValue) \(change.name) \(change.revision)\n".utf8)
                        guard Foundation.write(acknowledgements, line, line.count) == line.count else { return }
                        if count.increment() == last {
                            // Not at the acknowledgement itself, but somewhere in the work of the others.
                            for _ in 0..<spin { count.increment() }
                            Foundation.kill(getpid(), SIGKILL)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func write(
        _ key: StoreKey, _ store: SQLiteStore, _ random: inout SeededRandom
    ) async throws -> Change {
        guard let present = try await store.get(key) else {
            let made = try await store.create(key, Fixture.large(random.below(9_000)))
            return Change(.added, key.name, made.revision)
        }
        if random.below(4) == 0 {
            let gone = try await store.delete(key, expecting: present.revision, last: nil)
            return Change(.deleted, key.name, gone.revision)
        }
        let made = try await store.update(key, expecting: present.revision, Fixture.large(random.below(9_000)))
        return Change(.modified, key.name, made.revision)
    }

    static func acknowledged(in folder: TemporaryFolder) throws -> [Change] {
        let text = try String(contentsOfFile: folder.file("acknowledged"), encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            let type = try #require(words.first.flatMap { UInt8($0) }.flatMap { ChangeType(rawValue: $0) })
            return Change(type, String(words[1]), try #require(UInt64(words[2])))
        }
    }
}

private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    @discardableResult
    func increment() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
}
