import EtcdStore
import EtcdTestSupport
import Foundation
import Store
import Synchronization
import Testing

/// The implementations that the suite runs on.
enum StoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory
    case sqlite
    case etcd

    /// Without an etcd on the machine the suite runs on the others.
    static let allCases: [StoreKind] = EtcdProcess.isInstalled ? [.memory, .sqlite, .etcd] : [.memory, .sqlite]

    var testDescription: String { rawValue }

    /// Runs `body` with an empty store, which is closed and removed afterwards.
    func withStore(
        _ configuration: StoreConfiguration = StoreConfiguration(), _ body: (any Store) async throws -> Void
    ) async throws {
        switch self {
        case .memory:
            let store = MemoryStore(configuration: configuration)
            try await body(store)
            await store.close()
        case .sqlite:
            try await TemporaryFolder.with { folder in
                let store = try SQLiteStore(path: folder.file("store.db"), configuration: configuration)
                do {
                    try await body(store)
                } catch {
                    await store.close()
                    throw error
                }
                await store.close()
            }
        case .etcd:
            try await EtcdSlots.withEtcd { etcd in
                try await etcd.running {
                    let store = try await EtcdStore.open(etcd.configuration(configuration))
                    let outcome: Result<Void, any Error>
                    do {
                        outcome = .success(try await body(store))
                    } catch {
                        outcome = .failure(error)
                    }
                    await store.close()
                    try outcome.get()
                }
            }
        }
    }
}

/// A folder of a test's own, removed at its end.
struct TemporaryFolder: Sendable {
    let path: String

    static func with(_ body: (TemporaryFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let outcome: Result<Void, any Error>
        do {
            try await body(TemporaryFolder(path: path))
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try FileManager.default.removeItem(atPath: path)
        try outcome.get()
    }

    func file(_ name: String) -> String { path + "/" + name }
}

/// A clock that tests turn.
final class TestClock: Sendable {
    private let time = Mutex<Int64>(1_000_000)

    var now: Int64 { time.withLock { $0 } }

    func advance(by seconds: Int64) { time.withLock { $0 += seconds } }

    var configuration: StoreConfiguration {
        var configuration = StoreConfiguration()
        configuration.now = { self.now }
        return configuration
    }
}

/// The error a store operation fails with; records an issue when it does not fail.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> StoreError? {
    do {
        try await body()
        Issue.record("expected a StoreError", sourceLocation: sourceLocation)
        return nil
    } catch let error as StoreError {
        return error
    } catch {
        Issue.record("expected a StoreError, got \(error)", sourceLocation: sourceLocation)
        return nil
    }
}

extension Store {
    /// The first `count` changes after a revision.
    func changes(after revision: UInt64, count: Int) async throws -> [StoreEvent] {
        let watch = try await watch(after: revision)
        var events: [StoreEvent] = []
        while events.count < count, let next = try await watch.next() { events += next }
        return events
    }

    func names(
        _ bucket: String = "pods", namespace: String? = nil, at revision: UInt64? = nil
    ) async throws -> [String] {
        try await range(bucket: bucket, namespace: namespace, startingAfter: nil, limit: .max, at: revision)
            .objects.map(\.key.name)
    }
}
