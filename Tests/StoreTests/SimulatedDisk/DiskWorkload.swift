import Store
import Synchronization

/// What was asked of a store on a simulated disk and what came of it: the truth that a disk is compared with.
struct DiskRecord: Sendable {
    struct Entry: Sendable {
        var change: Change
        var text: String
        /// How much had been done to the disk when the write was acknowledged.
        var position: Int
    }

    /// In revision order, from revision 2 on.
    private(set) var entries: [Entry] = []

    init(_ entries: [Entry] = []) { self.entries = entries.sorted { $0.change.revision < $1.change.revision } }

    var last: UInt64 { entries.last?.change.revision ?? 1 }

    /// The latest revision acknowledged when this much had been done to the disk.
    func acknowledged(at position: Int) -> UInt64 {
        entries.last { $0.position <= position }?.change.revision ?? 1
    }

    /// What a disk has that shows `revision` as its latest, with `more` that came afterwards.
    func continued(through revision: UInt64, with more: [Entry]) -> DiskRecord {
        let kept = entries.filter { $0.change.revision <= revision }.map { entry in
            Entry(change: entry.change, text: entry.text, position: 0)
        }
        return DiskRecord(kept + more)
    }

    /// Why a store is not what these writes up to its revision lead to; nil when it is.
    func flaw(of store: SQLiteStore, at position: Int) async throws -> String? {
        let revision = try await store.currentRevision()
        let acknowledged = acknowledged(at: position)
        guard revision >= acknowledged else { return "lost: at \(revision), acknowledged were \(acknowledged)" }
        guard revision <= last else { return "invented: at \(revision), the last one was \(last)" }
        let past = entries.prefix { $0.change.revision <= revision }
        var state: [String: String] = [:]
        for entry in past { state[entry.change.name] = entry.change.type == .deleted ? nil : entry.text }
        let objects = try await store.range(
            bucket: "pods", namespace: nil, startingAfter: nil, limit: .max, at: nil
        ).objects
        guard Dictionary(uniqueKeysWithValues: objects.map { ($0.key.name, $0.text) }) == state else {
            return "the state of revision \(revision) is another one"
        }
        let floor = try await floor(of: store)
        let told = floor < revision ? try await store.changes(after: floor, count: Int(revision - floor)) : []
        let truth = past.filter { $0.change.revision > floor }
        guard told.map({ Change($0) }) == truth.map(\.change), told.map(\.object.text) == truth.map(\.text) else {
            return "the history after \(floor) is another one"
        }
        return nil
    }

    private func floor(of store: SQLiteStore) async throws -> UInt64 {
        do throws(StoreError) {
            _ = try await store.watch(after: 1)
            return 1
        } catch {
            guard case .compacted(let oldest) = error else { throw error }
            return oldest
        }
    }
}

/// Writers on a simulated disk.
struct DiskWorkload: Sendable {
    static let path = "/store.db"

    var disk: SimulatedDisk
    var configuration: StoreConfiguration
    var seed: UInt64
    var writers = 4
    var writesEach: Int

    /// With limits so small that all that a store does now and then is done often.
    static func configuration(historyEvents: Int) -> StoreConfiguration {
        var configuration = StoreConfiguration()
        configuration.historyEvents = historyEvents
        configuration.historySeconds = 100_000
        configuration.logBytes = 128 << 10
        return configuration
    }

    /// Opens the store, writes, and closes it.
    func live() async throws -> [DiskRecord.Entry] {
        let store = try SQLiteStore(path: Self.path, configuration: configuration, files: SimulatedFiles(disk))
        let entries = try await write(to: store)
        await store.close()
        return entries
    }

    func write(to store: SQLiteStore) async throws -> [DiskRecord.Entry] {
        try await withThrowingTaskGroup(of: [DiskRecord.Entry].self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var random = SeededRandom(seed: seed &* 1_000 &+ UInt64(writer))
                    var entries: [DiskRecord.Entry] = []
                    for _ in 0..<writesEach {
                        let key = Fixture.key("w\(writer)-\(random.below(4))")
                        let (type, object) = try await Self.write(key, store, &random)
                        entries.append(
                            DiskRecord.Entry(
                                change: Change(type, key.name, object.revision), text: object.text,
                                position: disk.operationCount))
                    }
                    return entries
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func write(
        _ key: StoreKey, _ store: SQLiteStore, _ random: inout SeededRandom
    ) async throws -> (ChangeType, StoredObject) {
        let size = random.below(8) == 0 ? 9_000 : random.below(1_500)
        guard let present = try await store.get(key) else {
            return (.added, try await store.create(key, Fixture.large(size)))
        }
        switch random.below(6) {
        case 0: return (.deleted, try await store.delete(key, expecting: present.revision, last: nil))
        case 1:
            return (.deleted, try await store.delete(key, expecting: present.revision, last: Fixture.large(size)))
        default: return (.modified, try await store.update(key, expecting: present.revision, Fixture.large(size)))
        }
    }
}
